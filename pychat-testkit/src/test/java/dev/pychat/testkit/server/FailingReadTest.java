package dev.pychat.testkit.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pychat.model.Position;
import dev.pychat.model.Username;
import dev.pychat.store.BatchMessageStore;
import dev.pychat.store.ServerStores;
import dev.pychat.store.StoreRefusedException;
import dev.pychat.store.memory.MemoryServerStores;
import dev.pychat.wire.Follow;
import dev.pychat.wire.InboxChanged;
import dev.pychat.wire.Message;
import dev.pychat.wire.Ok;
import java.security.SecureRandom;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** A conversation that can't be read for a while. */
class FailingReadTest {

    private final ServerStores real = MemoryServerStores.create(new SecureRandom());
    private final AtomicBoolean failing = new AtomicBoolean();
    private final AtomicInteger reads = new AtomicInteger();

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
            Thread.sleep(500);
            reads.set(0);
            Thread.sleep(4_000);
            assertThat(reads.get()).isBetween(1, 3);
            failing.set(false);
            assertThat(bob.push(Message.class).first()).isEqualTo(Position.FIRST);
        }
    }

    private ServerStores stores() {
        BatchMessageStore messages = Seams.proxy(BatchMessageStore.class, (self, method, arguments) -> {
            if (failing.get() && method.getName().equals("since") && (Integer) arguments[2] > 1) {
                reads.incrementAndGet();
                throw new StoreRefusedException("made to fail by a test");
            }
            return Seams.invoke(real.messages(), method, arguments);
        });
        return Seams.proxy(
                ServerStores.class,
                (self, method, arguments) ->
                        method.getName().equals("messages") ? messages : Seams.invoke(real, method, arguments));
    }
}
