package dev.pychat.benchmarks;

import dev.pychat.model.Bytes;
import dev.pychat.model.Envelope;
import dev.pychat.model.EpochName;
import dev.pychat.model.LaneId;
import dev.pychat.model.MessageId;
import dev.pychat.model.Position;
import dev.pychat.model.Username;
import dev.pychat.wire.ClientFrame;
import dev.pychat.wire.FrameCodec;
import dev.pychat.wire.MalformedFrameException;
import dev.pychat.wire.Submit;
import dev.pychat.wire.WireLimits;
import java.security.SecureRandom;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/**
 * The hottest frame, both ways: a submission with an envelope of 400 bytes.
 *
 * <p>Confined to the benchmark's threads, each with a state of its own.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(2)
public class FrameCodecBenchmark {
    private static final int LENGTH_FIELD = Integer.BYTES;

    private final Submit frame = submit(new SecureRandom());
    private final Bytes encoded = body(FrameCodec.encode(frame));

    /**
     * Writes the frame.
     *
     * @return its bytes
     */
    @Benchmark
    public byte[] encode() {
        return FrameCodec.encode(frame);
    }

    /**
     * Reads the frame.
     *
     * @return what was read
     * @throws MalformedFrameException never: the codec wrote these bytes itself
     */
    @Benchmark
    public ClientFrame decode() throws MalformedFrameException {
        return FrameCodec.decodeClient(encoded, WireLimits.MAX_HEADER);
    }

    private static Submit submit(SecureRandom random) {
        return new Submit(
                17,
                Username.parse("bob"),
                new MessageId(Bytes.random(random, MessageId.SIZE)),
                Bytes.random(random, 32),
                new EpochName(Bytes.random(random, EpochName.SIZE)),
                new LaneId(Bytes.random(random, LaneId.SIZE)),
                new MessageId(Bytes.random(random, MessageId.SIZE)),
                new Position(41),
                false,
                new Envelope(Bytes.random(random, 400)));
    }

    private static Bytes body(byte[] frame) {
        return Bytes.adopt(frame).slice(LENGTH_FIELD, frame.length - LENGTH_FIELD);
    }
}
