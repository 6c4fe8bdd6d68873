package dev.pychat.ref.server.operation;

import dev.pychat.server.ServerMetrics;
import dev.pychat.wire.ErrorCode;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.DistributionSummary;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** Counts what a server tells of its work. Thread-safe. */
final class Meters implements ServerMetrics {

    /** What is asked for at a half, nearly all and all but one in a hundred. */
    private static final double[] SHARES = {0.5, 0.9, 0.99};

    private final MeterRegistry registry;
    private final Counter connected;
    private final Counter disconnected;
    private final Counter accepted;
    private final Counter acceptedBytes;
    private final DistributionSummary batch;
    private final Timer durable;
    private final Timer failed;
    private final Timer hash;
    private final Map<String, Counter> received = new ConcurrentHashMap<>();
    private final Map<String, Counter> sent = new ConcurrentHashMap<>();

    Meters(MeterRegistry registry) {
        this.registry = registry;
        this.connected = counter("pychat.connections.opened", "Clients that have connected.");
        this.disconnected = counter("pychat.connections.closed", "Connections that have ended.");
        this.accepted = counter("pychat.messages.accepted", "Messages that were stored durably, each once.");
        this.acceptedBytes = counter("pychat.messages.accepted.bytes", "The size of their envelopes.");
        this.batch = DistributionSummary.builder("pychat.store.batch")
                .description("Messages that the store was given together.")
                .publishPercentiles(SHARES)
                .register(registry);
        this.durable = batchTime("durable");
        this.failed = batchTime("failed");
        this.hash = Timer.builder("pychat.hash.time")
                .description("Hashing of a login secret, without the wait for it.")
                .publishPercentiles(SHARES)
                .register(registry);
    }

    private Counter counter(String name, String description) {
        return Counter.builder(name).description(description).register(registry);
    }

    private Timer batchTime(String result) {
        return Timer.builder("pychat.store.batch.time")
                .description("What the store took for a batch of messages, to durability.")
                .tag("result", result)
                .publishPercentiles(SHARES)
                .register(registry);
    }

    @Override
    public void connected() {
        connected.increment();
    }

    @Override
    public void disconnected() {
        disconnected.increment();
    }

    @Override
    public void received(String type) {
        received.computeIfAbsent(type, name -> frames("in", name)).increment();
    }

    @Override
    public void sent(String type) {
        sent.computeIfAbsent(type, name -> frames("out", name)).increment();
    }

    private Counter frames(String direction, String type) {
        return Counter.builder("pychat.frames")
                .description("Frames by direction and type.")
                .tag("direction", direction)
                .tag("type", type)
                .register(registry);
    }

    @Override
    public void refused(ErrorCode code) {
        Counter.builder("pychat.refusals")
                .description("Requests refused and connections ended with an error, by its code.")
                .tag("code", code.name().toLowerCase(Locale.ROOT))
                .register(registry)
                .increment();
    }

    @Override
    public void stored(int messages, Duration took, boolean isDurable) {
        batch.record(messages);
        (isDurable ? durable : failed).record(took);
    }

    @Override
    public void accepted(int bytes) {
        accepted.increment();
        acceptedBytes.increment(bytes);
    }

    @Override
    public void hashed(Duration took) {
        hash.record(took);
    }
}
