package dev.pychat.client;

import dev.pychat.crypto.open.MalformedException;
import dev.pychat.model.Bytes;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Decides between two pins of one peer that have the same counter in two vaults of one account. The less trusting one wins:
 * accepted is what both have accepted, verified what both have verified. Stateless; no result depends on which pin is named first.
 */
final class PinMerge {

    private PinMerge() {}

    /** Between two values of vault entries; see {@link dev.pychat.keyring.VaultMerge.Tie}. */
    static Bytes lessTrusting(Bytes one, Bytes other) {
        Optional<Pin> first = read(one);
        Optional<Pin> second = read(other);
        if (first.isPresent() && second.isPresent()) {
            return lessTrusting(first.get(), second.get()).vaultForm();
        }
        if (first.isEmpty() && second.isEmpty()) {
            return smaller(one, other);
        }
        return first.isPresent() ? one : other;
    }

    /** Between two pins of one counter; what only a device has is left out. The same pin, of two that are equal. */
    static Pin lessTrusting(Pin one, Pin other) {
        List<AcceptedIdentity> common = common(one.accepted(), other.accepted());
        if (common.isEmpty()) {
            // Two first contacts that met two identities: one of them has to be accepted anew on the other device.
            boolean first = smaller(one.vaultForm(), other.vaultForm()).equals(one.vaultForm());
            return new Pin((first ? one : other).accepted(), false, one.counter(), PinHere.NOTHING);
        }
        boolean both = one.present().equals(other.present());
        return new Pin(common, both && one.verified() && other.verified(), one.counter(), PinHere.NOTHING);
    }

    /** The identities that both have, counted from the oldest. */
    private static List<AcceptedIdentity> common(List<AcceptedIdentity> one, List<AcceptedIdentity> other) {
        List<AcceptedIdentity> common = new ArrayList<>();
        for (int back = 1; back <= Math.min(one.size(), other.size()); back++) {
            AcceptedIdentity first = one.get(one.size() - back);
            AcceptedIdentity second = other.get(other.size() - back);
            if (!first.key().equals(second.key())) {
                break;
            }
            common.add(0, first.both(second));
        }
        if (!common.isEmpty()) {
            common.set(0, common.get(0).goingOn());
        }
        return common;
    }

    private static Optional<Pin> read(Bytes value) {
        try {
            return Optional.of(Pin.ofVault(value));
        } catch (MalformedException e) {
            return Optional.empty();
        }
    }

    private static Bytes smaller(Bytes one, Bytes other) {
        return one.compareTo(other) <= 0 ? one : other;
    }
}
