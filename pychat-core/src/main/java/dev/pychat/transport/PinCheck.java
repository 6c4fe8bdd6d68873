package dev.pychat.transport;

import java.util.List;
import java.util.Optional;

/**
 * Trusts the pinned key, and the one that the server has announced while it held that. Thread-safe.
 *
 * @param pins remembers both
 */
record PinCheck(ServerPins pins) implements TrustCheck {

    @Override
    public Optional<Refusal> judge(Presented presented) {
        String host = presented.host();
        int port = presented.port();
        Optional<KeyPin> pin = pins.pin(host, port);
        KeyPin shown = KeyPin.of(presented.leaf());
        if (pin.isEmpty()) {
            return TrustCheck.unknown("no key of it was accepted before");
        }
        if (pin.get().equals(shown)) {
            return Optional.empty();
        }
        Optional<KeyPin> next = pins.next(host, port);
        if (next.equals(Optional.of(shown))) {
            return Optional.empty();
        }
        return Optional.of(new Refusal(
                TrustRefusedException.Reason.CHANGED,
                "another key was accepted before: then " + pin.get() + ", now " + shown + ", which it never announced"
                        + " to this client"
                        + next.map(announced -> " (it announced " + announced + ")")
                                .orElse("")));
    }

    @Override
    public List<Optional<KeyPin>> pins(String host, int port) {
        return List.of(pins.pin(host, port), pins.next(host, port));
    }

    /** Not when the certificate is judged: by then nobody has proved to hold its key. */
    @Override
    public void proved(String host, int port, KeyPin shown) {
        boolean pinned = pins.pin(host, port).equals(Optional.of(shown));
        if (!pinned && pins.next(host, port).equals(Optional.of(shown))) {
            pins.changed(host, port, shown);
        }
    }

    @Override
    public void announced(String host, int port, KeyPin present, KeyPin next) {
        boolean pinned = pins.pin(host, port).equals(Optional.of(present));
        if (pinned && !present.equals(next) && !pins.next(host, port).equals(Optional.of(next))) {
            pins.announced(host, port, next);
        }
    }
}
