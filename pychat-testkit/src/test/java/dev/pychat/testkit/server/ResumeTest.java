package dev.pychat.testkit.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pychat.model.Bytes;
import dev.pychat.model.Username;
import dev.pychat.store.AccountStore;
import dev.pychat.store.ServerStores;
import dev.pychat.store.TokenStore;
import dev.pychat.store.memory.MemoryServerStores;
import dev.pychat.testkit.store.ForwardingServerStores;
import dev.pychat.wire.Credential;
import dev.pychat.wire.ErrorCode;
import dev.pychat.wire.Failure;
import dev.pychat.wire.LogIn;
import dev.pychat.wire.Resume;
import dev.pychat.wire.Session;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;

/** What a stranger learns who asks for sessions with tokens that are not good. */
class ResumeTest {

    private static final SecureRandom RANDOM = new SecureRandom();
    private static final Clock STOPPED = Clock.fixed(Instant.parse("2026-11-22T14:00:00Z"), ZoneOffset.UTC);
    private static final Duration FIXED_MOMENT = Duration.ofMillis(10);
    private static final int FREE = 64;

    @Test
    void badTokenIsRefusedInTheSameWordsAndNotBeforeTheSameMomentWhetherThereIsTheNameOrNot() throws Exception {
        try (TestServer server = TestServer.start()) {
            server.signedUp("alice");
            RawClient stranger = server.client();
            stranger.hello();
            Failure there = refusedAtTheFixedMoment(stranger, "alice");
            Failure notThere = refusedAtTheFixedMoment(stranger, "nobody");
            assertThat(there.code()).isEqualTo(ErrorCode.BAD_TOKEN);
            assertThat(notThere.code()).isEqualTo(ErrorCode.BAD_TOKEN);
            assertThat(notThere.text()).isEqualTo(there.text());
        }
    }

    /** The server's clock starts after this one and stops before it. */
    private static Failure refusedAtTheFixedMoment(RawClient stranger, String name) {
        long asked = System.nanoTime();
        Failure refused = stranger.ask(Failure.class, id -> badToken(id, name));
        assertThat(Duration.ofNanos(System.nanoTime() - asked)).isGreaterThanOrEqualTo(FIXED_MOMENT);
        return refused;
    }

    @Test
    void storeIsAskedTheSameForANameThatIsThereAndForOneThatIsNot() throws Exception {
        Asked stores = new Asked(MemoryServerStores.create(RANDOM));
        try (TestServer server = TestServer.start(stores, options -> options)) {
            server.signedUp("alice");
            RawClient stranger = server.client();
            stranger.hello();
            stores.questions.clear();
            stranger.ask(Failure.class, id -> badToken(id, "alice"));
            List<String> there = List.copyOf(stores.questions);
            stores.questions.clear();
            stranger.ask(Failure.class, id -> badToken(id, "nobody"));
            assertThat(stores.questions).isNotEmpty().isEqualTo(there);
        }
    }

    @Test
    void badTokensOfAnAddressAreBusyInTheEndWhileGoodOnesGoOn() throws Exception {
        try (TestServer server = TestServer.start(options -> options.clock(STOPPED))) {
            Session session = server.client().signUp("alice");
            RawClient stranger = server.client();
            stranger.hello();
            for (int i = 0; i < FREE; i++) {
                String name = i % 2 == 0 ? "alice" : "nobody";
                assertThat(stranger.ask(Failure.class, id -> badToken(id, name)).code())
                        .isEqualTo(ErrorCode.BAD_TOKEN);
            }
            assertBusy(refusedAtTheFixedMoment(stranger, "alice"));
            assertBusy(refusedAtTheFixedMoment(stranger, "nobody"));
            server.client().resume(session);
            stranger.ask(
                    Session.class,
                    id -> new LogIn(id, new Username("alice"), RawClient.device("alice"), RawClient.secret("alice")));
        }
    }

    private static void assertBusy(Failure refused) {
        assertThat(refused.code()).isEqualTo(ErrorCode.BUSY);
        assertThat(refused.details().retryAfter()).isPositive();
    }

    private static Resume badToken(long id, String name) {
        Credential token = new Credential(Bytes.random(RANDOM, Credential.SIZE));
        return new Resume(id, new Username(name), RawClient.device(name), token);
    }

    /** Stores that write down what their accounts and tokens are asked. */
    private static final class Asked extends ForwardingServerStores {

        private final List<String> questions = new CopyOnWriteArrayList<>();
        private final AccountStore accounts;
        private final TokenStore tokens;

        Asked(ServerStores stores) {
            super(stores);
            accounts = noted(AccountStore.class, stores.accounts());
            tokens = noted(TokenStore.class, stores.tokens());
        }

        private <T> T noted(Class<T> seam, T asked) {
            return Seams.proxy(seam, (self, method, arguments) -> {
                questions.add(seam.getSimpleName() + "." + method.getName());
                return Seams.invoke(asked, method, arguments);
            });
        }

        @Override
        public AccountStore accounts() {
            return accounts;
        }

        @Override
        public TokenStore tokens() {
            return tokens;
        }
    }
}
