package dev.pychat.benchmarks;

import dev.pychat.crypto.secret.Unwrapper;
import dev.pychat.envelope.EpochOpener;
import dev.pychat.envelope.EpochOpening;
import dev.pychat.envelope.Finding;
import dev.pychat.envelope.SealedEpoch;
import dev.pychat.envelope.WrappingKeys;
import java.security.SecureRandom;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/**
 * What an epoch costs whoever begins it and whoever opens it: in suite 1, and in suite 2 with one and with eight devices on each
 * side. It comes once for up to 256 messages.
 *
 * <p>Confined to the benchmark's threads, each with a state of its own.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(2)
public class EpochBenchmark {

    /** How many devices take suite 2 on each side; none for suite 1. */
    @Param({"0", "1", "8"})
    public int hybridDevices;

    private final SecureRandom random = new SecureRandom();
    private @Nullable TwoParties made;

    /** Makes the two parties' keys. */
    @Setup(Level.Trial)
    public void makeKeys() {
        made = new TwoParties(hybridDevices, random);
    }

    /**
     * Begins an epoch.
     *
     * @return the epoch
     */
    @Benchmark
    public SealedEpoch begin() {
        return parties().begin();
    }

    /**
     * Opens an epoch as the recipient's first device.
     *
     * @return the opened epoch
     */
    @Benchmark
    public EpochOpening open() {
        TwoParties parties = parties();
        WrappingKeys keys = WrappingKeys.of(parties.recipient());
        EpochOpening opening = new EpochOpener(parties.context(), keys, new Unwrapper(), random)
                .open(parties.message(), parties.header());
        if (opening instanceof Finding finding) {
            throw new IllegalStateException(finding.what());
        }
        return opening;
    }

    private TwoParties parties() {
        if (made == null) {
            throw new IllegalStateException("no keys have been made");
        }
        return made;
    }
}
