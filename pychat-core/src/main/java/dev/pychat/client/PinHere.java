package dev.pychat.client;

import dev.pychat.crypto.open.BinaryReader;
import dev.pychat.crypto.open.BinaryWriter;
import dev.pychat.crypto.open.MalformedException;
import dev.pychat.envelope.HybridSince;
import dev.pychat.key.BundleException;
import dev.pychat.key.KeyBundle;
import dev.pychat.key.Suite;
import java.util.Optional;

/**
 * What a pin has on this device alone, and in no vault. Immutable.
 *
 * @param bundle the newest bundle of the present identity, if this device has seen it itself
 * @param offered another identity, which the server has given and nobody has accepted
 * @param reopen whether messages that did not open have to be tried again, since identities have changed or less is offered
 * @param reseal whether unsent messages may be sealed to an identity that is no longer the present one
 * @param hybridSince the lowest serial of a bundle of the present identity that is known to list suite 2, {@link HybridSince#NOT_KNOWN}
 *     if there is none
 */
record PinHere(
        Optional<KeyBundle> bundle,
        Optional<OfferedIdentity> offered,
        boolean reopen,
        boolean reseal,
        long hybridSince) {

    static final PinHere NOTHING = new PinHere(Optional.empty(), Optional.empty(), false, false, HybridSince.NOT_KNOWN);

    static PinHere of(KeyBundle newest, boolean reopen) {
        return new PinHere(Optional.of(newest), Optional.empty(), reopen, false, hybridSince(newest));
    }

    private static long hybridSince(KeyBundle bundle) {
        return bundle.suite().compareTo(Suite.HYBRID) < 0
                ? HybridSince.NOT_KNOWN
                : bundle.fields().serial();
    }

    /** The server gives another identity than the present one. */
    PinHere offering(OfferedIdentity other) {
        return new PinHere(bundle, Optional.of(other), reopen, reseal, hybridSince);
    }

    /** Keys have come that may open what did not open. */
    PinHere reopening() {
        return new PinHere(bundle, offered, true, reseal, hybridSince);
    }

    /** Everything that may open now has been tried. */
    PinHere reopened() {
        return new PinHere(bundle, offered, false, reseal, hybridSince);
    }

    /** Nothing that is unsent is sealed to a former identity. */
    PinHere resealed() {
        return new PinHere(bundle, offered, reopen, false, hybridSince);
    }

    /** The newest bundle of the present identity is this one, and the server gives no other. */
    PinHere with(KeyBundle newest) {
        long since = Math.min(hybridSince, hybridSince(newest));
        return new PinHere(Optional.of(newest), Optional.empty(), reopen, reseal, since);
    }

    /** The same with a bundle that offers less: what was offered before says nothing of what comes now, nor of what has come and is closed. */
    PinHere lowered(KeyBundle newest) {
        return new PinHere(Optional.of(newest), Optional.empty(), true, reseal, hybridSince(newest));
    }

    void write(BinaryWriter out) {
        out.bool(bundle.isPresent());
        bundle.ifPresent(known -> out.bytes32(known.bytes()));
        out.bool(offered.isPresent());
        offered.ifPresent(other -> other.write(out));
        out.bool(reopen).bool(reseal).u64(hybridSince);
    }

    /** What was kept before suite 2 ends in front of the serial. */
    static PinHere read(BinaryReader in, boolean beforeSuites) throws MalformedException {
        Optional<KeyBundle> bundle = in.bool("bundle") ? Optional.of(bundle(in)) : Optional.empty();
        Optional<OfferedIdentity> offered =
                in.bool("offered") ? Optional.of(OfferedIdentity.read(in)) : Optional.empty();
        boolean reopen = in.bool("reopen");
        boolean reseal = in.bool("reseal");
        long since = beforeSuites ? HybridSince.NOT_KNOWN : in.u64("first serial of suite 2");
        return new PinHere(bundle, offered, reopen, reseal, since);
    }

    private static KeyBundle bundle(BinaryReader in) throws MalformedException {
        try {
            return KeyBundle.parse(in.bytes32("bundle", KeyBundle.MAX_SIZE));
        } catch (BundleException e) {
            throw in.malformed(String.valueOf(e.getMessage()));
        }
    }
}
