package dev.pychat.key;

import dev.pychat.crypto.open.BinaryReader;
import dev.pychat.crypto.open.BinaryWriter;
import dev.pychat.crypto.open.MalformedException;
import dev.pychat.model.Bytes;
import dev.pychat.model.DeviceId;
import java.time.Duration;
import java.util.Optional;

/**
 * Whether an account keeps what opens its history, or erases it after a time (ENVELOPE.md, section 5.3). It stands in the signed key
 * bundle of the account, so it holds for all its devices, and its peers know it.
 *
 * <p>{@link #KEEP}, the default: <b>password plus server opens everything.</b> All private keys are in the vault on the server, so a new
 * device shows the whole history, and so does a thief who has the passphrase and what the server stores.
 *
 * <p>{@link #forgetAfter}: private wrapping keys and ML-KEM keys stay on the device that made them, never enter the vault or a backup,
 * and are erased after the time. A new device gets no history from before it came. It <b>can't</b> take back what was given away
 * before: keys that have been in a vault before the change are only as forgotten as the server is honest, since it may have kept the old
 * vault and the old envelopes; what the peer, a backup or a screenshot holds stays there; and a flash disk may keep old blocks of an
 * erased file.
 *
 * <p>Immutable and thread-safe; equal when the time is.
 */
public final class HistoryPolicy {

    /** Nothing is forgotten. */
    public static final HistoryPolicy KEEP = new HistoryPolicy(0);

    /** The shortest time after which an account of ours forgets. */
    public static final Duration SHORTEST = Duration.ofDays(1);

    /** The longest time after which an account of ours forgets. */
    public static final Duration LONGEST = Duration.ofDays(3650);

    /** The number under which it stands among the sections of a bundle; no suite. */
    public static final Suite SECTION = new Suite(0xfffe);

    private static final long MAX_SECONDS = 0xffff_ffffL;

    private final long seconds;

    private HistoryPolicy(long seconds) {
        this.seconds = seconds;
    }

    /**
     * A policy for an account of ours.
     *
     * @param time how long keys and texts are held, {@link #SHORTEST} to {@link #LONGEST}, in whole seconds
     * @return the policy
     * @throws IllegalArgumentException if the time is outside its limits or has a fraction of a second
     */
    public static HistoryPolicy forgetAfter(Duration time) {
        if (time.compareTo(SHORTEST) < 0 || time.compareTo(LONGEST) > 0 || time.getNano() != 0) {
            throw new IllegalArgumentException("forget after " + time + ", allowed are whole seconds from "
                    + SHORTEST.toDays() + " day to " + LONGEST.toDays() + " days");
        }
        return new HistoryPolicy(time.getSeconds());
    }

    /**
     * A policy as somebody else states it, in a bundle or an epoch header.
     *
     * @param seconds the time in seconds, 0 for {@link #KEEP}; any number of 32 bits
     * @return the policy
     * @throws IllegalArgumentException if the number has more than 32 bits or is negative
     */
    public static HistoryPolicy ofSeconds(long seconds) {
        if (seconds < 0 || seconds > MAX_SECONDS) {
            throw new IllegalArgumentException(
                    "history policy of " + seconds + " seconds, allowed are 0 to " + MAX_SECONDS);
        }
        return seconds == 0 ? KEEP : new HistoryPolicy(seconds);
    }

    /**
     * The one of two policies that forgets less. In a conversation it is the one that counts, since both sides hold every text.
     *
     * @param one a policy
     * @param other another
     * @return {@link #KEEP} if either is, else the one with the longer time
     */
    public static HistoryPolicy weaker(HistoryPolicy one, HistoryPolicy other) {
        if (one.isKeep() || other.isKeep()) {
            return KEEP;
        }
        return one.seconds >= other.seconds ? one : other;
    }

    /**
     * Whether nothing is forgotten.
     *
     * @return true for {@link #KEEP}
     */
    public boolean isKeep() {
        return seconds == 0;
    }

    /**
     * The policy as epoch headers state it.
     *
     * @return the seconds after which the account forgets, 0 for {@link #KEEP}
     */
    public long seconds() {
        return seconds;
    }

    /**
     * The time after which the account forgets.
     *
     * @return the time; zero for {@link #KEEP}, which never does
     */
    public Duration time() {
        return Duration.ofSeconds(seconds);
    }

    /**
     * The form in which a bundle states it.
     *
     * @return its section; empty for {@link #KEEP}, which a bundle states by having none
     */
    public Optional<KeySection> section() {
        if (isKeep()) {
            return Optional.empty();
        }
        try (BinaryWriter out = new BinaryWriter()) {
            return Optional.of(
                    new KeySection(SECTION, DeviceId.ACCOUNT, out.u32(seconds).toBytes()));
        }
    }

    /** What a section states. */
    static HistoryPolicy read(Bytes content) throws MalformedException {
        BinaryReader in = new BinaryReader("history policy", content);
        long seconds = in.u32("seconds");
        in.end();
        if (seconds == 0) {
            throw in.malformed("0 seconds; an account that keeps states no policy");
        }
        return new HistoryPolicy(seconds);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof HistoryPolicy that && seconds == that.seconds;
    }

    @Override
    public int hashCode() {
        return Long.hashCode(seconds);
    }

    @Override
    public String toString() {
        return isKeep() ? "keep" : "forget after " + time();
    }
}
