package dev.pychat.client;

import dev.pychat.key.DeviceKeys;
import dev.pychat.key.KeyBundle;
import dev.pychat.key.Suite;
import dev.pychat.keyring.Forgetting;
import dev.pychat.keyring.KemKey;
import dev.pychat.keyring.KemKeys;
import dev.pychat.keyring.Keyring;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.stream.Collectors;

/**
 * Makes the ML-KEM keys of this device in time (ENVELOPE.md, section 5.1): a last-resort key with each wrapping key, and one-time keys for
 * the pool. A device for which the account's bundle has no place, or that the person has removed, makes none; it opens what was wrapped to the others, whose
 * keys are in the vault.
 *
 * <p>Immutable and thread-safe.
 *
 * @param random the source of the keys
 */
record OwnKemKeys(SecureRandom random) {

    /** How many one-time keys the pool is filled up to. */
    static final int POOL = 20;

    /** With so many or fewer it is filled again. */
    static final int LOW = 10;

    /**
     * How many ML-KEM keys an account that keeps its history puts into its vault, where each stays for good, for the sake of one-time
     * keys; then there are last-resort keys only. So vaults stay small, and an account that keeps loses nothing by it. One that forgets
     * puts none into a vault.
     */
    static final int MOST_VAULTED = 512;

    /** Whether there should be another last-resort key than there is, or none. */
    boolean isLastResortDue(Keyring present) {
        boolean held = present.kemKeys().lastResort().isPresent();
        return hasPlace(present) ? !held || isOld(present) || !suits(present) : held;
    }

    private static boolean suits(Keyring present) {
        return present.kemKeys()
                .lastResort()
                .filter(key -> Forgetting.suits(present, key.id()))
                .isPresent();
    }

    /** Whether there are one-time keys that are to serve nobody any more. */
    boolean isPoolDue(Keyring present, Instant now) {
        return !Forgetting.givenUp(present, now).isEmpty();
    }

    private static boolean isOld(Keyring present) {
        Instant wrapping = present.currentWrappingKey().created();
        return present.kemKeys()
                .lastResort()
                .filter(key -> key.created().isBefore(wrapping))
                .isPresent();
    }

    private static boolean hasPlace(Keyring present) {
        return !present.devices().isRemoved(present.device()) && !isCrowdedOut(present);
    }

    /** Whether the account's bundle lists as many other devices as one may. */
    static boolean isCrowdedOut(Keyring present) {
        return present.bundle().map(bundle -> others(bundle, present)).orElse(0L) >= DeviceKeys.MAX_DEVICES;
    }

    private static long others(KeyBundle bundle, Keyring present) {
        return bundle.fields().sections().stream()
                .filter(section -> section.suite().equals(Suite.HYBRID))
                .filter(section -> !section.device().equals(present.device()))
                .filter(section -> !present.devices().isRemoved(section.device()))
                .count();
    }

    /** Whether there are too few one-time keys to fill the pool again. */
    boolean isShort(Keyring present) {
        return present.kemKeys().lastResort().isPresent() && present.kemKeys().unused() <= LOW && hasRoom(present);
    }

    /** Whether more one-time keys may be made. */
    boolean hasRoom(Keyring present) {
        return room(present) > 0;
    }

    /** How many one-time keys may still be made. */
    private static int room(Keyring present) {
        int most = present.historyPolicy().isKeep()
                ? MOST_VAULTED - Forgetting.vaulted(present)
                : KemKeys.MAX_KEYS - LOW - present.kemKeys().all().size();
        return Math.min(POOL, Math.max(0, most));
    }

    /** A keyring with all that is due, to be closed on its own. */
    Keyring complete(Keyring present, Instant now) {
        if (!hasPlace(present)) {
            return withoutPlace(present);
        }
        try (Keyring without = present.withUsed(Forgetting.givenUp(present, now));
                Keyring listed = without.withKemKeys(lastResort(without, now))) {
            return isShort(listed) ? filled(listed, now) : listed.withKemKeys(all(listed));
        }
    }

    /** What was wrapped to its keys goes on opening with them; nothing new is. */
    private static Keyring withoutPlace(Keyring present) {
        return present.withUsed(present.kemKeys().all().stream().map(KemKey::id).collect(Collectors.toSet()));
    }

    private KemKeys lastResort(Keyring present, Instant now) {
        return isLastResortDue(present) ? present.kemKeys().withLastResort(now, random) : all(present);
    }

    /** A keyring with as many more one-time keys as fill a pool, if there is room for them; to be closed on its own. */
    Keyring filled(Keyring present, Instant now) {
        return present.withKemKeys(present.kemKeys().withOneTime(room(present), now, random));
    }

    private static KemKeys all(Keyring present) {
        return present.kemKeys().without(key -> false);
    }
}
