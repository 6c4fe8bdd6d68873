package dev.pychat.envelope;

import dev.pychat.crypto.SeededRandom;
import dev.pychat.crypto.TestKeys;
import dev.pychat.crypto.open.KeyPolicy;
import dev.pychat.crypto.open.Label;
import dev.pychat.crypto.open.PasswordCost;
import dev.pychat.crypto.secret.Ed25519PrivateKey;
import dev.pychat.crypto.secret.Unwrapper;
import dev.pychat.key.BundleException;
import dev.pychat.key.BundleFields;
import dev.pychat.key.CheckedBundle;
import dev.pychat.key.KeySection;
import dev.pychat.key.OneTimeKey;
import dev.pychat.key.Suite;
import dev.pychat.keyring.KemKeys;
import dev.pychat.keyring.Keyring;
import dev.pychat.keyring.KeyringHeader;
import dev.pychat.keyring.OneTimeSigner;
import dev.pychat.keyring.WrappingKey;
import dev.pychat.model.Bytes;
import dev.pychat.model.DeviceId;
import dev.pychat.model.StoredMessage;
import dev.pychat.model.Username;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

/** One user with devices that take suite 2. All devices share the account's identity and wrapping key. */
final class HybridParty {

    static final KeyPolicy POLICY = KeyPolicy.acceptPublishedTestKeysInsecurely();

    final Username name;
    final Ed25519PrivateKey identity;
    final List<Keyring> devices = new ArrayList<>();
    final AtomicInteger operations = new AtomicInteger();
    final SeededRandom random;
    private final int accountKey;
    CheckedBundle bundle;

    /** Own wrapping keys are numbers of test keys, 0 for a device that uses the account's. */
    HybridParty(String name, int seed, int accountKey, int... ownKeys) {
        this.name = new Username(name);
        this.identity = Party.key(seed);
        this.random = new SeededRandom(seed);
        this.accountKey = accountKey;
        for (int own : ownKeys) {
            devices.add(device(own));
        }
        this.bundle = bundle(ownKeys);
    }

    Keyring device(int own) {
        KeyringHeader header =
                new KeyringHeader(Party.REALM, name, Bytes.adopt(new byte[32]), new PasswordCost(32, 1, 1));
        Keyring fresh = Keyring.create(header, source -> TestKeys.rsa(accountKey), Party.NOW, random);
        KemKeys kem = fresh.kemKeys().withLastResort(Party.NOW, random);
        Keyring keyring = fresh.withKemKeys(kem.withOneTime(2, Party.NOW, random));
        return own == 0 ? keyring : keyring.withWrappingKey(new WrappingKey(TestKeys.rsa(own), Party.NOW));
    }

    private CheckedBundle bundle(int... ownKeys) {
        List<KeySection> sections = new ArrayList<>();
        sections.add(section(Suite.RSA, DeviceId.ACCOUNT, rsa(accountKey)));
        for (int i = 0; i < ownKeys.length; i++) {
            DeviceId device = devices.get(i).device();
            if (ownKeys[i] != 0) {
                sections.add(section(Suite.RSA, device, rsa(ownKeys[i])));
            }
            sections.add(section(Suite.HYBRID, device, lastResort(i)));
        }
        BundleFields fields = new BundleFields(
                Party.REALM,
                name,
                identity.publicKey(),
                1,
                BundleFields.NO_PREDECESSOR,
                Party.NOW.minusSeconds(60),
                Party.NOW.plusSeconds(60),
                ownKeys.length == 0 ? List.of(Suite.RSA) : List.of(Suite.RSA, Suite.HYBRID),
                sections.stream().sorted().toList());
        try {
            return fields.sign(unsigned -> identity.sign(Label.BUNDLE_SIGNATURE, unsigned))
                    .check(Party.REALM, name, POLICY);
        } catch (BundleException e) {
            throw new AssertionError(e);
        }
    }

    Bytes lastResort(int device) {
        return devices.get(device)
                .kemKeys()
                .lastResort()
                .orElseThrow()
                .open()
                .publicKey()
                .value();
    }

    /** A one-time key of a device, as somebody who asks for it gets it. */
    OneTimeKey oneTime(int device, int number) {
        OneTimeKey.Owner owner = new OneTimeKey.Owner(Party.REALM, name, identity.publicKey());
        Keyring keyring = devices.get(device);
        OneTimeKey theirs = OneTimeSigner.sign(keyring, number).get(0);
        return OneTimeKey.sign(
                owner,
                theirs.device(),
                theirs.number(),
                theirs.key(),
                unsigned -> identity.sign(Label.ONE_TIME_KEY_SIGNATURE, unsigned));
    }

    ConversationContext with(HybridParty peer) {
        return ConversationContext.of(
                Party.REALM,
                name,
                peer.name,
                List.of(identity.publicKey()),
                List.of(PinnedIdentity.always(peer.identity.publicKey())));
    }

    EpochOffer offer(HybridParty peer) {
        return EpochOffer.keeping(identity, bundle, peer.bundle, Party.NOW);
    }

    /** What a device makes of a header, seen for the first time. */
    EpochOpening open(int device, HybridParty peer, StoredMessage message, Bytes header) {
        Unwrapper unwrapper = new Unwrapper(operations::incrementAndGet);
        WrappingKeys keys = WrappingKeys.of(devices.get(device));
        return new EpochOpener(with(peer), keys, unwrapper, random).open(message, header);
    }

    private static Bytes rsa(int number) {
        return TestKeys.rsa(number).publicKey().subjectPublicKeyInfo();
    }

    private static KeySection section(Suite suite, DeviceId device, Bytes key) {
        return new KeySection(suite, device, key);
    }
}
