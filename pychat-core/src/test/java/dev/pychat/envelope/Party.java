package dev.pychat.envelope;

import dev.pychat.crypto.TestKeys;
import dev.pychat.crypto.open.KeyPolicy;
import dev.pychat.crypto.open.Label;
import dev.pychat.crypto.secret.Ed25519PrivateKey;
import dev.pychat.crypto.secret.RsaPrivateKey;
import dev.pychat.crypto.secret.SecretBytes;
import dev.pychat.crypto.secret.Unwrapper;
import dev.pychat.key.BundleException;
import dev.pychat.key.BundleFields;
import dev.pychat.key.CheckedBundle;
import dev.pychat.key.KeyBundle;
import dev.pychat.key.KeyId;
import dev.pychat.key.KeySection;
import dev.pychat.key.Suite;
import dev.pychat.model.Bytes;
import dev.pychat.model.DeviceId;
import dev.pychat.model.Realm;
import dev.pychat.model.StoredMessage;
import dev.pychat.model.Username;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;

/** One user with fixed keys, who counts the private-key operations made. */
final class Party {

    static final Realm REALM = new Realm(Bytes.fromHex("00112233445566778899aabbccddeeff"));
    static final Instant NOW = Instant.parse("2026-11-22T14:03:00Z");

    final Username name;
    final Ed25519PrivateKey identity;
    final RsaPrivateKey wrapping;
    final CheckedBundle bundle;
    final AtomicInteger privateOperations = new AtomicInteger();

    Party(String name, int seed, int keyNumber) {
        this(new Username(name), key(seed), TestKeys.rsa(keyNumber));
    }

    private Party(Username name, Ed25519PrivateKey identity, RsaPrivateKey wrapping) {
        this.name = name;
        this.identity = identity;
        this.wrapping = wrapping;
        this.bundle = checked(1, BundleFields.NO_PREDECESSOR);
    }

    static Party alice() {
        return new Party("alice", 1, 1);
    }

    static Party bob() {
        return new Party("bob", 2, 2);
    }

    static Ed25519PrivateKey key(int seed) {
        byte[] bytes = new byte[32];
        bytes[0] = (byte) seed;
        return Ed25519PrivateKey.ofSeed(SecretBytes.adopt(bytes));
    }

    CheckedBundle nextBundle() {
        return checked(2, bundle.bundle().hash());
    }

    private CheckedBundle checked(long serial, Bytes predecessor) {
        Bytes key = wrapping.publicKey().subjectPublicKeyInfo();
        KeyBundle signed = new BundleFields(
                        REALM,
                        name,
                        identity.publicKey(),
                        serial,
                        predecessor,
                        NOW.minus(Duration.ofDays(1)),
                        NOW.plus(Duration.ofDays(60)),
                        List.of(Suite.RSA),
                        List.of(new KeySection(Suite.RSA, DeviceId.ACCOUNT, key)))
                .sign(unsigned -> identity.sign(Label.BUNDLE_SIGNATURE, unsigned));
        try {
            return signed.check(REALM, name, KeyPolicy.acceptPublishedTestKeysInsecurely());
        } catch (BundleException e) {
            throw new AssertionError(e);
        }
    }

    ConversationContext with(Party peer) {
        return ConversationContext.of(
                REALM,
                name,
                peer.name,
                List.of(identity.publicKey()),
                List.of(PinnedIdentity.always(peer.identity.publicKey())));
    }

    EpochOffer offer(Party peer) {
        return EpochOffer.keeping(identity, bundle, peer.bundle, NOW);
    }

    EpochOpener opener(ConversationContext context) {
        Unwrapper unwrapper = new Unwrapper(privateOperations::incrementAndGet);
        return new EpochOpener(context, this::wrappingKey, unwrapper, new SecureRandom());
    }

    /** Opens a message with its header, as somebody who has never seen the epoch. */
    MessageOpening open(Party peer, StoredMessage message, Bytes header) {
        EpochOpening opening = opener(with(peer)).open(message, header);
        return opening instanceof OpenedEpoch epoch
                ? new MessageOpener(with(peer)).open(message, epoch)
                : (Finding) opening;
    }

    private Optional<RsaPrivateKey> wrappingKey(KeyId id) {
        return id.equals(KeyId.of(wrapping.publicKey())) ? Optional.of(wrapping) : Optional.empty();
    }
}
