package dev.pychat.envelope;

import dev.pychat.crypto.open.BinaryReader;
import dev.pychat.crypto.open.BinaryWriter;
import dev.pychat.crypto.open.MalformedException;
import dev.pychat.model.Bytes;
import dev.pychat.model.StoredMessage;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a device remembers of its pool of one-time keys, so that a server which tells senders that the pool is dry, and the device
 * that it is not, is found out (ENVELOPE.md, section 5.1). The device keeps it, and hands in every answer of the server about its
 * pool and every epoch of a peer that it opened with a last-resort key.
 *
 * <p>Immutable and thread-safe.
 */
public final class PoolWatch {

    /** What is allowed for clocks and for the time between asking for a key and beginning the epoch. */
    public static final Duration TOLERANCE = Duration.ofHours(24);

    /** How many epochs wait for the next answer at most; then the oldest is given up. */
    public static final int MAX_WAITING = 64;

    /** Nothing is known yet. */
    public static final PoolWatch NONE = new PoolWatch(null, List.of());

    private static final int FORMAT = 1;
    private static final int MAX_SIZE = 256 * 1024;
    private static final int MAX_FINDING = 2048;

    private final @Nullable Instant filledSince;
    private final List<Suspicion> waiting;

    private PoolWatch(@Nullable Instant filledSince, List<Suspicion> waiting) {
        this.filledSince = filledSince;
        this.waiting = List.copyOf(waiting);
    }

    /**
     * Notes an epoch of a peer that was opened with a last-resort key of this device. It is judged when the server speaks about
     * the pool the next time.
     *
     * @param message the first message of the epoch
     * @param epoch the opened epoch
     * @return the watch with it
     */
    public PoolWatch lastResortUsed(StoredMessage message, OpenedEpoch epoch) {
        EpochTerms terms = epoch.fields().terms();
        Finding finding = Finding.at(
                message,
                FindingCode.POOL_WITHHELD,
                "the sender got no one-time key, though the server says that there were some");
        List<Suspicion> more = new ArrayList<>(waiting);
        more.add(new Suspicion(terms.fetched(), terms.made(), finding));
        return new PoolWatch(filledSince, more.subList(Math.max(0, more.size() - MAX_WAITING), more.size()));
    }

    /**
     * Takes the server's word about the pool.
     *
     * @param now the present time, by the device's clock
     * @param left how many keys there are
     * @param added how many of them this device has just added; 0 if it only asked
     * @return the watch after it, and what has been found out
     * @throws IllegalArgumentException if a number is negative
     */
    public Answer told(Instant now, int left, int added) {
        if (left < 0 || added < 0) {
            throw new IllegalArgumentException(left + " keys left and " + added + " added; neither may be below 0");
        }
        boolean wasFilled = filledSince != null && left > added;
        List<Finding> withheld = new ArrayList<>();
        List<Suspicion> open = new ArrayList<>();
        Instant since = wasFilled ? filledSince : left > 0 ? now : null;
        for (Suspicion each : waiting) {
            if (wasFilled && each.isProven(since, now)) {
                withheld.add(each.finding);
            } else if (each.mayBeProven(since)) {
                open.add(each);
            }
        }
        return new Answer(new PoolWatch(since, open), withheld);
    }

    /**
     * The form in which a device keeps it.
     *
     * @return the bytes
     */
    public Bytes encode() {
        try (BinaryWriter out = new BinaryWriter()) {
            out.u8(FORMAT).bool(filledSince != null);
            if (filledSince != null) {
                out.time(filledSince);
            }
            out.u8(waiting.size());
            waiting.forEach(each -> out.time(each.fetched).time(each.made).bytes16(each.finding.encode()));
            return out.toBytes();
        }
    }

    /**
     * Reads what {@link #encode()} wrote.
     *
     * @param encoded the bytes
     * @return the watch
     * @throws MalformedException if they are not a watch's
     */
    public static PoolWatch decode(Bytes encoded) throws MalformedException {
        BinaryReader in = BinaryReader.limited("pool watch", encoded, MAX_SIZE);
        in.u8("format", FORMAT, FORMAT);
        Instant since = in.bool("filled") ? in.time("since") : null;
        int count = in.u8("count", 0, MAX_WAITING);
        List<Suspicion> waiting = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            Instant fetched = in.time("fetched");
            Instant made = in.time("made");
            waiting.add(new Suspicion(fetched, made, Finding.decode(in.bytes16("finding", MAX_FINDING))));
        }
        in.end();
        return new PoolWatch(since, waiting);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof PoolWatch that && encode().equals(that.encode());
    }

    @Override
    public int hashCode() {
        return waiting.hashCode();
    }

    @Override
    public String toString() {
        return "PoolWatch[" + (filledSince == null ? "dry" : "filled since " + filledSince) + ", " + waiting.size()
                + " epochs waiting]";
    }

    /**
     * What follows from an answer of the server. Immutable and thread-safe.
     *
     * @param after the watch to keep
     * @param withheld one finding for each epoch that should have had a one-time key
     */
    public record Answer(PoolWatch after, List<Finding> withheld) {

        /**
         * Copies the list.
         *
         * @param after the watch to keep
         * @param withheld one finding for each epoch that should have had a one-time key
         */
        public Answer {
            withheld = List.copyOf(withheld);
        }
    }

    private record Suspicion(Instant fetched, Instant made, Finding finding) {

        boolean isProven(@Nullable Instant since, Instant until) {
            return mayBeProven(since) && !made.isAfter(until.minus(TOLERANCE));
        }

        boolean mayBeProven(@Nullable Instant since) {
            return since != null && !fetched.isBefore(since.plus(TOLERANCE));
        }
    }
}
