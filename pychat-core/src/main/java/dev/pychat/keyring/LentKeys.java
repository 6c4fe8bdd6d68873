package dev.pychat.keyring;

import dev.pychat.crypto.open.Sha256;
import dev.pychat.key.KeyBundle;
import dev.pychat.key.KeyId;
import dev.pychat.key.KeySection;
import dev.pychat.key.Suite;
import dev.pychat.model.DeviceId;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/**
 * The wrapping keys that were the account's before it began to forget, and stand in its bundle for devices that have made none of their
 * own since (ENVELOPE.md, section 5.3). Such a device may not hold the key yet, so the vault keeps that one for it. Stateless.
 */
final class LentKeys {

    private LentKeys() {}

    /** Those of all devices, and with them the devices' own, which are in no vault. */
    static Set<KeyId> of(KeyBundle bundle) {
        return keys(bundle, device -> !device.equals(DeviceId.ACCOUNT));
    }

    /** That of one device. */
    static Set<KeyId> of(KeyBundle bundle, DeviceId device) {
        return keys(bundle, device::equals);
    }

    private static Set<KeyId> keys(KeyBundle bundle, Predicate<DeviceId> whose) {
        return bundle.fields().sections().stream()
                .filter(section -> section.suite().equals(Suite.RSA) && whose.test(section.device()))
                .map(LentKeys::id)
                .collect(Collectors.toSet());
    }

    private static KeyId id(KeySection section) {
        return new KeyId(Sha256.of(section.key()));
    }
}
