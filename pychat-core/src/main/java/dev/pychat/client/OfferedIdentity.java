package dev.pychat.client;

import dev.pychat.crypto.open.BinaryReader;
import dev.pychat.crypto.open.BinaryWriter;
import dev.pychat.crypto.open.Ed25519PublicKey;
import dev.pychat.crypto.open.MalformedException;
import dev.pychat.key.KeyBundle;
import dev.pychat.key.Succession;

/**
 * An identity that the server gives in the place of the accepted one. Immutable.
 *
 * @param key the identity
 * @param announced whether the accepted one has signed that this one takes its place
 */
record OfferedIdentity(Ed25519PublicKey key, boolean announced) {

    static OfferedIdentity of(KeyBundle bundle, Ed25519PublicKey accepted) {
        boolean announced = Succession.in(bundle)
                .filter(said -> said.before().equals(accepted))
                .isPresent();
        return new OfferedIdentity(bundle.fields().identity(), announced);
    }

    void write(BinaryWriter out) {
        out.raw(key.value()).bool(announced);
    }

    static OfferedIdentity read(BinaryReader in) throws MalformedException {
        return new OfferedIdentity(AcceptedIdentity.key(in), in.bool("announced"));
    }
}
