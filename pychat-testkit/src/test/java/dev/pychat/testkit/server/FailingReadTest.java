package dev.pychat.testkit.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pychat.model.Position;
import dev.pychat.model.Username;
import dev.pychat.store.BatchMessageStore;
import dev.pychat.store.ServerStores;
import dev.pychat.store.StoreRefusedException;
import dev.pychat.store.memory.MemoryServerStores;
import dev.pychat.wire.ErrorCode;
import dev.pychat.wire.Failure;
import dev.pychat.wire.Follow;
import dev.pychat.wire.InboxChanged;
import dev.pychat.wire.Message;
import dev.pychat.wire.Ok;
import dev.pychat.wire.Page;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;

/** A conversation that can't be read for a while. */
class FailingReadTest {

    private final ServerStores real = MemoryServerStores.create(new SecureRandom());
    private final AtomicBoolean failing = new AtomicBoolean();
    private final List<Long> reads = new CopyOnWriteArrayList<>();

    @Test
    void oneAttemptWaitsHoweverManyHintsCameAndDeliveryGoesOnWhenReadingWorks() throws Exception {
        try (TestServer server = TestServer.start(stores(), options -> options)) {
            RawClient alice = server.signedUp("alice");
            RawClient bob = server.signedUp("bob");
            RawLane lane = new RawLane(alice, "bob");
            lane.send("the first, which no hint carries");
            assertThat(bob.push(InboxChanged.class).entry().head()).isEqualTo(Position.FIRST);
            failing.set(true);
            bob.ask(Ok.class, id -> new Follow(id, new Username("alice"), Position.NONE));
            for (int i = 0; i < 100; i++) {
                lane.send("message " + i);
            }
            long deadline = System.nanoTime() + RawClient.PATIENCE.toNanos();
            while (bursts().size() < 3) {
                assertThat(System.nanoTime()).as("bursts %s", bursts()).isLessThan(deadline);
                Thread.sleep(50);
            }
            // The first ones are of the hints themselves.
            assertThat(bursts().get(1)).isEqualTo(1);
            failing.set(false);
            assertThat(bob.push(Message.class).first()).isEqualTo(Position.FIRST);
        }
    }

    @Test
    void errorOfTheStoreIsAnsweredAsWhatFailsInAnyOtherWay() throws Exception {
        BatchMessageStore messages = Seams.proxy(BatchMessageStore.class, (self, method, arguments) -> {
            if (method.getName().equals("page")) {
                throw new StackOverflowError("made by a test");
            }
            return Seams.invoke(real.messages(), method, arguments);
        });
        try (TestServer server = TestServer.start(over(messages), options -> options)) {
            RawClient bob = server.signedUp("bob");
            Failure failure = bob.ask(Failure.class, id -> new Page(id, new Username("alice"), Page.UP_TO_HEAD, 1));
            assertThat(failure.code()).isEqualTo(ErrorCode.INTERNAL);
        }
    }

    /** How many attempts came together, with a second or more of silence between. */
    private List<Integer> bursts() {
        List<Integer> bursts = new ArrayList<>();
        long before = 0;
        for (long read : reads) {
            if (bursts.isEmpty() || read - before > 1_000_000_000L) {
                bursts.add(0);
            }
            bursts.set(bursts.size() - 1, bursts.get(bursts.size() - 1) + 1);
            before = read;
        }
        return bursts;
    }

    private ServerStores stores() {
        BatchMessageStore messages = Seams.proxy(BatchMessageStore.class, (self, method, arguments) -> {
            if (failing.get() && method.getName().equals("since") && (Integer) arguments[2] > 1) {
                reads.add(System.nanoTime());
                throw new StoreRefusedException("made to fail by a test");
            }
            return Seams.invoke(real.messages(), method, arguments);
        });
        return over(messages);
    }

    private ServerStores over(BatchMessageStore messages) {
        return Seams.proxy(
                ServerStores.class,
                (self, method, arguments) ->
                        method.getName().equals("messages") ? messages : Seams.invoke(real, method, arguments));
    }
}
