package dev.pychat.key;

import dev.pychat.crypto.SeededRandom;
import dev.pychat.crypto.TestKeys;
import dev.pychat.crypto.open.KeyPolicy;
import dev.pychat.crypto.open.Label;
import dev.pychat.crypto.secret.Ed25519PrivateKey;
import dev.pychat.model.Bytes;
import dev.pychat.model.DeviceId;
import dev.pychat.model.Realm;
import dev.pychat.model.Username;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/** Bundles of one user. */
final class TestBundles {

    static final KeyPolicy TESTS = KeyPolicy.acceptPublishedTestKeysInsecurely();
    static final Realm REALM = new Realm(Bytes.fromHex("00112233445566778899aabbccddeeff"));
    static final Username ANN = new Username("ann");
    static final Ed25519PrivateKey IDENTITY = Ed25519PrivateKey.generate(new SeededRandom(1));
    static final Instant BEGIN = Instant.parse("2026-11-22T12:00:00Z");
    static final Instant END = BEGIN.plus(Duration.ofDays(60));
    static final KeySection RSA_SECTION = new KeySection(
            Suite.RSA, DeviceId.ACCOUNT, TestKeys.rsa(1).publicKey().subjectPublicKeyInfo());

    private TestBundles() {}

    static KeyBundle bundle(long serial, Bytes predecessor) {
        return ofIdentity(IDENTITY, serial, predecessor);
    }

    static KeyBundle ofIdentity(Ed25519PrivateKey identity, long serial, Bytes predecessor) {
        BundleFields fields = new BundleFields(
                REALM,
                ANN,
                identity.publicKey(),
                serial,
                predecessor,
                BEGIN,
                END,
                List.of(Suite.RSA),
                List.of(RSA_SECTION));
        return fields.sign(bytes -> signature(identity, bytes));
    }

    static KeyBundle sections(List<KeySection> sections) {
        return signed(fields(List.of(Suite.RSA), sections));
    }

    static BundleFields fields(List<Suite> suites, List<KeySection> sections) {
        return new BundleFields(
                REALM, ANN, IDENTITY.publicKey(), 1, BundleFields.NO_PREDECESSOR, BEGIN, END, suites, sections);
    }

    static KeyBundle signed(BundleFields fields) {
        return fields.sign(bytes -> signature(IDENTITY, bytes));
    }

    static Bytes signature(Ed25519PrivateKey key, Bytes unsigned) {
        return key.sign(Label.BUNDLE_SIGNATURE, unsigned);
    }
}
