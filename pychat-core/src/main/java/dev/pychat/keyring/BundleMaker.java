package dev.pychat.keyring;

import dev.pychat.crypto.open.Label;
import dev.pychat.key.BundleFields;
import dev.pychat.key.KeyBundle;
import dev.pychat.key.KeySection;
import dev.pychat.key.Suite;
import dev.pychat.model.Bytes;
import dev.pychat.model.DeviceId;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Makes the bundles of a keyring. Suites and sections that this library does not know are carried over from the bundle
 * before, because another device of the account may have put them there. Stateless.
 */
final class BundleMaker {

    private BundleMaker() {}

    static KeyBundle next(Keyring keyring, Instant now) {
        Instant begin = now.truncatedTo(ChronoUnit.MILLIS);
        Optional<KeyBundle> last = keyring.bundle();
        KeySection own = section(keyring);
        BundleFields fields = new BundleFields(
                keyring.realm(),
                keyring.username(),
                keyring.identity().publicKey(),
                last.map(bundle -> bundle.fields().serial()).orElse(0L) + 1,
                last.map(KeyBundle::hash).orElse(BundleFields.NO_PREDECESSOR),
                begin,
                begin.plus(Keyring.BUNDLE_VALIDITY),
                suites(last),
                sections(last, own));
        return fields.sign(unsigned -> sign(keyring, unsigned));
    }

    /** What a bundle with the present wrapping key says of it. */
    static KeySection section(Keyring keyring) {
        return new KeySection(
                Suite.RSA,
                DeviceId.ACCOUNT,
                keyring.currentWrappingKey().key().publicKey().subjectPublicKeyInfo());
    }

    private static Bytes sign(Keyring keyring, Bytes unsigned) {
        return keyring.identity().sign(Label.BUNDLE_SIGNATURE, unsigned);
    }

    private static List<Suite> suites(Optional<KeyBundle> last) {
        Stream<Suite> before = last.stream().flatMap(bundle -> bundle.fields().suites().stream());
        return Stream.concat(Stream.of(Suite.RSA), before).distinct().sorted().toList();
    }

    private static List<KeySection> sections(Optional<KeyBundle> last, KeySection own) {
        Stream<KeySection> others = last.stream()
                .flatMap(bundle -> bundle.fields().sections().stream())
                .filter(section -> section.compareTo(own) != 0);
        return Stream.concat(Stream.of(own), others).sorted().toList();
    }
}
