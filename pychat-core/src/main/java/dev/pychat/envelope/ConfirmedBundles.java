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
import java.util.Optional;

/**
 * When the server confirmed which bundle of the own account, so that a server which goes on to hand out one that was replaced is
 * found out (ENVELOPE.md, section 5.2). The device keeps it, notes each confirmation, and hands in each epoch of a peer that opens.
 *
 * <p>Immutable and thread-safe.
 */
public final class ConfirmedBundles {

    /** What is allowed for clocks. */
    public static final Duration TOLERANCE = Duration.ofDays(2);

    /** How many are remembered; of more, the oldest are forgotten. */
    public static final int MAX = 32;

    /** Nothing was confirmed yet. */
    public static final ConfirmedBundles NONE = new ConfirmedBundles(List.of());

    private static final int FORMAT = 1;

    private record Confirmed(long serial, Instant at) {}

    private final List<Confirmed> confirmed;

    private ConfirmedBundles(List<Confirmed> confirmed) {
        this.confirmed = List.copyOf(confirmed);
    }

    /**
     * Notes that the server has said which bundle it hands out. Only the first time counts for each.
     *
     * @param serial the serial of that bundle, 1 or more
     * @param now the present time, by the device's clock
     * @return the same if this bundle or a later one was confirmed before, else with it
     * @throws IllegalArgumentException if the serial is below 1
     */
    public ConfirmedBundles with(long serial, Instant now) {
        if (serial < 1) {
            throw new IllegalArgumentException("a bundle of serial " + serial + "; the first has 1");
        }
        if (!confirmed.isEmpty() && confirmed.get(confirmed.size() - 1).serial >= serial) {
            return this;
        }
        List<Confirmed> more = new ArrayList<>(confirmed);
        more.add(new Confirmed(serial, Instant.ofEpochMilli(now.toEpochMilli())));
        return new ConfirmedBundles(more.subList(Math.max(0, more.size() - MAX), more.size()));
    }

    /**
     * Judges an epoch that a peer began on a bundle of ours, by when the peer fetched the bundle, whenever the message comes.
     *
     * @param first the first message of the epoch
     * @param epoch the epoch
     * @return {@link FindingCode#OLD_BUNDLE_SERVED} if the bundle had been replaced for more than {@link #TOLERANCE} by then
     */
    public Optional<Finding> judge(StoredMessage first, OpenedEpoch epoch) {
        EpochTerms terms = epoch.fields().terms();
        return confirmed.stream()
                .filter(each -> each.serial > terms.recipientSerial())
                .map(Confirmed::at)
                .min(Instant::compareTo)
                .filter(replaced -> terms.fetched().isAfter(replaced.plus(TOLERANCE)))
                .map(replaced -> Finding.at(
                        first,
                        FindingCode.OLD_BUNDLE_SERVED,
                        "sealed to bundle " + terms.recipientSerial() + ", fetched " + terms.fetched()
                                + ", where the server has had a later one since " + replaced));
    }

    /**
     * The form in which a device keeps it.
     *
     * @return the bytes
     */
    public Bytes encode() {
        try (BinaryWriter out = new BinaryWriter()) {
            out.u8(FORMAT).u8(confirmed.size());
            confirmed.forEach(each -> out.u64(each.serial).time(each.at));
            return out.toBytes();
        }
    }

    /**
     * Reads what {@link #encode()} wrote.
     *
     * @param encoded the bytes
     * @return the confirmations
     * @throws MalformedException if they are not of that form
     */
    public static ConfirmedBundles decode(Bytes encoded) throws MalformedException {
        BinaryReader in = new BinaryReader("confirmed bundles", encoded);
        in.u8("format", FORMAT, FORMAT);
        int count = in.u8("count", 0, MAX);
        List<Confirmed> confirmed = new ArrayList<>(count);
        long before = 0;
        for (int i = 0; i < count; i++) {
            Confirmed next = new Confirmed(in.u64("serial"), in.time("time"));
            if (next.serial <= before) {
                throw in.malformed("serial " + next.serial + " after " + before);
            }
            before = next.serial;
            confirmed.add(next);
        }
        in.end();
        return new ConfirmedBundles(confirmed);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof ConfirmedBundles that && confirmed.equals(that.confirmed);
    }

    @Override
    public int hashCode() {
        return confirmed.hashCode();
    }

    @Override
    public String toString() {
        return "ConfirmedBundles" + confirmed;
    }
}
