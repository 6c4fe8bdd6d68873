package dev.pychat.client;

import dev.pychat.crypto.SeededRandom;
import dev.pychat.crypto.TestKeys;
import dev.pychat.crypto.open.Label;
import dev.pychat.crypto.secret.Ed25519PrivateKey;
import dev.pychat.key.BundleFields;
import dev.pychat.key.KeyBundle;
import dev.pychat.key.KeySection;
import dev.pychat.key.Suite;
import dev.pychat.model.Bytes;
import dev.pychat.model.DeviceId;
import dev.pychat.model.Realm;
import dev.pychat.model.Username;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/** Bundles of a peer who may have several identities. */
final class PeerBundles {

    static final Instant NOW = Instant.parse("2026-11-25T12:00:00.123Z");

    private PeerBundles() {}

    static Ed25519PrivateKey identity(int seed) {
        return Ed25519PrivateKey.generate(new SeededRandom(seed));
    }

    /** A bundle of the identity with that seed. */
    static KeyBundle bundle(int seed, long serial, int key) {
        return after(seed, serial, serial == 1 ? BundleFields.NO_PREDECESSOR : Bytes.fromHex("55".repeat(32)), key);
    }

    static KeyBundle after(int seed, long serial, Bytes predecessor, int key) {
        return after(seed, serial, predecessor, List.of(Suite.RSA), List.of(wrapping(key)));
    }

    /** A bundle that lists suite 2 for one device; the device's key is none. */
    static KeyBundle hybrid(int seed, long serial, Bytes predecessor, int key) {
        DeviceId device = new DeviceId(Bytes.fromHex("0a".repeat(16)));
        KeySection section = new KeySection(Suite.HYBRID, device, Bytes.adopt(new byte[1184]));
        return after(seed, serial, predecessor, List.of(Suite.RSA, Suite.HYBRID), List.of(wrapping(key), section));
    }

    private static KeySection wrapping(int key) {
        return new KeySection(
                Suite.RSA, DeviceId.ACCOUNT, TestKeys.rsa(key).publicKey().subjectPublicKeyInfo());
    }

    private static KeyBundle after(
            int seed, long serial, Bytes predecessor, List<Suite> suites, List<KeySection> sections) {
        Ed25519PrivateKey identity = identity(seed);
        BundleFields fields = new BundleFields(
                new Realm(Bytes.fromHex("00112233445566778899aabbccddeeff")),
                new Username("bob"),
                identity.publicKey(),
                serial,
                predecessor,
                NOW,
                NOW.plus(Duration.ofDays(60)),
                suites,
                sections);
        return fields.sign(unsigned -> identity.sign(Label.BUNDLE_SIGNATURE, unsigned));
    }
}
