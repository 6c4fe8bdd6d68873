package dev.pychat.client;

import dev.pychat.crypto.open.BinaryReader;
import dev.pychat.crypto.open.BinaryWriter;
import dev.pychat.crypto.open.Ed25519PublicKey;
import dev.pychat.crypto.open.MalformedException;
import dev.pychat.crypto.open.Sha256;
import dev.pychat.crypto.open.UnusableKeyException;
import dev.pychat.envelope.OwnHeader;
import dev.pychat.envelope.PinnedIdentity;
import dev.pychat.key.BundleMark;
import dev.pychat.key.KeyBundle;
import dev.pychat.key.Suite;
import dev.pychat.model.Bytes;
import dev.pychat.model.Position;
import java.time.Instant;
import java.time.temporal.ChronoUnit;

/**
 * An identity of a peer that counts or has counted. Immutable.
 *
 * @param pinned the identity and the part of the conversation it counts for
 * @param since when it was pinned at first contact, or accepted
 * @param minimumSuite the highest suite seen from it
 * @param newest the bundle with the highest serial seen of it
 */
record AcceptedIdentity(PinnedIdentity pinned, Instant since, int minimumSuite, BundleMark newest) {

    private static final int LOWEST_SUITE = 1;

    /** The identity of a bundle, from a position on. */
    static AcceptedIdentity of(KeyBundle bundle, Position from, Instant now) {
        PinnedIdentity pinned = PinnedIdentity.since(bundle.fields().identity(), from);
        return new AcceptedIdentity(
                pinned, now.truncatedTo(ChronoUnit.MILLIS), bundle.suite().code(), BundleMark.of(bundle));
    }

    /** An identity to which another device of this account has sealed, as its header says. */
    static AcceptedIdentity named(Ed25519PublicKey key, OwnHeader header, Instant now) {
        return new AcceptedIdentity(
                PinnedIdentity.since(key, Position.FIRST),
                now.truncatedTo(ChronoUnit.MILLIS),
                header.suite().code(),
                header.bundle());
    }

    Ed25519PublicKey key() {
        return pinned.key();
    }

    /** The same, of which no message behind a position counts any more. */
    AcceptedIdentity until(Position last) {
        return counting(new PinnedIdentity(key(), pinned.from(), last));
    }

    /** The same as the present identity: it counts to the end. */
    AcceptedIdentity goingOn() {
        return counting(PinnedIdentity.since(key(), pinned.from()));
    }

    /** With a later bundle, and all that it offers. */
    AcceptedIdentity with(KeyBundle newer) {
        int highest = Math.max(minimumSuite, newer.suite().code());
        return new AcceptedIdentity(pinned, since, highest, BundleMark.of(newer));
    }

    /** With a later bundle that offers less, since the person has accepted it. */
    AcceptedIdentity lowered(KeyBundle newer) {
        return new AcceptedIdentity(pinned, since, newer.suite().code(), BundleMark.of(newer));
    }

    /** With a minimum that is not below what is known to have been offered. */
    AcceptedIdentity atLeast(Suite suite) {
        return new AcceptedIdentity(pinned, since, Math.max(minimumSuite, suite.code()), newest);
    }

    private AcceptedIdentity counting(PinnedIdentity span) {
        return new AcceptedIdentity(span, since, minimumSuite, newest);
    }

    /** What two devices both accept of one key: the later beginning and the earlier end. */
    AcceptedIdentity both(AcceptedIdentity other) {
        Position from = pinned.from().isAfter(other.pinned.from()) ? pinned.from() : other.pinned.from();
        Position to = pinned.to().isAfter(other.pinned.to()) ? other.pinned.to() : pinned.to();
        return new AcceptedIdentity(
                new PinnedIdentity(key(), from, to),
                since.isAfter(other.since) ? since : other.since,
                Math.max(minimumSuite, other.minimumSuite),
                higher(newest, other.newest));
    }

    private static BundleMark higher(BundleMark one, BundleMark other) {
        if (one.serial() != other.serial()) {
            return one.serial() > other.serial() ? one : other;
        }
        return one.hash().compareTo(other.hash()) <= 0 ? one : other;
    }

    void write(BinaryWriter out) {
        out.raw(key().value());
        out.u64(pinned.from().value()).u64(pinned.to().value()).time(since);
        out.u16(minimumSuite).u64(newest.serial()).raw(newest.hash());
    }

    static AcceptedIdentity read(BinaryReader in) throws MalformedException {
        Ed25519PublicKey key = key(in);
        Position from = new Position(in.u64("from"));
        Position to = new Position(in.u64("to"));
        Instant since = in.time("since");
        int minimumSuite = in.u16("minimum suite");
        long serial = in.u64("serial");
        Bytes hash = in.raw("hash", Sha256.SIZE);
        if (minimumSuite < LOWEST_SUITE || serial < 1) {
            throw in.malformed("suite " + minimumSuite + " and serial " + serial + ", both are 1 or more");
        }
        return new AcceptedIdentity(
                new PinnedIdentity(key, from, to), since, minimumSuite, new BundleMark(serial, hash));
    }

    static Ed25519PublicKey key(BinaryReader in) throws MalformedException {
        try {
            return Ed25519PublicKey.parse(in.raw("identity", Ed25519PublicKey.SIZE));
        } catch (UnusableKeyException e) {
            throw in.malformed("an identity that is no usable key");
        }
    }
}
