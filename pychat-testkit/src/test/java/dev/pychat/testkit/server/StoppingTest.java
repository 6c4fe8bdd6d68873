package dev.pychat.testkit.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pychat.server.ServerMetrics;
import dev.pychat.store.BatchMessageStore;
import dev.pychat.store.ServerStores;
import dev.pychat.store.memory.MemoryServerStores;
import dev.pychat.transport.TransportException;
import dev.pychat.wire.Accepted;
import dev.pychat.wire.Closing;
import dev.pychat.wire.ErrorCode;
import dev.pychat.wire.Failure;
import dev.pychat.wire.Ping;
import dev.pychat.wire.Pong;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class StoppingTest {

    private static final int MANY = 32;

    @Test
    void whateverIsInFlightIsAnsweredHoweverLateItIsStored() throws Exception {
        CountDownLatch stopping = new CountDownLatch(1);
        AtomicInteger read = new AtomicInteger();
        ServerMetrics metrics = new ServerMetrics() {
            @Override
            public void received(String type) {
                if (type.equals("submit")) {
                    read.incrementAndGet();
                }
            }
        };
        TestServer server = TestServer.start(storingOnlyAfter(stopping), options -> options.metrics(metrics));
        RawClient alice = server.signedUp("alice");
        server.signedUp("bob");
        RawLane lane = new RawLane(alice, "bob");
        List<Long> requests =
                IntStream.range(0, MANY).mapToObj(i -> lane.begin("m" + i)).toList();
        server.await(() -> read.get() == MANY);
        CompletableFuture<Void> stop =
                CompletableFuture.runAsync(server.server()::close, task -> new Thread(task).start());
        server.await(() -> server.server().load().stopping());
        assertThat(requests).noneMatch(alice::isAnswered);
        stopping.countDown();
        assertThat(requests).map(alice::await).hasOnlyElementsOfType(Accepted.class);
        System.out.println("stop: " + MANY + " of " + MANY + " requests in flight answered");
        assertThat(alice.nextPush(Closing.class).code()).isEqualTo(ErrorCode.SHUTTING_DOWN);
        stop.get(120, TimeUnit.SECONDS);
    }

    private static ServerStores storingOnlyAfter(CountDownLatch event) {
        ServerStores real = MemoryServerStores.create(new SecureRandom());
        BatchMessageStore messages = Seams.proxy(BatchMessageStore.class, (self, method, arguments) -> {
            if (method.getName().equals("append")) {
                event.await();
            }
            return Seams.invoke(real.messages(), method, arguments);
        });
        return Seams.proxy(
                ServerStores.class,
                (self, method, arguments) ->
                        method.getName().equals("messages") ? messages : Seams.invoke(real, method, arguments));
    }

    @Test
    void nothingIsAcceptedBehindARefusalAndClientsAreToldGoodbye() throws Exception {
        TestServer server = TestServer.start();
        RawClient alice = server.signedUp("alice");
        server.signedUp("bob");
        RawLane lane = new RawLane(alice, "bob");
        List<Long> requests =
                IntStream.range(0, 200).mapToObj(i -> lane.begin("m" + i)).toList();
        assertThat(alice.await(requests.get(0))).isInstanceOf(Accepted.class);
        server.server().close();
        assertThat(alice.nextPush(Closing.class).code()).isEqualTo(ErrorCode.SHUTTING_DOWN);
        alice.awaitClosed();
        boolean refused = false;
        for (long request : requests) {
            if (alice.isAnswered(request)) {
                boolean accepted = alice.await(request) instanceof Accepted;
                assertThat(accepted && refused).as("accepted behind a refusal").isFalse();
                if (alice.await(request) instanceof Failure failure) {
                    assertThat(failure.code()).isIn(ErrorCode.SHUTTING_DOWN, ErrorCode.STORAGE_UNAVAILABLE);
                    refused = true;
                }
            }
        }
    }

    @Test
    void closingTwiceIsClosingOnceAndNobodyConnectsAfterwards() throws Exception {
        TestServer server = TestServer.start();
        server.signedUp("alice");
        server.server().close();
        server.server().close();
        assertThat(server.server().connections()).isZero();
        assertThatThrownBy(server::client).isInstanceOf(TransportException.class);
    }

    @Test
    void stoppedServerLeavesNoThreadBehind() throws Exception {
        Set<Thread> before = ours();
        TestServer server = TestServer.start();
        RawClient alice = server.signedUp("alice");
        server.signedUp("bob");
        new RawLane(alice, "bob").send("one");
        server.close();
        long deadline = System.nanoTime() + Duration.ofMinutes(2).toNanos();
        Set<Thread> left;
        do {
            left = ours();
            left.removeAll(before);
            left.removeIf(StoppingTest::isOfTheProcess);
            Thread.onSpinWait();
        } while (!left.isEmpty() && System.nanoTime() < deadline);
        assertThat(left).isEmpty();
    }

    @Test
    void storeThatFailsIsToldAndTheConnectionLives() throws Exception {
        TestServer server = TestServer.start();
        RawClient alice = server.signedUp("alice");
        server.signedUp("bob");
        RawLane lane = new RawLane(alice, "bob");
        lane.send("one");
        server.closeStores();
        Failure failure = (Failure) alice.await(lane.begin("two"));
        assertThat(failure.code()).isEqualTo(ErrorCode.STORAGE_UNAVAILABLE);
        alice.ask(Pong.class, Ping::new);
        server.close();
    }

    /** Shared by all transports, and idle for a while before they end. */
    private static boolean isOfTheProcess(Thread thread) {
        return thread.getName().startsWith("pychat-io") || thread.getName().startsWith("pychat-deadlines");
    }

    private static Set<Thread> ours() {
        return Thread.getAllStackTraces().keySet().stream()
                .filter(thread -> thread.getName().startsWith("pychat-"))
                .collect(Collectors.toSet());
    }
}
