package dev.pychat.server;

import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;

/** Whether the store takes what it is given: a server may be able to write one kind of thing, and not the other. Thread-safe. */
final class StoreHealth {

    private static final Duration RARE = Duration.ofMinutes(1);

    private final InstantSource clock;
    private final Writes messages = new Writes("the last messages were not stored");
    private final Writes accounts = new Writes("the last sign-up, log-in or change of an account was not stored");

    StoreHealth(InstantSource clock) {
        this.clock = clock;
    }

    /** What became of the last write of one kind. */
    final class Writes {

        private final String failed;
        private volatile Optional<StoreFailure> last = Optional.empty();

        private Writes(String failed) {
            this.failed = failed;
        }

        void taken() {
            last = Optional.empty();
        }

        void failed(String reason) {
            last = Optional.of(new StoreFailure(failed + ": " + reason, clock.instant()));
        }
    }

    Writes messages() {
        return messages;
    }

    Writes accounts() {
        return accounts;
    }

    /** The failure of the last write, of messages if they fail; that of an account, which may be the only one for hours, for a minute. */
    Optional<StoreFailure> failure() {
        return messages.last.or(() -> accounts.last.filter(
                failure -> clock.instant().isBefore(failure.at().plus(RARE))));
    }
}
