package dev.pychat.client;

import dev.pychat.envelope.OpenedEpoch;
import dev.pychat.envelope.Sealer;
import dev.pychat.key.HistoryPolicy;
import dev.pychat.keyring.Forgetting;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.function.Supplier;

/**
 * What is old by the history policy of the own account and the clock of this device (ENVELOPE.md, section 14.3). A message counts from the
 * moment when the server stored it, but from no later one than that at which this device took it; and it is held for a day from
 * there, so that who was away can read what waited. Thread-safe.
 */
final class Oldness {

    /** How long a message is held in any case. */
    static final Duration TO_READ = Duration.ofDays(1);

    private static final Duration CLOCKS_DIFFER = Duration.ofHours(1);

    private final Supplier<HistoryPolicy> policy;
    private final Clock clock;

    Oldness(Supplier<HistoryPolicy> policy, Clock clock) {
        this.policy = policy;
        this.clock = clock;
    }

    /** Whether anything ever is. */
    boolean forgets() {
        return !policy.get().isKeep();
    }

    /** Whether what a message says is to be forgotten. */
    boolean isOld(HistoryRecord record) {
        HistoryPolicy own = policy.get();
        if (own.isKeep()) {
            return false;
        }
        Instant now = clock.instant();
        Instant since = record.time().isBefore(record.taken()) ? record.time() : record.taken();
        // A clock that went wrong for a while, and took a message in the future, holds it no longer than the server's
        // time does.
        Instant held =
                record.taken().isAfter(now) ? Instant.EPOCH : record.taken().plus(TO_READ);
        return !now.isBefore(since.plus(own.time())) && !now.isBefore(held);
    }

    /** Whether an epoch was made so long ago that nobody is given its secret. */
    boolean isOld(OpenedEpoch epoch) {
        HistoryPolicy own = policy.get();
        return !own.isKeep() && !clock.instant().isBefore(epoch.made().plus(own.time()));
    }

    /**
     * Whether the secret of an epoch of which no message is held is to go. While it is not old messages of it may come; and what waits at the
     * server for a device that was away is read first, for which it waits for a bounded time.
     *
     * @param caughtUp when everything was read last that the server had
     */
    boolean isSpent(OpenedEpoch epoch, Instant caughtUp) {
        return isAhead(epoch)
                || isOld(epoch) && isSpent(epoch, caughtUp, policy.get().time());
    }

    /**
     * Whether the secret of an epoch is to go of which a message was forgotten by an earlier policy that held less long than the present one; also if
     * other messages are held. What waits at the server is waited for in the same way.
     */
    boolean isSpentByFormer(OpenedEpoch epoch, Instant caughtUp) {
        return isAhead(epoch) || isSpent(epoch, caughtUp, Duration.ZERO);
    }

    private boolean isAhead(OpenedEpoch epoch) {
        return epoch.made().isAfter(clock.instant().plus(CLOCKS_DIFFER));
    }

    private boolean isSpent(OpenedEpoch epoch, Instant caughtUp, Duration time) {
        boolean isRead = caughtUp.isAfter(epoch.made().plus(Sealer.EPOCH_AGE).plus(CLOCKS_DIFFER));
        Instant end = epoch.made().plus(time).plus(Forgetting.LONGEST_WAIT);
        return isRead || !clock.instant().isBefore(end);
    }
}
