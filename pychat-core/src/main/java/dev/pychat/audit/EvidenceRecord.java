package dev.pychat.audit;

import dev.pychat.crypto.open.BinaryReader;
import dev.pychat.crypto.open.BinaryWriter;
import dev.pychat.crypto.open.Ed25519PublicKey;
import dev.pychat.crypto.open.MalformedException;
import dev.pychat.crypto.open.UnusableKeyException;
import dev.pychat.crypto.secret.SecretBytes;
import dev.pychat.envelope.PinnedIdentity;
import dev.pychat.envelope.SignedEpoch;
import dev.pychat.model.Bytes;
import dev.pychat.model.ConversationId;
import dev.pychat.model.Envelope;
import dev.pychat.model.EpochName;
import dev.pychat.model.LaneId;
import dev.pychat.model.MessageId;
import dev.pychat.model.Position;
import dev.pychat.model.Realm;
import dev.pychat.model.StoredMessage;
import dev.pychat.model.Username;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The content of one record of an evidence file (ENVELOPE.md, section 16), written and read. */
sealed interface EvidenceRecord {

    /** What the file is about. */
    record Scope(EvidenceScope scope) implements EvidenceRecord {

        void write(BinaryWriter out) {
            out.raw(scope.realm().value()).username(scope.exporter()).username(scope.peer());
            out.time(scope.made())
                    .u64(scope.first().value())
                    .u64(scope.last().value())
                    .bool(scope.withSecrets());
            out.u16(scope.own().size());
            scope.own().forEach(key -> out.raw(key.value()));
            out.u8(scope.pinned().size());
            scope.pinned()
                    .forEach(pin -> out.raw(pin.key().value())
                            .u64(pin.from().value())
                            .u64(pin.to().value()));
        }

        static Scope read(BinaryReader in) throws MalformedException {
            Realm realm = new Realm(in.raw("realm", Realm.SIZE));
            Username exporter = in.username("exporter");
            Username peer = in.username("peer");
            Instant made = in.time("made");
            Position first = new Position(in.u64("first"));
            Position last = new Position(in.u64("last"));
            boolean withSecrets = in.bool("with secrets");
            int ownCount = in.u16("count of own identities");
            List<Ed25519PublicKey> own = new ArrayList<>();
            for (int i = 0; i < ownCount; i++) {
                own.add(key(in));
            }
            int pinnedCount = in.u8("count of accepted identities");
            List<PinnedIdentity> pinned = new ArrayList<>();
            for (int i = 0; i < pinnedCount; i++) {
                pinned.add(new PinnedIdentity(key(in), new Position(in.u64("from")), new Position(in.u64("to"))));
            }
            try {
                return new Scope(new EvidenceScope(realm, exporter, peer, made, first, last, withSecrets, own, pinned));
            } catch (IllegalArgumentException e) {
                throw in.malformed(String.valueOf(e.getMessage()));
            }
        }

        private static Ed25519PublicKey key(BinaryReader in) throws MalformedException {
            try {
                return Ed25519PublicKey.parse(in.raw("identity", Ed25519PublicKey.SIZE));
            } catch (UnusableKeyException e) {
                throw in.malformed("an identity that is no usable key");
            }
        }
    }

    /** A key bundle as it was received. */
    record Bundle(Bytes bundle) implements EvidenceRecord {

        static Bundle read(BinaryReader in) throws MalformedException {
            return new Bundle(in.raw("bundle", in.remaining()));
        }
    }

    /** An epoch header as it was received, and the epoch's secret if it is given; closing erases that. */
    record Epoch(Optional<SecretBytes> secret, Bytes header) implements EvidenceRecord, AutoCloseable {

        static Epoch read(BinaryReader in) throws MalformedException {
            boolean given = in.bool("with secret");
            Bytes secret = in.raw("secret", given ? SignedEpoch.SECRET_SIZE : 0);
            Bytes header = Bytes.copyOf(in.raw("header", in.remaining()).toArray());
            return new Epoch(given ? Optional.of(SecretBytes.adopt(secret.toArray())) : Optional.empty(), header);
        }

        @Override
        public void close() {
            secret.ifPresent(SecretBytes::close);
        }
    }

    /** A message as the server gives it. */
    record Message(
            Username sender, MessageId id, LaneId lane, EpochName epoch, boolean quiet, Instant time, Envelope envelope)
            implements EvidenceRecord {

        static Message of(StoredMessage stored) {
            return new Message(
                    stored.sender(),
                    stored.id(),
                    stored.lane(),
                    stored.epoch(),
                    stored.quiet(),
                    stored.time(),
                    stored.envelope());
        }

        /** The message at a position; who counts messages is not said. */
        StoredMessage at(ConversationId conversation, Position position) {
            return new StoredMessage(conversation, position, sender, id, lane, epoch, 0, quiet, time, envelope);
        }

        void write(BinaryWriter out) {
            out.username(sender).raw(id.value()).raw(lane.value()).raw(epoch.value());
            out.bool(quiet).time(time).raw(envelope.value());
        }

        static Message read(BinaryReader in) throws MalformedException {
            Username sender = in.username("sender");
            MessageId id = new MessageId(in.raw("message id", MessageId.SIZE));
            LaneId lane = new LaneId(in.raw("lane", LaneId.SIZE));
            EpochName epoch = new EpochName(in.raw("epoch", EpochName.SIZE));
            boolean quiet = in.bool("quiet");
            Instant time = in.time("time");
            int size = in.remaining();
            if (size < 1 || size > Envelope.MAX_SIZE) {
                throw in.malformed("an envelope of " + size + " bytes, allowed are 1 to " + Envelope.MAX_SIZE);
            }
            return new Message(sender, id, lane, epoch, quiet, time, new Envelope(in.raw("envelope", size)));
        }
    }

    /** A message that was not to be had. */
    record Absent(AbsentMessage message) implements EvidenceRecord {

        void write(BinaryWriter out) {
            out.u8(message.reason().code())
                    .username(message.sender())
                    .raw(message.id().value());
            out.raw(message.lane().value()).raw(message.envelopeHash());
        }

        static Absent read(BinaryReader in) throws MalformedException {
            AbsentMessage.Reason reason = AbsentMessage.Reason.of(in.u8("reason", 1, 2));
            return new Absent(new AbsentMessage(
                    reason,
                    in.username("sender"),
                    new MessageId(in.raw("message id", MessageId.SIZE)),
                    new LaneId(in.raw("lane", LaneId.SIZE)),
                    in.raw("envelope hash", 32)));
        }
    }
}
