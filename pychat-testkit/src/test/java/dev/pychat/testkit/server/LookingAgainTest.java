package dev.pychat.testkit.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pychat.key.ConversationIds;
import dev.pychat.model.Position;
import dev.pychat.model.Username;
import dev.pychat.store.AccountStore;
import dev.pychat.store.LoginRecord;
import dev.pychat.store.ServerStores;
import dev.pychat.store.StoreException;
import dev.pychat.store.StoreRefusedException;
import dev.pychat.store.memory.MemoryServerStores;
import dev.pychat.wire.Accepted;
import dev.pychat.wire.Closing;
import dev.pychat.wire.ErrorCode;
import dev.pychat.wire.Failure;
import dev.pychat.wire.Submit;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the stores have said a while ago: for how long it lets messages through, and when they are asked again. */
class LookingAgainTest {

    private static final Username ALICE = new Username("alice");
    private static final Username BOB = new Username("bob");
    private static final Duration OLD = Duration.ofSeconds(2);
    private static final Duration OVER = Duration.ofSeconds(5);

    private final ServerStores real = MemoryServerStores.create(new SecureRandom());
    private final StandingClock clock = new StandingClock();
    private final AtomicInteger looks = new AtomicInteger();
    private volatile CountDownLatch gate = new CountDownLatch(0);
    private volatile Optional<Username> failing = Optional.empty();
    private TestServer server;
    private RawClient alice;
    private RawLane toBob;

    @BeforeEach
    void start() throws Exception {
        server = TestServer.start(stores(), options -> options.clock(clock.withZone(ZoneOffset.UTC)));
        alice = server.signedUp("alice");
        server.signedUp("bob");
        toBob = new RawLane(alice, "bob");
        toBob.send("first, so that all of it is known");
    }

    @AfterEach
    void stop() {
        gate.countDown();
        server.close();
    }

    @Test
    void messagesThatComeEveryFewSecondsWaitForNoLook() {
        for (int i = 0; i < 5; i++) {
            clock.goOn(OLD);
            gate = new CountDownLatch(1);
            int before = looks.get();
            long head = head();
            long request = toBob.begin("stored while the look behind it is held");
            server.await(() -> looks.get() > before);
            server.await(() -> head() == head + 1);
            gate.countDown();
            toBob.accepted(request);
            // The recipient's log-in record and the sender's.
            server.await(() -> looks.get() == before + 2);
        }
    }

    @Test
    void whatIsNotOldYetIsNotLookedAtAgain() {
        int before = looks.get();
        clock.goOn(OLD.minusMillis(1));
        toBob.send("one");
        toBob.send("and another");
        assertThat(looks).hasValue(before);
    }

    @Test
    void messageWaitsForWhatCountsNoMore() throws Exception {
        clock.goOn(OVER);
        gate = new CountDownLatch(1);
        int before = looks.get();
        long head = head();
        long request = toBob.begin("held");
        server.await(() -> looks.get() > before);
        assertThat(alice.isAnswered(request)).isFalse();
        assertThat(head()).isEqualTo(head);
        gate.countDown();
        assertThat(alice.await(request)).isInstanceOf(Accepted.class);
    }

    @Test
    void blockOnAnotherNodeIsHeededFromTheMessageBehindTheLookOn() throws Exception {
        real.blocks().block(BOB, ALICE);
        clock.goOn(OLD);
        int before = looks.get();
        toBob.send("let through by what was known");
        server.await(() -> looks.get() >= before + 2);
        Failure refused = (Failure) alice.await(toBob.begin("refused"));
        assertThat(refused.code()).isEqualTo(ErrorCode.BLOCKED);
    }

    @Test
    void sessionOfAnAccountThatIsGoneEndsBehindTheMessage() throws Exception {
        LoginRecord login = real.accounts().login(ALICE).orElseThrow();
        assertThat(real.accounts().delete(ALICE, login, clock.instant())).isTrue();
        clock.goOn(OLD);
        toBob.begin("let through by what was known");
        assertThat(alice.nextPush(Closing.class).code()).isEqualTo(ErrorCode.LOGIN_REQUIRED);
        alice.awaitClosed();
    }

    @ParameterizedTest
    @ValueSource(strings = {"alice", "bob"})
    void storeThatFailsNowIsAskedByTheNextMessage(String unread) {
        failing = Optional.of(new Username(unread));
        clock.goOn(OLD);
        int before = looks.get();
        toBob.send("let through by what was known");
        server.await(() -> looks.get() >= before + (unread.equals("alice") ? 2 : 1));
        Submit asking = toBob.next("asks for itself");
        assertThat(((Failure) alice.await(toBob.begin(asking))).code()).isEqualTo(ErrorCode.STORAGE_UNAVAILABLE);
        failing = Optional.empty();
        assertThat(toBob.accepted(toBob.begin(asking)).position().value()).isEqualTo(3);
    }

    private long head() {
        try {
            return real.messages()
                    .since(ConversationIds.of(real.realm(), ALICE, BOB), Position.NONE, 1)
                    .head()
                    .value();
        } catch (StoreException e) {
            throw new AssertionError("the test's own store failed", e);
        }
    }

    private ServerStores stores() {
        AccountStore accounts = Seams.proxy(AccountStore.class, (self, method, arguments) -> {
            if (method.getName().equals("login")) {
                looks.incrementAndGet();
                gate.await();
                if (failing.equals(Optional.of(arguments[0]))) {
                    throw new StoreRefusedException("made to fail by a test");
                }
            }
            return Seams.invoke(real.accounts(), method, arguments);
        });
        return Seams.proxy(
                ServerStores.class,
                (self, method, arguments) ->
                        method.getName().equals("accounts") ? accounts : Seams.invoke(real, method, arguments));
    }
}
