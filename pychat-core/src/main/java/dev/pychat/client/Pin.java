package dev.pychat.client;

import dev.pychat.crypto.open.BinaryReader;
import dev.pychat.crypto.open.BinaryWriter;
import dev.pychat.crypto.open.Ed25519PublicKey;
import dev.pychat.crypto.open.MalformedException;
import dev.pychat.crypto.open.UnusableKeyException;
import dev.pychat.envelope.PinnedIdentity;
import dev.pychat.key.BundleException;
import dev.pychat.key.KeyBundle;
import dev.pychat.model.Bytes;
import dev.pychat.model.Position;
import java.util.ArrayList;
import java.util.List;

/**
 * What this account knows of a peer's identity. Immutable.
 *
 * @param identities the accepted identities, the present one first, each with the part of the conversation it counts for
 * @param minimumSuite the highest suite seen from the present identity
 * @param newest the bundle with the highest serial seen of the present identity
 */
record Pin(List<PinnedIdentity> identities, int minimumSuite, KeyBundle newest) {

    private static final int FORMAT = 1;
    private static final int MAX_IDENTITIES = 64;

    Pin {
        identities = List.copyOf(identities);
    }

    /** The first contact: what the server hands out now is believed, and nothing else later. */
    static Pin first(KeyBundle bundle) {
        return new Pin(List.of(PinnedIdentity.always(bundle.fields().identity())), 1, bundle);
    }

    Ed25519PublicKey present() {
        return identities.get(0).key();
    }

    Pin with(KeyBundle newer) {
        return new Pin(identities, minimumSuite, newer);
    }

    Bytes encode() {
        try (BinaryWriter out = new BinaryWriter()) {
            out.u8(FORMAT).u8(identities.size());
            for (PinnedIdentity identity : identities) {
                out.raw(identity.key().value());
                out.u64(identity.from().value()).u64(identity.to().value());
            }
            return out.u16(minimumSuite).bytes32(newest.bytes()).toBytes();
        }
    }

    static Pin decode(Bytes raw) throws MalformedException {
        BinaryReader in = new BinaryReader("pin", raw);
        in.u8("format", FORMAT, FORMAT);
        int count = in.u8("count of identities", 1, MAX_IDENTITIES);
        List<PinnedIdentity> identities = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            identities.add(identity(in));
        }
        int minimumSuite = in.u16("minimum suite");
        Bytes bundle = in.bytes32("bundle", KeyBundle.MAX_SIZE);
        in.end();
        try {
            return new Pin(identities, minimumSuite, KeyBundle.parse(bundle));
        } catch (BundleException e) {
            throw in.malformed(String.valueOf(e.getMessage()));
        }
    }

    private static PinnedIdentity identity(BinaryReader in) throws MalformedException {
        Bytes key = in.raw("identity", Ed25519PublicKey.SIZE);
        Position from = new Position(in.u64("from"));
        Position to = new Position(in.u64("to"));
        try {
            return new PinnedIdentity(Ed25519PublicKey.parse(key), from, to);
        } catch (UnusableKeyException e) {
            throw in.malformed("an identity that is no usable key");
        }
    }
}
