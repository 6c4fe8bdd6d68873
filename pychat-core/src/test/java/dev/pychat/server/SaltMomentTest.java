package dev.pychat.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pychat.model.Bytes;
import dev.pychat.model.Username;
import dev.pychat.store.LoginRecord;
import dev.pychat.store.NewAccount;
import dev.pychat.store.memory.MemoryServerStores;
import dev.pychat.transport.CloseReason;
import dev.pychat.transport.Connection;
import dev.pychat.transport.FrameHandler;
import dev.pychat.transport.InProcessTransport;
import dev.pychat.wire.ClientFrame;
import dev.pychat.wire.Hello;
import dev.pychat.wire.PasswordSalt;
import dev.pychat.wire.PasswordSaltIs;
import dev.pychat.wire.ServerFrame;
import dev.pychat.wire.Welcome;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The answer to {@code password-salt} leaves at a moment that does not depend on what was found (PROTOCOL.md, section 5.6). */
class SaltMomentTest {

    private static final Username THERE = new Username("alice");
    private static final Username NOT_THERE = new Username("nobody");
    private static final Duration MOMENT = Duration.ofMillis(10);

    private final MemoryServerStores stores = MemoryServerStores.create(new SecureRandom());
    private final Timer timer = new Timer();
    private final AtomicLong time = new AtomicLong();
    private final List<ServerFrame> sent = new ArrayList<>();
    private Duration lookUp = Duration.ZERO;
    private FrameHandler<ClientFrame> connection;

    @BeforeEach
    void greet() throws Exception {
        LoginRecord login = new LoginRecord(Bytes.copyOf(new byte[32]), 65_536, 3, 4, "hash");
        stores.accounts().create(new NewAccount(THERE, Bytes.copyOf(new byte[16]), login, Instant.EPOCH));
        // Whoever asks for the time finds that a look-up lies between this time and the last.
        ServerOptions options = ServerOptions.builder(stores)
                .transport(InProcessTransport.create())
                .hashCost(new HashCost(HashCost.MIN))
                .build();
        Engine engine = new Engine(options, Runnable::run, timer, () -> time.getAndAdd(lookUp.toNanos()));
        connection = engine.accept(new Channel());
        connection.onFrame(new Hello(1, List.of(1), "test"));
        assertThat(sent).singleElement().isInstanceOf(Welcome.class);
        sent.clear();
    }

    @AfterEach
    void stop() {
        timer.shutdownNow();
    }

    @Test
    void answerLeavesAtTheSameMomentForANameThatIsThereAndForOneThatIsNot() {
        leavesAtTheMoment(THERE, Duration.ofMillis(3));
        leavesAtTheMoment(NOT_THERE, Duration.ofMillis(1));
    }

    @Test
    void answerThatIsLateAlreadyLeavesAtOnceAndByTheSameWay() {
        leavesAtTheMoment(THERE, Duration.ofMillis(11));
        leavesAtTheMoment(NOT_THERE, Duration.ofMillis(12));
    }

    private void leavesAtTheMoment(Username user, Duration takes) {
        lookUp = takes;
        timer.waiting.clear();
        sent.clear();
        connection.onFrame(new PasswordSalt(2, user));
        assertThat(sent).as("before the moment").isEmpty();
        Waiting answer = timer.only();
        assertThat(takes.plus(answer.delay())).isEqualTo(MOMENT);
        answer.task().run();
        assertThat(sent).singleElement().isInstanceOf(PasswordSaltIs.class);
    }

    private record Waiting(Runnable task, Duration delay) {}

    /** Keeps what is to be done later, and does nothing by itself. */
    private static final class Timer extends ScheduledThreadPoolExecutor {
        private final List<Waiting> waiting = new ArrayList<>();

        Timer() {
            super(1);
        }

        Waiting only() {
            assertThat(waiting).hasSize(1);
            return waiting.get(0);
        }

        @Override
        public ScheduledFuture<?> schedule(Runnable task, long delay, TimeUnit unit) {
            waiting.add(new Waiting(task, Duration.ofNanos(unit.toNanos(delay))));
            return super.schedule(() -> {}, 1, TimeUnit.DAYS);
        }
    }

    private final class Channel implements Connection<ServerFrame> {
        @Override
        public boolean send(ServerFrame frame) {
            return sent.add(frame);
        }

        @Override
        public void close(CloseReason reason) {}

        @Override
        public void pauseReading() {}

        @Override
        public void resumeReading() {}

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
}
