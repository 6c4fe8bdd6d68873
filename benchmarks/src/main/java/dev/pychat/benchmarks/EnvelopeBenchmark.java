package dev.pychat.benchmarks;

import dev.pychat.envelope.MessageOpener;
import dev.pychat.envelope.MessageOpening;
import dev.pychat.envelope.OpenedEpoch;
import dev.pychat.envelope.OpenedMessage;
import dev.pychat.envelope.Sealed;
import dev.pychat.envelope.SealedEpoch;
import dev.pychat.model.Content;
import dev.pychat.model.StoredMessage;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/**
 * What a text of 300 bytes costs whoever seals it and whoever opens it, in suite 1. {@link #seal} and {@link #open} are what each message
 * costs; {@link #conversation} is both together with its share of the epochs, which are begun and opened once for 256 messages.
 *
 * <p>Confined to the benchmark's threads, each with a state of its own.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(3)
public class EnvelopeBenchmark {

    private static final Content TEXT = Content.text("a".repeat(300));

    private @Nullable TwoParties made;
    private @Nullable MessageOpener opener;
    private final List<StoredMessage> messages = new ArrayList<>();
    private @Nullable OpenedEpoch ofMessages;
    private @Nullable OpenedEpoch present;
    private int next;

    /** Makes the two parties' keys, and an epoch full of messages to be opened. */
    @Setup(Level.Trial)
    public void makeKeys() {
        TwoParties parties = new TwoParties(0, new SecureRandom());
        made = parties;
        opener = new MessageOpener(parties.context());
        SealedEpoch epoch = parties.begin();
        while (!parties.isEpochFull()) {
            messages.add(parties.stored(parties.seal(TEXT)));
        }
        ofMessages = parties.open(messages.get(0), epoch.header());
    }

    /**
     * Seals a message, in a new epoch if the one before is full.
     *
     * @return the message
     */
    @Benchmark
    public Sealed seal() {
        return there(made).seal(TEXT);
    }

    /**
     * Opens a message of an open epoch.
     *
     * @return what it says
     */
    @Benchmark
    public MessageOpening open() {
        StoredMessage message = messages.get(next);
        next = (next + 1) % messages.size();
        return opened(message, there(ofMessages));
    }

    /**
     * Seals a message and opens it, with whatever its epoch needs.
     *
     * @return what it says
     */
    @Benchmark
    public MessageOpening conversation() {
        TwoParties parties = there(made);
        if (present == null || parties.isEpochFull()) {
            SealedEpoch epoch = parties.begin();
            StoredMessage first = parties.stored(parties.seal(TEXT));
            OpenedEpoch before = present;
            present = parties.open(first, epoch.header());
            if (before != null) {
                before.close();
            }
            return opened(first, present);
        }
        return opened(parties.stored(parties.seal(TEXT)), present);
    }

    private MessageOpening opened(StoredMessage message, OpenedEpoch epoch) {
        MessageOpening opening = there(opener).open(message, epoch);
        if (opening instanceof OpenedMessage) {
            return opening;
        }
        throw new IllegalStateException(opening.toString());
    }

    private static <T> T there(@Nullable T made) {
        if (made == null) {
            throw new IllegalStateException("nothing has been made yet");
        }
        return made;
    }
}
