package dev.pychat.keyring;

import dev.pychat.crypto.open.Label;
import dev.pychat.crypto.secret.Ed25519PrivateKey;
import dev.pychat.crypto.secret.MlKemPrivateKey;
import dev.pychat.key.HistoryPolicy;
import dev.pychat.key.OneTimeKey;
import dev.pychat.model.EpochName;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * A one-time ML-KEM key to which a device of an account that forgets wraps one epoch of its own for itself (ENVELOPE.md, section 5.3). It is
 * never uploaded and has no number in the pool, so no server hands it out; it is on the device's disk before the epoch is, and is erased by
 * the rule for every one-time key.
 *
 * <p>Thread-safe. Closing erases the private half that this holds; a keyring has a copy of its own.
 */
public final class SelfWrapKey implements AutoCloseable {

    private final KemKey key;
    private final OneTimeKey offered;

    private SelfWrapKey(KemKey key, OneTimeKey offered) {
        this.key = key;
        this.offered = offered;
    }

    /**
     * Whether a keyring asks for such keys.
     *
     * @param keyring the keyring
     * @return true if the account forgets, the device is listed for suite 2 and the keyring has room
     */
    public static boolean isDue(Keyring keyring) {
        KemKeys held = keyring.kemKeys();
        return !keyring.historyPolicy().equals(HistoryPolicy.KEEP)
                && held.lastResort().isPresent()
                && held.all().size() < KemKeys.MAX_KEYS - KemKeys.SPARE;
    }

    /**
     * Makes one.
     *
     * @param keyring the device's keyring, of which only what is public is used
     * @param signer the private half of its identity
     * @param now the present time
     * @param random the source of the key
     * @return the key, to be closed by the caller
     */
    public static SelfWrapKey make(Keyring keyring, Ed25519PrivateKey signer, Instant now, SecureRandom random) {
        KemKey key = KemKey.generate(KemKey.OF_OWN_WRAP, now, random);
        OneTimeKey.Owner owner = new OneTimeKey.Owner(keyring.realm(), keyring.username(), signer.publicKey());
        try (MlKemPrivateKey open = key.open()) {
            OneTimeKey offered = OneTimeKey.sign(
                    owner,
                    keyring.device(),
                    KemKey.OF_OWN_WRAP,
                    open.publicKey(),
                    unsigned -> signer.sign(Label.ONE_TIME_KEY_SIGNATURE, unsigned));
            return new SelfWrapKey(key, offered);
        }
    }

    /**
     * The form in which an epoch takes it.
     *
     * @return its public half
     */
    public OneTimeKey offered() {
        return offered;
    }

    /**
     * A keyring with it, used by an epoch; to be stored before the epoch is.
     *
     * @param present the keyring as it is now
     * @param epoch the epoch that was wrapped to it
     * @param now the present time
     * @return a keyring to be closed on its own
     */
    public Keyring usedBy(EpochName epoch, Keyring present, Instant now) {
        KemKeys held = present.kemKeys();
        List<KemKey> more = new ArrayList<>(held.all());
        more.add(key);
        KeyringContent content = present.content();
        try (KemKeys all = held.with(more);
                KeyringContent next = content.withKemKeys(all.withUse(new OneTimeUse(key.id(), epoch, now)))) {
            return new Keyring(present.header(), next.withNotes(next.notes().confining(Set.of(key.id()))));
        }
    }

    @Override
    public void close() {
        key.close();
    }
}
