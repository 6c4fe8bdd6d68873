package dev.pychat.endtoend.attack;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pychat.model.Position;
import dev.pychat.model.Username;
import dev.pychat.testkit.server.RawClient;
import dev.pychat.testkit.server.RawLane;
import dev.pychat.wire.Ack;
import dev.pychat.wire.Follow;
import dev.pychat.wire.Message;
import dev.pychat.wire.Ok;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/**
 * Two people who chat as people do: Alice says something every so often, whether or not what she said before has arrived, and Bob
 * reads it. A message that waits behind others therefore counts with all of its waiting.
 */
final class Pair implements AutoCloseable {

    private static final Duration PERIOD = Duration.ofMillis(10);
    private static final String END = "end";
    private static final Username ALICE = new Username("alice");

    private final RawClient alice;
    private final RawClient bob;
    private final RawLane lane;
    private long head;

    private Pair(RawClient alice, RawClient bob) {
        this.alice = alice;
        this.bob = bob;
        this.lane = new RawLane(alice, "bob");
        this.head = bob.ask(Ok.class, id -> new Follow(id, ALICE, Position.NONE))
                .head()
                .value();
    }

    static Pair on(Target server) throws Exception {
        return new Pair(server.loggedIn("alice"), server.loggedIn("bob"));
    }

    /** Chats for a while. */
    Times chat(Duration time) throws Exception {
        long end = System.nanoTime() + time.toNanos();
        return chatUntil(() -> System.nanoTime() > end);
    }

    /** Chats until something holds; fails unless all that was said is accepted and arrives, in order. */
    Times chatUntil(BooleanSupplier over) throws Exception {
        List<Long> requests = new ArrayList<>();
        List<Long> due = new ArrayList<>();
        CompletableFuture<List<Long>> arrivals = new CompletableFuture<>();
        Thread reader = new Thread(() -> read(arrivals), "bob reads");
        reader.start();
        long next = System.nanoTime();
        int number = 0;
        while (number == 0 || !over.getAsBoolean()) {
            due.add(next);
            requests.add(lane.begin(Integer.toString(number++)));
            next += PERIOD.toNanos();
            LockSupport.parkNanos(next - System.nanoTime());
        }
        requests.add(lane.begin(END));
        List<Long> arrived = arrivals.get(RawClient.PATIENCE.toSeconds(), TimeUnit.SECONDS);
        requests.forEach(lane::accepted);
        long[] nanos = new long[number];
        for (int i = 0; i < number; i++) {
            nanos[i] = arrived.get(i) - due.get(i);
        }
        return Times.of(nanos);
    }

    /** Takes what is pushed until the end that was said. */
    private void read(CompletableFuture<List<Long>> arrivals) {
        List<Long> arrived = new ArrayList<>();
        try {
            boolean end = false;
            while (!end) {
                Message push = bob.nextPush(Message.class);
                long now = System.nanoTime();
                assertThat(push.first().value()).as("the next position").isEqualTo(head + 1);
                for (Message.Item item : push.items()) {
                    String text = new String(item.envelope().value().toArray(), StandardCharsets.UTF_8);
                    head++;
                    end = text.equals(END);
                    if (!end) {
                        assertThat(text).as("what Alice said next").isEqualTo(Integer.toString(arrived.size()));
                        arrived.add(now);
                    }
                }
                bob.send(new Ack(ALICE, new Position(head)));
            }
            arrivals.complete(arrived);
        } catch (RuntimeException | AssertionError e) {
            arrivals.completeExceptionally(e);
        }
    }

    @Override
    public void close() {
        alice.close();
        bob.close();
    }
}
