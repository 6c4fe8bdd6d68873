package dev.pychat.client;

import dev.pychat.crypto.open.BinaryReader;
import dev.pychat.crypto.open.BinaryWriter;
import dev.pychat.crypto.open.MalformedException;
import dev.pychat.key.BundleException;
import dev.pychat.key.KeyBundle;
import java.util.Optional;

/**
 * What a pin has on this device alone, and in no vault. Immutable.
 *
 * @param bundle the newest bundle of the present identity, if this device has seen it itself
 * @param offered another identity, which the server has given and nobody has accepted
 * @param reopen whether messages that did not open have to be tried again, since the identities have changed
 * @param reseal whether unsent messages may be sealed to an identity that is no longer the present one
 */
record PinHere(Optional<KeyBundle> bundle, Optional<OfferedIdentity> offered, boolean reopen, boolean reseal) {

    static final PinHere NOTHING = new PinHere(Optional.empty(), Optional.empty(), false, false);

    static PinHere of(KeyBundle newest, boolean reopen) {
        return new PinHere(Optional.of(newest), Optional.empty(), reopen, false);
    }

    /** The server gives another identity than the present one. */
    PinHere offering(OfferedIdentity other) {
        return new PinHere(bundle, Optional.of(other), reopen, reseal);
    }

    /** Keys have come that may open what did not open. */
    PinHere reopening() {
        return new PinHere(bundle, offered, true, reseal);
    }

    /** Everything that may open now has been tried. */
    PinHere reopened() {
        return new PinHere(bundle, offered, false, reseal);
    }

    /** Nothing that is unsent is sealed to a former identity. */
    PinHere resealed() {
        return new PinHere(bundle, offered, reopen, false);
    }

    /** The newest bundle of the present identity is this one, and the server gives no other. */
    PinHere with(KeyBundle newest) {
        return new PinHere(Optional.of(newest), Optional.empty(), reopen, reseal);
    }

    void write(BinaryWriter out) {
        out.bool(bundle.isPresent());
        bundle.ifPresent(known -> out.bytes32(known.bytes()));
        out.bool(offered.isPresent());
        offered.ifPresent(other -> other.write(out));
        out.bool(reopen).bool(reseal);
    }

    static PinHere read(BinaryReader in) throws MalformedException {
        Optional<KeyBundle> bundle = in.bool("bundle") ? Optional.of(bundle(in)) : Optional.empty();
        Optional<OfferedIdentity> offered =
                in.bool("offered") ? Optional.of(OfferedIdentity.read(in)) : Optional.empty();
        return new PinHere(bundle, offered, in.bool("reopen"), in.bool("reseal"));
    }

    private static KeyBundle bundle(BinaryReader in) throws MalformedException {
        try {
            return KeyBundle.parse(in.bytes32("bundle", KeyBundle.MAX_SIZE));
        } catch (BundleException e) {
            throw in.malformed(String.valueOf(e.getMessage()));
        }
    }
}
