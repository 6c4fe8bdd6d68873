package dev.pychat.testkit.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pychat.model.Username;
import dev.pychat.server.ServerLoad;
import dev.pychat.server.ServerMetrics;
import dev.pychat.store.BatchMessageStore;
import dev.pychat.store.OutcomeUnknownException;
import dev.pychat.store.ServerStores;
import dev.pychat.store.StoreRefusedException;
import dev.pychat.store.TokenStore;
import dev.pychat.store.memory.MemoryServerStores;
import dev.pychat.wire.ErrorCode;
import dev.pychat.wire.Failure;
import dev.pychat.wire.LogIn;
import dev.pychat.wire.LogOut;
import dev.pychat.wire.Session;
import dev.pychat.wire.Submit;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;

/** What a server tells of its work, and what it has in hand. */
class MetricsTest {

    /** Writes down all that it is told. */
    private static final class Told implements ServerMetrics {
        private final List<String> all = new ArrayList<>();

        private synchronized void add(String what) {
            all.add(what);
        }

        synchronized List<String> of(String kind) {
            return all.stream().filter(each -> each.startsWith(kind)).toList();
        }

        @Override
        public void connected() {
            add("connected");
        }

        @Override
        public void disconnected() {
            add("disconnected");
        }

        @Override
        public void received(String type) {
            add("received " + type);
        }

        @Override
        public void sent(String type) {
            add("sent " + type);
        }

        @Override
        public void refused(ErrorCode code) {
            add("refused " + code);
        }

        @Override
        public void stored(int messages, Duration took, boolean durable) {
            add("stored " + messages + (took.isNegative() ? " in less than no time" : "") + (durable ? "" : " not"));
        }

        @Override
        public void accepted(int bytes) {
            add("accepted " + bytes);
        }

        @Override
        public void hashed(Duration took) {
            add("hashed" + (took.isNegative() || took.isZero() ? " in no time" : ""));
        }
    }

    private final Told told = new Told();

    @Test
    void everythingIsToldOnce() throws Exception {
        try (TestServer server = TestServer.start(options -> options.metrics(told))) {
            RawClient alice = server.signedUp("alice");
            server.signedUp("bob");
            RawLane toBob = new RawLane(alice, "bob");
            Submit first = toBob.next("one");
            toBob.accepted(toBob.begin(first));
            toBob.accepted(toBob.begin(first));
            toBob.send("three");
            assertThat(server.server().load().connections()).isEqualTo(2);
            alice.close();
            server.awaitConnections(1);
        }
        assertThat(told.of("connected")).hasSize(2);
        assertThat(told.of("disconnected")).hasSize(2);
        assertThat(told.of("hashed")).containsExactly("hashed", "hashed");
        assertThat(told.of("received submit")).hasSize(3);
        assertThat(told.of("stored")).containsExactly("stored 1", "stored 1", "stored 1");
        // A repetition is accepted again and is no further message.
        assertThat(told.of("accepted")).containsExactly("accepted 3", "accepted 5");
        assertThat(told.of("sent accepted")).hasSize(3);
        assertThat(told.of("sent session")).hasSize(2);
        assertThat(told.of("refused")).isEmpty();
    }

    @Test
    void refusalsAreToldWithTheirCode() throws Exception {
        try (TestServer server = TestServer.start(options -> options.metrics(told))) {
            RawClient stranger = server.client();
            stranger.hello();
            Failure failure = (Failure) stranger.await(stranger.begin(id -> new LogOut(id)));
            assertThat(failure.code()).isEqualTo(ErrorCode.LOGIN_REQUIRED);
        }
        assertThat(told.of("refused")).containsExactly("refused LOGIN_REQUIRED");
        assertThat(told.of("sent error")).hasSize(1);
    }

    @Test
    void whatMetricsThrowReachesNobody() throws Exception {
        ServerMetrics broken = Seams.proxy(ServerMetrics.class, (self, method, arguments) -> {
            throw new IllegalStateException("broken metrics");
        });
        try (TestServer server = TestServer.start(options -> options.metrics(broken))) {
            RawClient alice = server.signedUp("alice");
            server.signedUp("bob");
            assertThat(new RawLane(alice, "bob").send("one").position().value()).isEqualTo(1);
        }
    }

    @Test
    void loadSaysWhatIsInHandAndWhetherTheStoreTakesMessages() throws Exception {
        AtomicBoolean full = new AtomicBoolean(true);
        CountDownLatch gate = new CountDownLatch(1);
        CountDownLatch entered = new CountDownLatch(1);
        try (TestServer server = TestServer.start(stores(full, entered, gate), options -> options.metrics(told))) {
            RawClient alice = server.signedUp("alice");
            server.signedUp("bob");
            server.client().hello();
            ServerLoad atRest = new ServerLoad(3, 2, 0, 0, 0, 0, Optional.empty(), false);
            server.await(() -> server.server().load().equals(atRest));
            RawLane toBob = new RawLane(alice, "bob");
            long first = toBob.begin("one");
            assertThat(entered.await(120, TimeUnit.SECONDS)).isTrue();
            long second = toBob.begin("two!");
            server.await(() -> server.server().load().waitingMessages() == 1);
            assertThat(server.server().load().waitingBytes()).isEqualTo(4);
            assertThat(server.server().load().unanswered()).isEqualTo(2);
            gate.countDown();
            assertThat(alice.await(first)).isInstanceOf(Failure.class);
            assertThat(alice.await(second)).isInstanceOf(Failure.class);
            assertThat(server.server().load().storeFailure())
                    .hasValueSatisfying(failure -> assertThat(failure.reason())
                            .isEqualTo("the last messages were not stored: the disk is full"));
            full.set(false);
            new RawLane(alice, "bob").send("four");
            assertThat(server.server().load().storeFailure()).isEmpty();
            server.server().close();
            assertThat(server.server().load().stopping()).isTrue();
        }
        assertThat(told.of("stored")).containsExactly("stored 1 not", "stored 1 not", "stored 1");
    }

    @Test
    void loadSaysWhetherTheStoreTakesSignUpsAndLogIns() throws Exception {
        AtomicBoolean full = new AtomicBoolean();
        ServerStores real = MemoryServerStores.create(new SecureRandom());
        TokenStore tokens = Seams.proxy(TokenStore.class, (self, method, arguments) -> {
            if (full.get()) {
                throw new OutcomeUnknownException("the disk is full");
            }
            return Seams.invoke(real.tokens(), method, arguments);
        });
        ServerStores stores = Seams.proxy(
                ServerStores.class,
                (self, method, arguments) ->
                        method.getName().equals("tokens") ? tokens : Seams.invoke(real, method, arguments));
        try (TestServer server = TestServer.start(stores, options -> options)) {
            RawClient alice = server.signedUp("alice");
            server.signedUp("bob");
            full.set(true);
            RawClient again = server.client();
            again.hello();
            assertThat(again.await(again.begin(id ->
                            new LogIn(id, new Username("bob"), RawClient.device("bob"), RawClient.secret("bob")))))
                    .isInstanceOfSatisfying(
                            Failure.class,
                            failure -> assertThat(failure.code()).isEqualTo(ErrorCode.STORAGE_UNAVAILABLE));
            assertThat(server.server().load().storeFailure())
                    .hasValueSatisfying(failure -> assertThat(failure.reason())
                            .isEqualTo("the last sign-up, log-in or change of an account was not stored: "
                                    + "the disk is full"));
            // Messages say nothing about accounts, nor does what changes nothing.
            new RawLane(alice, "bob").send("one");
            full.set(false);
            RawClient stranger = server.client();
            stranger.hello();
            assertThat(stranger.await(stranger.begin(id -> new LogOut(id)))).isInstanceOf(Failure.class);
            assertThat(server.server().load().storeFailure()).isPresent();
            again.ask(
                    Session.class,
                    id -> new LogIn(id, new Username("bob"), RawClient.device("bob"), RawClient.secret("bob")));
            assertThat(server.server().load().storeFailure()).isEmpty();
        }
    }

    private static ServerStores stores(AtomicBoolean full, CountDownLatch entered, CountDownLatch gate) {
        ServerStores real = MemoryServerStores.create(new SecureRandom());
        BatchMessageStore messages = Seams.proxy(BatchMessageStore.class, (self, method, arguments) -> {
            if (method.getName().equals("append") && full.get()) {
                entered.countDown();
                gate.await();
                throw new StoreRefusedException("the disk is full");
            }
            return Seams.invoke(real.messages(), method, arguments);
        });
        return Seams.proxy(
                ServerStores.class,
                (self, method, arguments) ->
                        method.getName().equals("messages") ? messages : Seams.invoke(real, method, arguments));
    }
}
