package dev.pychat.client;

import dev.pychat.crypto.open.MlKemPublicKey;
import dev.pychat.crypto.open.UnusableKeyException;
import dev.pychat.key.KeyBundle;
import dev.pychat.key.KeyId;
import dev.pychat.key.KeySection;
import dev.pychat.key.Suite;
import dev.pychat.keyring.KemKey;
import dev.pychat.keyring.Keyring;

/**
 * Tells the person that the account's bundle lists this device with a key that is not on it (ENVELOPE.md, section 5.3): a copy of its files is
 * in use elsewhere, or this is an old copy. Where the account keeps, all copies share the keys in the vault, and nobody is told. Once for each
 * start. Confined to the account's own work.
 */
final class CopiedDevice {

    private final Listeners listeners;
    private boolean told;

    CopiedDevice(Listeners listeners) {
        this.listeners = listeners;
    }

    /** Looks at a bundle before this device puts its own keys into the next one. */
    void look(Keyring present, KeyBundle last) {
        if (!told && !last.historyPolicy().isKeep() && isOfAnother(present, last)) {
            told = true;
            listeners.notice("another copy of this device is in use, or was: the account " + present.username()
                    + " lists this device with keys that are not on it. The account forgets its history, so its keys are nowhere but"
                    + " on the device that made them, and of two copies each takes from the other what is sent to the account."
                    + " Use one of the two only; log in anew with the other one, on an empty place, as a new device");
        }
    }

    private static boolean isOfAnother(Keyring present, KeyBundle last) {
        return last.fields().sections().stream()
                .filter(section -> section.suite().equals(Suite.HYBRID))
                .filter(section -> section.device().equals(present.device()))
                .anyMatch(section -> !holds(present, section));
    }

    private static boolean holds(Keyring present, KeySection section) {
        try {
            KeyId listed = KeyId.of(MlKemPublicKey.parse(section.key()));
            return present.kemKeys().all().stream().map(KemKey::id).anyMatch(listed::equals);
        } catch (UnusableKeyException e) {
            return false;
        }
    }
}
