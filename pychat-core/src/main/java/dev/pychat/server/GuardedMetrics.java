package dev.pychat.server;

import dev.pychat.wire.ErrorCode;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Keeps what somebody's counting throws away from the server. Thread-safe. */
final class GuardedMetrics implements ServerMetrics {

    private static final Logger LOG = LoggerFactory.getLogger(GuardedMetrics.class);

    private final ServerMetrics metrics;
    private final AtomicBoolean told = new AtomicBoolean();

    GuardedMetrics(ServerMetrics metrics) {
        this.metrics = metrics;
    }

    private void tell(Consumer<ServerMetrics> what) {
        try {
            what.accept(metrics);
        } catch (RuntimeException e) {
            if (told.compareAndSet(false, true)) {
                LOG.error(
                        "the server's metrics fail; the server goes on, and further failures of them are not logged",
                        e);
            }
        }
    }

    @Override
    public void connected() {
        tell(ServerMetrics::connected);
    }

    @Override
    public void disconnected() {
        tell(ServerMetrics::disconnected);
    }

    @Override
    public void received(String type) {
        tell(each -> each.received(type));
    }

    @Override
    public void sent(String type) {
        tell(each -> each.sent(type));
    }

    @Override
    public void refused(ErrorCode code) {
        tell(each -> each.refused(code));
    }

    @Override
    public void stored(int messages, Duration took, boolean durable) {
        tell(each -> each.stored(messages, took, durable));
    }

    @Override
    public void accepted(int bytes) {
        tell(each -> each.accepted(bytes));
    }

    @Override
    public void hashed(Duration took) {
        tell(each -> each.hashed(took));
    }
}
