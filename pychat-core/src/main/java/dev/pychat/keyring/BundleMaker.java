package dev.pychat.keyring;

import dev.pychat.crypto.open.Label;
import dev.pychat.crypto.secret.MlKemPrivateKey;
import dev.pychat.key.BundleFields;
import dev.pychat.key.DeviceKeys;
import dev.pychat.key.KeyBundle;
import dev.pychat.key.KeySection;
import dev.pychat.key.Suite;
import dev.pychat.model.Bytes;
import dev.pychat.model.DeviceId;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Makes the bundles of a keyring. Suites are never dropped, and sections that this device has not made are carried over from the bundle
 * before, because another device of the account may have put them there; but for those of devices that the person has removed. Stateless.
 */
final class BundleMaker {

    private BundleMaker() {}

    static KeyBundle next(Keyring keyring, Instant now, BundleChange change) {
        Instant begin = now.truncatedTo(ChronoUnit.MILLIS);
        Optional<KeyBundle> last = keyring.bundle();
        List<KeySection> own = own(keyring);
        List<Suite> suites = suites(last, own);
        List<KeySection> sections = sections(
                keyring,
                Stream.concat(own.stream(), change.added(last).stream()).toList(),
                change);
        requireDevices(suites, sections);
        BundleFields fields = new BundleFields(
                keyring.realm(),
                keyring.username(),
                keyring.identity().publicKey(),
                last.map(bundle -> bundle.fields().serial()).orElse(0L) + 1,
                last.map(KeyBundle::hash).orElse(BundleFields.NO_PREDECESSOR),
                begin,
                begin.plus(Keyring.BUNDLE_VALIDITY),
                suites,
                sections);
        return fields.sign(unsigned -> keyring.identity().sign(Label.BUNDLE_SIGNATURE, unsigned));
    }

    /**
     * What a bundle of this device says of its present keys. While the account forgets no device has another's wrapping key: then each
     * has a section of its own, and that of the account, which senders of suite 1 need, has the key of the device that made the bundle.
     */
    static List<KeySection> own(Keyring keyring) {
        List<KeySection> own = new ArrayList<>();
        boolean isOthers = !keyring.historyPolicy().isKeep() && listed(keyring).isEmpty();
        if (!isOthers) {
            own.add(wrapping(keyring, DeviceId.ACCOUNT));
        }
        for (KemKey key : listed(keyring).stream().toList()) {
            if (!keyring.historyPolicy().isKeep()) {
                own.add(wrapping(keyring, keyring.device()));
            }
            own.add(new KeySection(Suite.HYBRID, keyring.device(), publicHalf(key)));
        }
        return own;
    }

    /** What lists this device for suite 2, if the account has a place for it. */
    private static Optional<KemKey> listed(Keyring keyring) {
        return keyring.kemKeys().lastResort().filter(key -> !keyring.devices().isRemoved(keyring.device()));
    }

    private static KeySection wrapping(Keyring keyring, DeviceId device) {
        Bytes key = keyring.currentWrappingKey().key().publicKey().subjectPublicKeyInfo();
        return new KeySection(Suite.RSA, device, key);
    }

    /** Whether a bundle offers a keyring's present keys, so that no new one is due for them. */
    static boolean isOffered(Keyring keyring, KeyBundle bundle) {
        boolean ofOwn = !keyring.historyPolicy().isKeep();
        return bundle.fields().identity().equals(keyring.identity().publicKey())
                && leaving(keyring, Optional.of(bundle)).isEmpty()
                && bundle.fields().sections().stream().noneMatch(section -> isFormer(section, keyring))
                && own(keyring).stream()
                        // Another device's, if that made the bundle; each would make one after the other for ever.
                        .filter(own -> !ofOwn || !own.device().equals(DeviceId.ACCOUNT))
                        .allMatch(own -> isOffered(own, bundle, keyring));
    }

    /** A wrapping key of this device alone, which it has only while the account forgets. */
    private static boolean isFormer(KeySection section, Keyring keyring) {
        return keyring.historyPolicy().isKeep()
                && section.suite().equals(Suite.RSA)
                && section.device().equals(keyring.device());
    }

    /** The devices that a bundle lists and its successor does not; none as long as no other is there for suite 2. */
    private static Set<DeviceId> leaving(Keyring keyring, Optional<KeyBundle> last) {
        Set<DeviceId> removed = keyring.devices().removed();
        List<KeySection> listed = last.map(bundle -> bundle.fields().sections()).orElse(List.of());
        List<DeviceId> ofSuiteTwo = Stream.concat(listed.stream(), own(keyring).stream())
                .filter(section -> section.suite().equals(Suite.HYBRID))
                .map(KeySection::device)
                .toList();
        boolean isNoneLeft = !ofSuiteTwo.isEmpty() && removed.containsAll(ofSuiteTwo);
        return listed.stream()
                .map(KeySection::device)
                .filter(device -> !isNoneLeft && removed.contains(device))
                .collect(Collectors.toSet());
    }

    /** A copy of this device may have put another last-resort key in the place of its own, which the vault has brought here. */
    private static boolean isOffered(KeySection own, KeyBundle bundle, Keyring keyring) {
        return bundle.fields().sections().stream()
                .filter(section -> section.compareTo(own) == 0)
                .anyMatch(section -> section.equals(own)
                        || own.suite().equals(Suite.HYBRID)
                                && keyring.historyPolicy().isKeep()
                                && keyring.vaultedKemKeys().holds(section));
    }

    private static Bytes publicHalf(KemKey key) {
        try (MlKemPrivateKey open = key.open()) {
            return open.publicKey().value();
        }
    }

    private static List<Suite> suites(Optional<KeyBundle> last, List<KeySection> own) {
        Stream<Suite> before = last.stream().flatMap(bundle -> bundle.fields().suites().stream());
        return Stream.concat(own.stream().map(KeySection::suite), before)
                .distinct()
                .sorted()
                .toList();
    }

    private static List<KeySection> sections(Keyring keyring, List<KeySection> own, BundleChange change) {
        Set<DeviceId> leaving = leaving(keyring, keyring.bundle());
        Stream<KeySection> others = keyring.bundle().stream()
                .flatMap(bundle -> bundle.fields().sections().stream())
                .filter(section -> !leaving.contains(section.device()))
                .filter(section -> !change.leavesOut(section) && !isFormer(section, keyring))
                .filter(section -> own.stream().noneMatch(mine -> mine.compareTo(section) == 0));
        return Stream.concat(own.stream(), others).sorted().toList();
    }

    /** Suite 2 is for 1 to 8 devices, and is never taken back: nobody would take a bundle that is otherwise. */
    private static void requireDevices(List<Suite> suites, List<KeySection> sections) {
        long devices = sections.stream()
                .filter(section -> section.suite().equals(Suite.HYBRID))
                .count();
        if (suites.contains(Suite.HYBRID) && devices == 0) {
            throw new IllegalStateException(
                    "no device would be left for suite 2, which is never taken back; make a last-resort key first");
        }
        if (devices > DeviceKeys.MAX_DEVICES) {
            throw new IllegalStateException("the bundle lists " + (devices - 1) + " other devices, and "
                    + DeviceKeys.MAX_DEVICES + " are allowed with this one; remove one that is no longer used");
        }
    }
}
