package dev.pychat.testkit.vectors;

import com.google.gson.JsonObject;
import dev.pychat.crypto.open.KeyPolicy;
import dev.pychat.crypto.open.UnusableKeyException;
import dev.pychat.crypto.secret.Ed25519PrivateKey;
import dev.pychat.crypto.secret.RsaPrivateKey;
import dev.pychat.crypto.secret.SecretBytes;
import dev.pychat.crypto.secret.Unwrapper;
import dev.pychat.envelope.ConversationContext;
import dev.pychat.envelope.EpochOpener;
import dev.pychat.envelope.EpochOpening;
import dev.pychat.envelope.Finding;
import dev.pychat.envelope.MessageOpener;
import dev.pychat.envelope.MessageOpening;
import dev.pychat.envelope.OpenedEpoch;
import dev.pychat.envelope.PinnedIdentity;
import dev.pychat.key.BundleException;
import dev.pychat.key.CheckedBundle;
import dev.pychat.key.ConversationIds;
import dev.pychat.key.KeyBundle;
import dev.pychat.key.KeyId;
import dev.pychat.model.Bytes;
import dev.pychat.model.Realm;
import dev.pychat.model.StoredMessage;
import dev.pychat.model.Username;
import java.security.SecureRandom;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * One user of the vectors, who counts private-key operations.
 *
 * @param user the user name
 * @param identity the identity
 * @param wrapping the wrapping key
 * @param bundle the key bundle's bytes
 * @param operations private-key operations made so far
 */
record VectorParty(
        Username user, Ed25519PrivateKey identity, RsaPrivateKey wrapping, Bytes bundle, AtomicInteger operations) {

    static final KeyPolicy POLICY = KeyPolicy.acceptPublishedTestKeysInsecurely();

    static VectorParty of(JsonObject value) {
        try (SecretBytes pkcs8 =
                SecretBytes.adopt(Vectors.hex(value, "wrappingKeyPkcs8").toArray())) {
            return new VectorParty(
                    new Username(Vectors.string(value, "user")),
                    Ed25519PrivateKey.ofSeed(
                            SecretBytes.adopt(Vectors.hex(value, "identitySeed").toArray())),
                    RsaPrivateKey.parse(pkcs8, POLICY),
                    Vectors.hex(value, "bundle"),
                    new AtomicInteger());
        } catch (UnusableKeyException e) {
            throw new AssertionError(e);
        }
    }

    CheckedBundle checked(Realm realm) {
        try {
            return KeyBundle.parse(bundle).check(realm, user, POLICY);
        } catch (BundleException e) {
            throw new AssertionError(e);
        }
    }

    ConversationContext with(VectorParty peer, Realm realm, int minimumSuite) {
        return new ConversationContext(
                realm,
                ConversationIds.of(realm, user, peer.user),
                user,
                peer.user,
                List.of(identity.publicKey()),
                List.of(PinnedIdentity.always(peer.identity.publicKey())),
                minimumSuite);
    }

    /** Opens a message and its header as somebody who sees both for the first time. */
    MessageOpening open(ConversationContext context, StoredMessage message, Bytes header) {
        Unwrapper unwrapper = new Unwrapper(operations::incrementAndGet);
        EpochOpening opening =
                new EpochOpener(context, this::find, unwrapper, new SecureRandom()).open(message, header);
        if (opening instanceof OpenedEpoch epoch) {
            return new MessageOpener(context).open(message, epoch);
        }
        return (Finding) opening;
    }

    private Optional<RsaPrivateKey> find(KeyId id) {
        return id.equals(KeyId.of(wrapping.publicKey())) ? Optional.of(wrapping) : Optional.empty();
    }
}
