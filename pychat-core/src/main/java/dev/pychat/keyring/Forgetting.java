package dev.pychat.keyring;

import dev.pychat.key.HistoryPolicy;
import dev.pychat.key.KeyId;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What a {@link HistoryPolicy} asks of the keys of a keyring (ENVELOPE.md, section 5.3). While the account forgets, each device works with keys
 * of its own that never leave it, and erases in time what opens old messages.
 *
 * <p>Stateless; every method is thread-safe.
 */
public final class Forgetting {

    /** For so long a key that was replaced is held at least, since peers may have begun on the bundle before. */
    public static final Duration LEAST = Duration.ofDays(2);

    /** Erasing a key that was replaced waits for what is unread at the server, and for no more than this. */
    public static final Duration LONGEST_WAIT = Duration.ofDays(30);

    /** A one-time key that nobody has used for so long is taken out of the pool. */
    public static final Duration POOL_AGE = Duration.ofDays(90);

    private Forgetting() {}

    /**
     * Whether a key that is held is of the kind that the policy asks for in what is offered: made while the account forgets, if it does,
     * and else not; nor one that the vault has buried.
     *
     * @param keyring the keyring
     * @param key the id of a key that it holds
     * @return false if another one has to take its place
     */
    public static boolean suits(Keyring keyring, KeyId key) {
        return keyring.content().suits(key);
    }

    /**
     * The one-time keys that are to serve nobody any more: those that do not suit the policy, and of an account that forgets those
     * that lie unused for longer than {@link #POOL_AGE}.
     *
     * @param keyring the keyring
     * @param now the present time
     * @return their ids
     */
    public static Set<KeyId> givenUp(Keyring keyring, Instant now) {
        boolean forgets = !keyring.historyPolicy().isKeep();
        return keyring.kemKeys().all().stream()
                .filter(key ->
                        !key.isLastResort() && keyring.kemKeys().useOf(key.id()).isEmpty())
                .filter(key -> !suits(keyring, key.id())
                        || forgets && !now.isBefore(key.created().plus(POOL_AGE)))
                .map(KemKey::id)
                .collect(Collectors.toSet());
    }

    /**
     * How many ML-KEM keys of a keyring may stand in the vault.
     *
     * @param keyring the keyring
     * @return the count; 0 while the account forgets
     */
    public static int vaulted(Keyring keyring) {
        return keyring.content().vaultableKemKeys().size();
    }

    /**
     * Whether a keyring holds keys of another kind than those that it offers now, from before a change of the policy.
     *
     * @param keyring the keyring
     * @return true if there has been a change of which something is left
     */
    public static boolean hasChanged(Keyring keyring) {
        return keyring.content().keyIds().stream().anyMatch(id -> !suits(keyring, id));
    }

    /**
     * The serial of the first own bundle that can have listed this device. A device that is new to an account that forgets holds no key
     * to which anything was wrapped before; one that is new to an account that once forgot and keeps again lacks what was buried then.
     *
     * @param keyring the keyring
     * @return the serial; 0 if this device opens what was wrapped for others before it, too
     */
    public static long listedSince(Keyring keyring) {
        return keyring.content().notes().listedSince();
    }

    /**
     * After the server has confirmed the bundle: every key that opens messages and is not offered any more was replaced, at the latest now.
     *
     * @param present a keyring whose bundle is published
     * @param now the present time
     * @return a keyring that has noted it, to be closed on its own, or the present one itself if nothing is new; of an account that keeps only
     *     that this device is listed is
     */
    public static Keyring replaced(Keyring present, Instant now) {
        KeyringContent content = present.content();
        Set<KeyId> left = left(content)
                .filter(id -> content.notes().replaced(id).isEmpty())
                .collect(Collectors.toSet());
        KeyNotes listed = content.bundle()
                .map(bundle -> content.notes().listedWith(bundle.fields().serial()))
                .orElse(content.notes());
        KeyNotes noted = present.historyPolicy().isKeep() || left.isEmpty() ? listed : listed.replacing(left, now);
        return noted == content.notes() ? present : new Keyring(present.header(), content.withNotes(noted));
    }

    /** All keys that are held and not offered, but for one-time keys that were used: those have a time of their own. */
    private static Stream<KeyId> left(KeyringContent content) {
        KeyId wrapping = content.currentWrappingKey().id();
        Optional<KeyId> lastResort = content.kemKeys().lastResort().map(KemKey::id);
        return Stream.of(
                        content.wrappingKeys().stream().map(WrappingKey::id).filter(id -> !id.equals(wrapping)),
                        content.kemKeys().all().stream()
                                .filter(KemKey::isLastResort)
                                .map(KemKey::id)
                                .filter(id -> lastResort.filter(id::equals).isEmpty()),
                        content.vaulted().ids().stream()
                                .filter(id -> content.kemKeys().useOf(id).isEmpty()))
                .flatMap(ids -> ids);
    }

    /**
     * Without the keys whose time has come. Of an account that keeps, nothing is erased. A one-time key goes when the policy's time has
     * passed since the epoch that used it was opened, or {@link #POOL_AGE} later if nothing of that epoch was ever stored; a key that was replaced when that time has, and at least {@link #LEAST}, since
     * the server offered another one.
     *
     * @param present a keyring
     * @param now the present time
     * @param isRead whether this device has read all that the server holds for it; if not, keys that were replaced wait for it for at
     *     most {@link #LONGEST_WAIT}
     * @return a keyring without them, to be closed on its own; sealing it in the place of the present one erases them. The present one
     *     itself if there is nothing to erase
     */
    public static Keyring erased(Keyring present, Instant now, boolean isRead) {
        HistoryPolicy policy = present.historyPolicy();
        if (policy.isKeep()) {
            return present;
        }
        KeyringContent content = present.content();
        Duration held = policy.time().compareTo(LEAST) > 0 ? policy.time() : LEAST;
        Duration wait = isRead ? held : held.plus(LONGEST_WAIT);
        Set<KeyId> gone = new HashSet<>();
        left(content)
                .filter(id -> content.notes()
                        .replaced(id)
                        .filter(since -> !now.isBefore(since.plus(wait)))
                        .isPresent())
                .forEach(gone::add);
        content.vaulted().ids().stream()
                .filter(id -> content.kemKeys()
                        .useOf(id)
                        .filter(use -> !now.isBefore(use.stored().plus(policy.time())))
                        .isPresent())
                .forEach(gone::add);
        content.kemKeys().all().stream()
                .map(KemKey::id)
                .filter(id -> content.kemKeys()
                        .useOf(id)
                        .filter(use ->
                                !now.isBefore(use.stored().plus(policy.time()).plus(POOL_AGE)))
                        .isPresent())
                .forEach(gone::add);
        return gone.isEmpty() ? present : new Keyring(present.header(), content.without(gone));
    }
}
