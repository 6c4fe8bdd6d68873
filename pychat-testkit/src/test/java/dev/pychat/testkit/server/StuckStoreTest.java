package dev.pychat.testkit.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pychat.store.BatchMessageStore;
import dev.pychat.store.ServerStores;
import dev.pychat.store.memory.MemoryServerStores;
import dev.pychat.wire.Accepted;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Stopping over a store that does not come back. */
class StuckStoreTest {

    private static final Duration STOP = Duration.ofMillis(400);

    private final ServerStores real = MemoryServerStores.create(new SecureRandom());
    private final CountDownLatch entered = new CountDownLatch(1);
    private final CountDownLatch gate = new CountDownLatch(1);
    private final CountDownLatch closed = new CountDownLatch(1);

    @AfterEach
    void letGo() {
        gate.countDown();
    }

    @Test
    void stopEndsBeforeTheStoreComesBackAndTheStoresCloseWhenTheyLetGo() throws Exception {
        try (TestServer server = TestServer.start(
                stores(),
                options -> options.limits(
                        dev.pychat.server.ServerLimits.builder().stopTime(STOP).build()))) {
            RawClient alice = server.signedUp("alice");
            server.signedUp("bob");
            new RawLane(alice, "bob").begin("one");
            assertThat(entered.await(120, TimeUnit.SECONDS)).isTrue();
            long begun = System.nanoTime();
            CompletableFuture.runAsync(server.server()::close, task -> new Thread(task).start())
                    .get(120, TimeUnit.SECONDS);
            assertThat(Duration.ofNanos(System.nanoTime() - begun)).isGreaterThanOrEqualTo(STOP);
            assertThat(closed.getCount()).isEqualTo(1);
            gate.countDown();
            assertThat(closed.await(120, TimeUnit.SECONDS)).isTrue();
        }
    }

    @Test
    void interruptedStopWaitsAllTheSameAndKeepsTheInterrupt() throws Exception {
        try (TestServer server = TestServer.start(stores(), options -> options)) {
            RawClient alice = server.signedUp("alice");
            server.signedUp("bob");
            long request = new RawLane(alice, "bob").begin("one");
            assertThat(entered.await(120, TimeUnit.SECONDS)).isTrue();
            CompletableFuture.delayedExecutor(300, TimeUnit.MILLISECONDS).execute(gate::countDown);
            Thread.currentThread().interrupt();
            server.server().close();
            assertThat(Thread.interrupted()).isTrue();
            assertThat(alice.await(request)).isInstanceOf(Accepted.class);
            assertThat(closed.getCount()).isZero();
        }
    }

    private ServerStores stores() {
        BatchMessageStore messages = Seams.proxy(BatchMessageStore.class, (self, method, arguments) -> {
            if (method.getName().equals("append")) {
                entered.countDown();
                gate.await();
            }
            return Seams.invoke(real.messages(), method, arguments);
        });
        return Seams.proxy(ServerStores.class, (self, method, arguments) -> {
            if (method.getName().equals("close")) {
                gate.await();
                closed.countDown();
            }
            return method.getName().equals("messages") ? messages : Seams.invoke(real, method, arguments);
        });
    }
}
