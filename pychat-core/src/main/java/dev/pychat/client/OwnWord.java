package dev.pychat.client;

import dev.pychat.crypto.open.Ed25519PublicKey;
import dev.pychat.key.Fingerprint;
import dev.pychat.key.KeyBundle;
import dev.pychat.model.Position;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What this account's own messages say about a peer (ENVELOPE.md, section 9.4), and what a device that is new to the conversation pins
 * because of it. Immutable.
 *
 * @param named the identities to which this account has sealed, the one named last at the end
 * @param makers the identities that made headers in the conversation, by fingerprint
 * @param vault the highest version of the account's vault that is named
 */
record OwnWord(List<OwnHeaders.Named> named, Map<Fingerprint, Ed25519PublicKey> makers, long vault) {

    OwnWord {
        named = List.copyOf(named);
        makers = Map.copyOf(makers);
    }

    private Optional<OwnHeaders.Named> last() {
        return named.isEmpty() ? Optional.empty() : Optional.of(named.get(named.size() - 1));
    }

    /** The identity that has to be pinned, if the pin does not know the one that was named last. */
    Optional<Fingerprint> wanted(Optional<Pin> pin) {
        return last().map(latest -> latest.header().recipient())
                .filter(who -> pin.stream().noneMatch(known -> knows(known, who)));
    }

    private static boolean knows(Pin pin, Fingerprint who) {
        return pin.accepted().stream()
                .anyMatch(identity -> Fingerprint.of(identity.key()).equals(who));
    }

    /** The key of that identity, if the conversation has it. */
    Optional<Ed25519PublicKey> key(Fingerprint who) {
        return Optional.ofNullable(makers.get(who));
    }

    /** A pin of the identity that was named last, given its key. */
    Pin pin(Optional<Pin> before, Ed25519PublicKey key, Instant now) {
        OwnHeaders.Named latest = last().orElseThrow();
        return pin(before, AcceptedIdentity.named(key, latest.header(), now), latest.at());
    }

    /** The same, given its bundle. */
    Pin pin(Optional<Pin> before, KeyBundle bundle, Instant now) {
        OwnHeaders.Named latest = last().orElseThrow();
        AcceptedIdentity identity = AcceptedIdentity.of(bundle, Position.FIRST, now);
        return pin(before, identity.atLeast(latest.header().suite()), latest.at())
                .with(bundle);
    }

    /** A pin with no lower minimum than the suite in which this account has sealed last to its present identity. */
    Pin raising(Pin pin) {
        return last().map(OwnHeaders.Named::header)
                .filter(latest -> latest.recipient().equals(Fingerprint.of(pin.present())))
                .map(latest -> pin.atLeast(latest.suite()))
                .orElse(pin);
    }

    private Pin pin(Optional<Pin> before, AcceptedIdentity present, Position since) {
        List<AcceptedIdentity> all = new ArrayList<>();
        all.add(present);
        before.ifPresent(stale -> stale.accepted().forEach(identity -> all.add(ended(identity, since))));
        Position end = since;
        for (int i = named.size() - 2; i >= 0 && before.isEmpty(); i--) {
            OwnHeaders.Named each = named.get(i);
            Position next = end;
            key(each.header().recipient())
                    .map(key -> AcceptedIdentity.named(key, each.header(), present.since()))
                    .ifPresent(identity -> all.add(ended(identity, next)));
            end = each.at();
        }
        long counter = before.map(Pin::counter).orElse(0L) + 1;
        List<AcceptedIdentity> kept = all.subList(0, Math.min(all.size(), Pin.MAX_IDENTITIES));
        // What came before the key was found may open now.
        PinHere here = PinHere.NOTHING.reopening();
        return new Pin(kept, false, counter, here);
    }

    /** It counts for nothing from the message on under which the next one was named. */
    private static AcceptedIdentity ended(AcceptedIdentity identity, Position next) {
        Position last = next.plus(-1);
        return identity.pinned().to().isAfter(last) && !identity.pinned().from().isAfter(last)
                ? identity.until(last)
                : identity;
    }
}
