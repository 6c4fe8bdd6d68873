package dev.pychat.testkit.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pychat.crypto.open.PasswordCost;
import dev.pychat.model.Bytes;
import dev.pychat.model.DeviceId;
import dev.pychat.model.Username;
import dev.pychat.server.ServerLimits;
import dev.pychat.wire.Credential;
import dev.pychat.wire.ErrorCode;
import dev.pychat.wire.Failure;
import dev.pychat.wire.Hello;
import dev.pychat.wire.Inbox;
import dev.pychat.wire.InboxPage;
import dev.pychat.wire.KdfCost;
import dev.pychat.wire.LogIn;
import dev.pychat.wire.LogOut;
import dev.pychat.wire.Ok;
import dev.pychat.wire.PasswordSalt;
import dev.pychat.wire.PasswordSaltIs;
import dev.pychat.wire.Ping;
import dev.pychat.wire.Pong;
import dev.pychat.wire.Resume;
import dev.pychat.wire.Session;
import dev.pychat.wire.SignUp;
import dev.pychat.wire.Welcome;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class SignInTest {

    private static final Username ALICE = new Username("alice");
    private static final Bytes ATTEMPT = Bytes.adopt(new byte[16]);
    private static final Bytes SALT = Bytes.adopt(new byte[32]);
    private static final Duration SHORT = Duration.ofMillis(50);
    private static final KdfCost KDF = new KdfCost(16, 2, 1);

    private TestServer server;

    @BeforeEach
    void start() throws Exception {
        server = TestServer.start();
    }

    @AfterEach
    void stop() {
        server.close();
    }

    @Test
    void helloIsAnsweredWithTheLimitsAndTheRealm() throws Exception {
        RawClient client = server.client();
        Welcome welcome = client.hello();
        assertThat(welcome.version()).isEqualTo(1);
        assertThat(welcome.listing()).isTrue();
        assertThat(welcome.kdf()).isEqualTo(new KdfCost(8, 1, 1));
        assertThat(server.client().hello().realm()).isEqualTo(welcome.realm());
    }

    @Test
    void anythingBeforeHelloEndsTheConnection() throws Exception {
        RawClient client = server.client();
        client.send(new Ping(1));
        assertThat(client.push(Failure.class).code()).isEqualTo(ErrorCode.HELLO_REQUIRED);
        client.awaitClosed();
    }

    @Test
    void versionThatNobodySpeaksEndsTheConnection() throws Exception {
        RawClient client = server.client();
        client.send(new Hello(1, List.of(9, 10), "from the future"));
        assertThat(client.push(Failure.class).code()).isEqualTo(ErrorCode.UNSUPPORTED_VERSION);
        client.awaitClosed();
    }

    @Test
    void helloTwiceEndsTheConnection() throws Exception {
        RawClient client = server.client();
        client.hello();
        client.send(new Hello(2, List.of(1), "again"));
        assertThat(client.push(Failure.class).code()).isEqualTo(ErrorCode.HELLO_REQUIRED);
        client.awaitClosed();
    }

    @Test
    void requestBeforeLoginIsRefusedAndTheConnectionLives() throws Exception {
        RawClient client = server.client();
        client.hello();
        assertThat(client.ask(Failure.class, id -> new Inbox(id, "", 10)).code())
                .isEqualTo(ErrorCode.LOGIN_REQUIRED);
        client.ask(Pong.class, Ping::new);
    }

    @Test
    void retriedAttemptIsAnsweredWithASessionAgain() throws Exception {
        RawClient first = server.client();
        first.hello();
        first.ask(Session.class, id -> attempt(id, ATTEMPT, "alice"));
        RawClient second = server.client();
        second.hello();
        second.ask(Session.class, id -> attempt(id, ATTEMPT, "alice"));
    }

    @Test
    void takenNameIsRefusedAlsoToWhoKnowsTheAttemptButNotTheSecret() throws Exception {
        RawClient client = server.client();
        client.hello();
        client.ask(Session.class, id -> attempt(id, ATTEMPT, "alice"));
        RawClient other = server.client();
        other.hello();
        Bytes otherAttempt = Bytes.fromHex("01".repeat(16));
        assertThat(other.ask(Failure.class, id -> attempt(id, otherAttempt, "alice"))
                        .code())
                .isEqualTo(ErrorCode.NAME_TAKEN);
        assertThat(other.ask(Failure.class, id -> attempt(id, ATTEMPT, "guess")).code())
                .isEqualTo(ErrorCode.NAME_TAKEN);
        other.ask(Pong.class, Ping::new);
    }

    @Test
    void costBelowTheFloorIsRefused() throws Exception {
        try (TestServer dear = TestServer.start(options -> options.passwordFloor(new PasswordCost(1024, 2, 1)))) {
            RawClient client = dear.client();
            client.hello();
            Failure refused = client.ask(Failure.class, id -> attempt(id, ATTEMPT, "alice"));
            assertThat(refused.code()).isEqualTo(ErrorCode.INVALID);
            assertThat(refused.text()).contains("16").contains("1024");
        }
    }

    @Test
    void wrongSecretAndUnknownUserAreToldTheSame() throws Exception {
        server.signedUp("alice");
        RawClient client = server.client();
        client.hello();
        Failure wrong = client.ask(Failure.class, id -> logIn(id, "alice", "wrong"));
        Failure unknown = client.ask(Failure.class, id -> logIn(id, "nobody", "wrong"));
        assertThat(wrong.code()).isEqualTo(ErrorCode.BAD_CREDENTIALS);
        assertThat(unknown.code()).isEqualTo(wrong.code());
        assertThat(unknown.text()).isEqualTo(wrong.text());
        client.ask(Session.class, id -> logIn(id, "alice", "alice"));
    }

    @Test
    void saltOfAnUnknownUserIsSteadyAndLooksLikeAnyOther() throws Exception {
        RawClient client = server.client();
        client.hello();
        PasswordSaltIs once = client.ask(PasswordSaltIs.class, id -> new PasswordSalt(id, new Username("nobody")));
        RawClient other = server.client();
        other.hello();
        PasswordSaltIs again = other.ask(PasswordSaltIs.class, id -> new PasswordSalt(id, new Username("nobody")));
        PasswordSaltIs another = other.ask(PasswordSaltIs.class, id -> new PasswordSalt(id, new Username("noone")));
        assertThat(again.salt()).isEqualTo(once.salt()).isNotEqualTo(another.salt());
        assertThat(once.salt().size()).isEqualTo(32);
    }

    @Test
    void costToldForAnUnknownUserIsTheClientsDefaultAndNeverBelowTheFloor() throws Exception {
        assertThat(decoyCost(new PasswordCost(8, 1, 1))).isEqualTo(new KdfCost(65_536, 3, 4));
        assertThat(decoyCost(new PasswordCost(1 << 17, 4, 4))).isEqualTo(new KdfCost(1 << 17, 4, 4));
    }

    private static KdfCost decoyCost(PasswordCost floor) throws Exception {
        try (TestServer server = TestServer.start(options -> options.passwordFloor(floor))) {
            RawClient client = server.client();
            client.hello();
            return client.ask(PasswordSaltIs.class, id -> new PasswordSalt(id, new Username("nobody")))
                    .kdf();
        }
    }

    @Test
    void saltAndCostOfAnAccountAreThoseOfItsSignUp() throws Exception {
        RawClient client = server.client();
        client.hello();
        client.ask(Session.class, id -> attempt(id, ATTEMPT, "alice"));
        PasswordSaltIs known = client.ask(PasswordSaltIs.class, id -> new PasswordSalt(id, ALICE));
        assertThat(known.salt()).isEqualTo(SALT);
        assertThat(known.kdf()).isEqualTo(KDF);
    }

    @Test
    void tokenIsRotatedAndTheOneBeforeIsGoodUntilItsSuccessorIsUsed() throws Exception {
        RawClient first = server.client();
        Session zero = first.signUp("alice");
        Session one = server.client().resume(zero);
        Session lostReply = server.client().resume(zero);
        assertThat(one.token()).isNotEqualTo(zero.token());
        server.client().resume(lostReply);
        RawClient late = server.client();
        late.hello();
        Failure refused = late.ask(Failure.class, id -> new Resume(id, ALICE, RawClient.device("alice"), zero.token()));
        assertThat(refused.code()).isEqualTo(ErrorCode.BAD_TOKEN);
    }

    @Test
    void logOutEndsTheTokenAndTheSession() throws Exception {
        RawClient client = server.client();
        Session session = client.signUp("alice");
        client.ask(Ok.class, LogOut::new);
        assertThat(client.ask(Failure.class, id -> new Inbox(id, "", 10)).code())
                .isEqualTo(ErrorCode.LOGIN_REQUIRED);
        assertThat(client.ask(Failure.class, id -> resume(id, session)).code()).isEqualTo(ErrorCode.BAD_TOKEN);
        client.ask(Session.class, id -> logIn(id, "alice", "alice"));
        client.ask(InboxPage.class, id -> new Inbox(id, "", 10));
    }

    @Test
    void secondLoginOnAConnectionIsRefused() throws Exception {
        RawClient client = server.signedUp("alice");
        assertThat(client.ask(Failure.class, id -> logIn(id, "alice", "alice")).code())
                .isEqualTo(ErrorCode.ALREADY_LOGGED_IN);
    }

    @Test
    void guessingIsSlowedDownWhileATokenStillWorks() throws Exception {
        ServerLimits two = ServerLimits.builder().freeAttempts(2).build();
        try (TestServer strict =
                TestServer.start(options -> options.limits(two).clock(new StandingClock().withZone(ZoneOffset.UTC)))) {
            Session session = strict.client().signUp("alice");
            RawClient guesser = strict.client();
            guesser.hello();
            guesser.ask(Failure.class, id -> logIn(id, "alice", "one"));
            guesser.ask(Failure.class, id -> logIn(id, "alice", "two"));
            Failure slow = guesser.ask(Failure.class, id -> logIn(id, "alice", "three"));
            assertThat(slow.code()).isEqualTo(ErrorCode.BUSY);
            assertThat(slow.details().retryAfter()).isPositive().isLessThanOrEqualTo(Duration.ofSeconds(1));
            strict.client().resume(session);
        }
    }

    @Test
    void connectionWithoutASessionEndsInTime() throws Exception {
        StandingClock clock = new StandingClock();
        ServerLimits hasty = ServerLimits.builder().signInTime(SHORT).build();
        try (TestServer waiting =
                TestServer.start(options -> options.limits(hasty).clock(clock.withZone(ZoneOffset.UTC)))) {
            RawClient client = waiting.client();
            client.hello();
            clock.goOn(SHORT);
            assertThat(client.push(Failure.class)).satisfies(told -> {
                assertThat(told.code()).isEqualTo(ErrorCode.TIMED_OUT);
                assertThat(told.text()).endsWith(" milliseconds");
            });
            client.awaitClosed();
        }
    }

    @Test
    void silentConnectionEndsInTime() throws Exception {
        StandingClock clock = new StandingClock();
        ServerLimits hasty = ServerLimits.builder().idleTime(SHORT).build();
        try (TestServer waiting =
                TestServer.start(options -> options.limits(hasty).clock(clock.withZone(ZoneOffset.UTC)))) {
            RawClient client = waiting.signedUp("alice");
            clock.goOn(SHORT);
            assertThat(client.push(Failure.class)).satisfies(told -> {
                assertThat(told.code()).isEqualTo(ErrorCode.TIMED_OUT);
                assertThat(told.text()).endsWith(" milliseconds");
            });
            client.awaitClosed();
        }
    }

    private static SignUp attempt(long id, Bytes attempt, String secret) {
        DeviceId device = RawClient.device("alice");
        return new SignUp(id, ALICE, attempt, SALT, KDF, device, RawClient.secret(secret));
    }

    private static LogIn logIn(long id, String name, String secret) {
        Credential credential = RawClient.secret(secret);
        return new LogIn(id, new Username(name), RawClient.device(name), credential);
    }

    private static Resume resume(long id, Session session) {
        return new Resume(id, session.user(), RawClient.device(session.user().value()), session.token());
    }
}
