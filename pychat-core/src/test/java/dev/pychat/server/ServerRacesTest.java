package dev.pychat.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pychat.race.Race;
import dev.pychat.store.memory.MemoryServerStores;
import dev.pychat.transport.CloseReason;
import dev.pychat.transport.Connection;
import dev.pychat.transport.FrameHandler;
import dev.pychat.transport.InProcessTransport;
import dev.pychat.wire.ClientFrame;
import dev.pychat.wire.Hello;
import dev.pychat.wire.Ping;
import dev.pychat.wire.ServerFrame;
import dev.pychat.wire.WireLimits;
import java.security.SecureRandom;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

/** What the server's threads share without a lock. */
class ServerRacesTest {

    private static final int IN_FLIGHT = 4;

    /** A connection whose requests one thread brings and another answers. */
    private static final class Served implements Connection<ServerFrame> {
        private final ConcurrentLinkedQueue<Runnable> tasks = new ConcurrentLinkedQueue<>();
        private final AtomicBoolean paused = new AtomicBoolean();
        private final AtomicInteger answered = new AtomicInteger();
        private final FrameHandler<ClientFrame> handler;

        Served(Engine engine) {
            handler = engine.accept(this);
        }

        void work() {
            for (Runnable task = tasks.poll(); task != null; task = tasks.poll()) {
                task.run();
            }
        }

        @Override
        public boolean send(ServerFrame frame) {
            answered.incrementAndGet();
            return true;
        }

        @Override
        public void close(CloseReason reason) {}

        @Override
        public void pauseReading() {
            paused.set(true);
        }

        @Override
        public void resumeReading() {
            paused.set(false);
        }

        @Override
        public void maxFrame(int bytes) {}

        @Override
        public void maxHeader(int bytes) {}

        @Override
        public long queuedBytes() {
            return 0;
        }

        @Override
        public String remoteAddress() {
            return "test";
        }
    }

    @Test
    void connectionOfWhichAllIsAnsweredIsReadOn() throws Exception {
        AtomicReference<Served> present = new AtomicReference<>();
        ServerLimits limits = ServerLimits.builder()
                .wire(new WireLimits(
                        WireLimits.MAX_FRAME, WireLimits.MAX_HEADER, IN_FLIGHT, 256, 64, WireLimits.MAX_PARTS))
                .readThreads(1)
                .build();
        ServerOptions options = ServerOptions.builder(MemoryServerStores.create(new SecureRandom()))
                .transport(InProcessTransport.create())
                .hashCost(new HashCost(HashCost.MIN))
                .limits(limits)
                .build();
        Engine engine = new Engine(options, task -> present.get().tasks.add(task));
        Race.run(
                () -> made(engine, present),
                served -> {
                    for (int i = 2; i < 2 + 2 * IN_FLIGHT; i++) {
                        served.handler.onFrame(new Ping(i));
                    }
                },
                served -> {
                    while (served.answered.get() < 1 + 2 * IN_FLIGHT) {
                        served.work();
                    }
                },
                served -> {
                    assertThat(served.paused).as("reading is paused for ever").isFalse();
                    served.handler.onClosed(CloseReason.local("done"));
                    served.work();
                });
        engine.close(Deadline.in(limits.stopTime()));
    }

    private static Served made(Engine engine, AtomicReference<Served> present) {
        Served served = new Served(engine);
        present.set(served);
        served.handler.onFrame(new Hello(1, List.of(1), "race"));
        served.work();
        return served;
    }
}
