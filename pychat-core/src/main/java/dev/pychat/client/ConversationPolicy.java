package dev.pychat.client;

import dev.pychat.key.HistoryPolicy;
import dev.pychat.model.Username;
import java.time.Duration;
import java.util.Optional;

/**
 * What becomes of the texts of a conversation on both sides, as far as this device knows: the own policy, and the one that the peer has
 * stated last under its signature. What a peer's devices do cannot be checked.
 *
 * <p>Immutable and thread-safe.
 *
 * @param peer the other party
 * @param own the policy of the own account
 * @param theirs the policy that the peer has stated; {@link HistoryPolicy#KEEP} if it has stated none, or nothing is known of it
 */
public record ConversationPolicy(Username peer, HistoryPolicy own, HistoryPolicy theirs) {

    /**
     * What counts in the conversation: the policy that forgets less, since both sides hold every text.
     *
     * @return {@link HistoryPolicy#KEEP} if either side keeps, else the one with the longer time
     */
    public HistoryPolicy weaker() {
        return HistoryPolicy.weaker(own, theirs);
    }

    /**
     * Says it to a person, such as {@code you forget after 7 days; bob's devices keep what you write}.
     *
     * @return a sentence without capital and full stop; empty if both keep
     */
    public Optional<String> sentence() {
        if (own.isKeep() && theirs.isKeep()) {
            return Optional.empty();
        }
        String us = own.isKeep() ? "your devices keep what is written" : "you forget after " + words(own);
        String them = theirs.isKeep()
                ? peer + "'s devices keep what you write"
                : peer + "'s devices say that they forget after " + words(theirs);
        return Optional.of(us + "; " + them);
    }

    /**
     * Says after how long a policy forgets.
     *
     * @param policy the policy
     * @return such as {@code 7 days}, {@code 1 day 12 hours} or {@code 90 seconds}; {@code never} for {@link HistoryPolicy#KEEP}
     */
    public static String words(HistoryPolicy policy) {
        if (policy.isKeep()) {
            return "never";
        }
        Duration time = policy.time();
        if (time.toHours() == 0 || time.toSeconds() % 3600 != 0) {
            return count(time.toSeconds(), "second");
        }
        String days = time.toDays() == 0 ? "" : count(time.toDays(), "day");
        String hours = time.toHoursPart() == 0 ? "" : count(time.toHoursPart(), "hour");
        return days.isEmpty() || hours.isEmpty() ? days + hours : days + " " + hours;
    }

    private static String count(long number, String unit) {
        return number + " " + unit + (number == 1 ? "" : "s");
    }
}
