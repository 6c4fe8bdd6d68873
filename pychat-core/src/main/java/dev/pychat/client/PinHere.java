package dev.pychat.client;

import dev.pychat.crypto.open.BinaryReader;
import dev.pychat.crypto.open.BinaryWriter;
import dev.pychat.crypto.open.Ed25519PublicKey;
import dev.pychat.crypto.open.MalformedException;
import dev.pychat.key.BundleException;
import dev.pychat.key.KeyBundle;
import dev.pychat.model.Position;
import java.util.Optional;

/**
 * What a pin has on this device alone, and in no vault. Immutable.
 *
 * @param bundle the newest bundle of the present identity, if this device has seen it itself
 * @param offered another identity, which the server has given and nobody has accepted
 * @param reopen from which position on messages that did not open have to be tried again; {@link Position#NONE} for nowhere
 */
record PinHere(Optional<KeyBundle> bundle, Optional<Ed25519PublicKey> offered, Position reopen) {

    static final PinHere NOTHING = new PinHere(Optional.empty(), Optional.empty(), Position.NONE);

    static PinHere of(KeyBundle newest, Position reopen) {
        return new PinHere(Optional.of(newest), Optional.empty(), reopen);
    }

    /** The server gives another identity than the present one. */
    PinHere offering(Ed25519PublicKey other) {
        return new PinHere(bundle, Optional.of(other), reopen);
    }

    /** Everything that may open now has been tried. */
    PinHere reopened() {
        return new PinHere(bundle, offered, Position.NONE);
    }

    void write(BinaryWriter out) {
        out.bool(bundle.isPresent());
        bundle.ifPresent(known -> out.bytes32(known.bytes()));
        out.bool(offered.isPresent());
        offered.ifPresent(key -> out.raw(key.value()));
        out.u64(reopen.value());
    }

    static PinHere read(BinaryReader in) throws MalformedException {
        Optional<KeyBundle> bundle = in.bool("bundle") ? Optional.of(bundle(in)) : Optional.empty();
        Optional<Ed25519PublicKey> offered =
                in.bool("offered") ? Optional.of(AcceptedIdentity.key(in)) : Optional.empty();
        return new PinHere(bundle, offered, new Position(in.u64("reopen")));
    }

    private static KeyBundle bundle(BinaryReader in) throws MalformedException {
        try {
            return KeyBundle.parse(in.bytes32("bundle", KeyBundle.MAX_SIZE));
        } catch (BundleException e) {
            throw in.malformed(String.valueOf(e.getMessage()));
        }
    }
}
