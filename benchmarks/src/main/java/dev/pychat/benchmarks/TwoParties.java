package dev.pychat.benchmarks;

import dev.pychat.crypto.open.KeyPolicy;
import dev.pychat.crypto.open.Label;
import dev.pychat.crypto.open.PasswordCost;
import dev.pychat.crypto.secret.MlKemPrivateKey;
import dev.pychat.crypto.secret.Unwrapper;
import dev.pychat.envelope.ConversationContext;
import dev.pychat.envelope.EpochOffer;
import dev.pychat.envelope.EpochOpener;
import dev.pychat.envelope.EpochOpening;
import dev.pychat.envelope.OpenedEpoch;
import dev.pychat.envelope.PinnedIdentity;
import dev.pychat.envelope.Sealed;
import dev.pychat.envelope.SealedEpoch;
import dev.pychat.envelope.Sealer;
import dev.pychat.envelope.View;
import dev.pychat.envelope.WrappingKeys;
import dev.pychat.key.BundleException;
import dev.pychat.key.BundleFields;
import dev.pychat.key.CheckedBundle;
import dev.pychat.key.KeySection;
import dev.pychat.key.Suite;
import dev.pychat.keyring.Keyring;
import dev.pychat.keyring.KeyringHeader;
import dev.pychat.model.Bytes;
import dev.pychat.model.Content;
import dev.pychat.model.DeviceId;
import dev.pychat.model.LaneId;
import dev.pychat.model.MessageId;
import dev.pychat.model.Position;
import dev.pychat.model.Realm;
import dev.pychat.model.StoredMessage;
import dev.pychat.model.Username;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** A sender and a recipient with some devices each, a lane between them, and one message. Confined to one thread. */
final class TwoParties {

    private static final Realm REALM = new Realm(Bytes.adopt(new byte[Realm.SIZE]));

    private final SecureRandom random;
    private final Instant now = Instant.now();
    private final Keyring sender;
    private final Keyring recipient;
    private final EpochOffer offer;
    private final Sealer sealer;
    private final ConversationContext context;
    private final StoredMessage message;
    private final Bytes header;

    TwoParties(int hybridDevices, SecureRandom random) {
        this.random = random;
        this.sender = keyring("alice", hybridDevices);
        this.recipient = keyring("bob", hybridDevices);
        this.offer = EpochOffer.keeping(
                sender.identity().privateKey(), bundle(sender, hybridDevices), bundle(recipient, hybridDevices), now);
        this.sealer = Sealer.onNewLane(between(sender, recipient), LaneId.random(random), random);
        this.context = between(recipient, sender);
        this.header = begin().header();
        this.message = stored(seal(Content.text("hello")));
    }

    SealedEpoch begin() {
        return sealer.beginEpoch(offer, now);
    }

    Keyring recipient() {
        return recipient;
    }

    /** The conversation as the recipient knows it. */
    ConversationContext context() {
        return context;
    }

    StoredMessage message() {
        return message;
    }

    /** The next message of the lane, in a new epoch if the present one is full. */
    Sealed seal(Content content) {
        if (sealer.needsEpoch(offer, now).isPresent()) {
            begin();
        }
        return sealer.seal(MessageId.random(random), content, now, Position.NONE, View.empty(context.conversation()));
    }

    /** Whether the next message begins an epoch. */
    boolean isEpochFull() {
        return sealer.needsEpoch(offer, now).isPresent();
    }

    /** Opens the epoch of a message as the recipient does, with a private key. */
    OpenedEpoch open(StoredMessage first, Bytes epochHeader) {
        EpochOpening opening =
                new EpochOpener(context, WrappingKeys.of(recipient), new Unwrapper(), random).open(first, epochHeader);
        if (opening instanceof OpenedEpoch opened) {
            return opened;
        }
        throw new IllegalStateException(opening.toString());
    }

    Bytes header() {
        return header;
    }

    private Keyring keyring(String name, int hybridDevices) {
        KeyringHeader clear =
                new KeyringHeader(REALM, new Username(name), Bytes.adopt(new byte[32]), new PasswordCost(65_536, 3, 4));
        Keyring fresh = Keyring.create(clear, ReusedKeys.SHARED, now, random);
        return hybridDevices == 0 ? fresh : fresh.withKemKeys(fresh.kemKeys().withLastResort(now, random));
    }

    /** The keyring's own bundle, with further devices of which only the public keys are kept. */
    private CheckedBundle bundle(Keyring keyring, int hybridDevices) {
        BundleFields own = keyring.nextBundle(now).fields();
        List<KeySection> sections = new ArrayList<>(own.sections());
        for (int i = 1; i < hybridDevices; i++) {
            Bytes key = MlKemPrivateKey.generate(random).publicKey().value();
            sections.add(new KeySection(Suite.HYBRID, DeviceId.random(random), key));
        }
        BundleFields all = new BundleFields(
                own.realm(),
                own.username(),
                own.identity(),
                own.serial(),
                own.predecessor(),
                own.notBefore(),
                own.notAfter(),
                own.suites(),
                sections.stream().sorted().toList());
        try {
            return all.sign(unsigned -> keyring.identity().sign(Label.BUNDLE_SIGNATURE, unsigned))
                    .check(REALM, own.username(), KeyPolicy.production());
        } catch (BundleException e) {
            throw new IllegalStateException(e);
        }
    }

    private static ConversationContext between(Keyring self, Keyring peer) {
        return ConversationContext.of(
                REALM,
                self.username(),
                peer.username(),
                List.of(self.identity().publicKey()),
                List.of(PinnedIdentity.always(peer.identity().publicKey())));
    }

    /** A message as the recipient is given it. */
    StoredMessage stored(Sealed sealed) {
        return new StoredMessage(
                context.conversation(),
                Position.FIRST,
                sender.username(),
                sealed.id(),
                sealed.lane(),
                sealed.epoch(),
                1,
                false,
                now,
                sealed.envelope());
    }
}
