package dev.pychat.testkit.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pychat.bus.AccountHint;
import dev.pychat.bus.Hint;
import dev.pychat.bus.LiveBus;
import dev.pychat.crypto.open.PasswordCost;
import dev.pychat.model.Bytes;
import dev.pychat.model.Username;
import dev.pychat.server.HashCost;
import dev.pychat.server.ServerLimits;
import dev.pychat.wire.Closing;
import dev.pychat.wire.ErrorCode;
import dev.pychat.wire.Failure;
import dev.pychat.wire.Inbox;
import dev.pychat.wire.InboxPage;
import dev.pychat.wire.KdfCost;
import dev.pychat.wire.LogOut;
import dev.pychat.wire.Ok;
import dev.pychat.wire.PasswordSalt;
import dev.pychat.wire.PasswordSaltIs;
import dev.pychat.wire.Ping;
import dev.pychat.wire.Pong;
import dev.pychat.wire.ServerFrame;
import dev.pychat.wire.Session;
import dev.pychat.wire.VaultGet;
import dev.pychat.wire.VaultIs;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ChangePasswordTest {

    private TestServer server;
    private RawClient alice;

    @BeforeEach
    void start() throws Exception {
        server = TestServer.limited(limits -> limits.freeAttempts(1_000));
        alice = server.signedUp("alice");
    }

    @AfterEach
    void stop() {
        server.close();
    }

    @Test
    void newSecretLogsInWithTheNewSaltAndTheOldOneDoesNot() throws Exception {
        alice.ask(Session.class, Owner.change("alice", "new", 0, 1, Owner.vault(100)));
        RawClient other = server.client();
        other.hello();
        assertThat(other.ask(PasswordSaltIs.class, id -> new PasswordSalt(id, Owner.ALICE))
                        .kdf())
                .isEqualTo(Owner.KDF);
        assertThat(other.ask(Failure.class, Owner.logIn(2, "alice")).code()).isEqualTo(ErrorCode.BAD_CREDENTIALS);
        other.ask(Session.class, Owner.logIn(2, "new"));
    }

    @Test
    void vaultIsTheNewOneInTheSameStep() {
        Bytes vault = Owner.vault(500);
        alice.ask(Ok.class, Owner.put("alice", 0, 3, Owner.vault(100)));
        alice.ask(Session.class, Owner.change("alice", "new", 3, 4, vault));
        assertThat(alice.ask(VaultIs.class, VaultGet::new))
                .extracting(VaultIs::version, VaultIs::vault)
                .containsExactly(4L, vault);
    }

    @Test
    void connectionThatChangedItGoesOnAndResumesWithItsNewToken() throws Exception {
        Session session = alice.ask(Session.class, Owner.change("alice", "new", 0, 1, Owner.vault(100)));
        alice.ask(InboxPage.class, id -> new Inbox(id, "", 10));
        alice.ask(Ok.class, Owner.put("new", 1, 2, Owner.vault(10)));
        server.client().resume(session);
    }

    @Test
    void everyTokenOfBeforeIsBad() throws Exception {
        RawClient first = server.client();
        first.hello();
        Session desk = first.ask(Session.class, Owner.logIn(2, "alice"));
        first.close();
        Session own = server.client().logIn("alice");
        alice.ask(Session.class, Owner.change("alice", "new", 0, 1, Owner.vault(100)));
        RawClient late = server.client();
        late.hello();
        assertThat(late.ask(Failure.class, Owner.resume(2, desk)).code()).isEqualTo(ErrorCode.BAD_TOKEN);
        assertThat(late.ask(
                                Failure.class,
                                id -> new dev.pychat.wire.Resume(
                                        id, Owner.ALICE, RawClient.device("alice"), own.token()))
                        .code())
                .isEqualTo(ErrorCode.BAD_TOKEN);
    }

    @Test
    void otherConnectionsOfTheAccountEndAtOnceAndThoseOfOthersDoNot() throws Exception {
        RawClient desk = Owner.device(server, 2, "alice");
        RawClient bob = server.signedUp("bob");
        alice.ask(Session.class, Owner.change("alice", "new", 0, 1, Owner.vault(100)));
        Closing closing = desk.push(Closing.class);
        assertThat(closing.code()).isEqualTo(ErrorCode.LOGIN_REQUIRED);
        assertThat(closing.text()).isEqualTo("the passphrase was changed on another device");
        desk.awaitClosed();
        bob.ask(Pong.class, Ping::new);
    }

    @Test
    void wrongSecretOrVaultThatMovedOnChangesNothing() throws Exception {
        Bytes vault = Owner.vault(100);
        alice.ask(Ok.class, Owner.put("alice", 0, 3, vault));
        RawClient desk = Owner.device(server, 2, "alice");
        assertThat(alice.ask(Failure.class, Owner.change("guess", "new", 3, 4, Owner.vault(10)))
                        .code())
                .isEqualTo(ErrorCode.BAD_CREDENTIALS);
        Failure conflict = alice.ask(Failure.class, Owner.change("alice", "new", 2, 4, Owner.vault(10)));
        assertThat(conflict.code()).isEqualTo(ErrorCode.VAULT_CONFLICT);
        assertThat(conflict.details().version()).isEqualTo(3);
        assertThat(desk.ask(VaultIs.class, VaultGet::new).vault()).isEqualTo(vault);
        Owner.device(server, 3, "alice");
    }

    @Test
    void costBelowTheFloorIsInvalid() throws Exception {
        try (TestServer dear = TestServer.start(options -> options.passwordFloor(new PasswordCost(16, 2, 1)))) {
            RawClient owner = dear.client();
            owner.hello();
            owner.ask(Session.class, Owner.signUp("alice"));
            KdfCost low = new KdfCost(16, 1, 1);
            Failure refused = owner.ask(Failure.class, Owner.change("alice", "new", low, 0, 1, Owner.vault(10)));
            assertThat(refused.code()).isEqualTo(ErrorCode.INVALID);
            assertThat(refused.text()).contains("t = 1").contains("t = 2");
            Owner.device(dear, 2, "alice");
        }
    }

    @Test
    void changesAtTheSameTimeHaveOneWinner() throws Exception {
        List<RawClient> devices = new ArrayList<>();
        for (int number = 0; number < 6; number++) {
            devices.add(Owner.device(server, number, "alice"));
        }
        List<Long> changes = new ArrayList<>();
        for (int number = 0; number < devices.size(); number++) {
            changes.add(
                    devices.get(number).begin(Owner.change("alice", "new-" + number, 0, number + 1, Owner.vault(10))));
        }
        RawClient late = server.client();
        late.hello();
        int winners = 0;
        for (int number = 0; number < devices.size(); number++) {
            boolean answered = hasSession(devices.get(number), changes.get(number));
            boolean logsIn = late.await(late.begin(Owner.logIn(9, "new-" + number))) instanceof Session;
            assertThat(logsIn).as("device %s", number).isEqualTo(answered);
            if (logsIn) {
                winners++;
                late.ask(Ok.class, LogOut::new);
            }
        }
        assertThat(winners).isEqualTo(1);
    }

    /** The losers are refused, or their connection is ended before they are. */
    private static boolean hasSession(RawClient device, long change) {
        try {
            ServerFrame reply = device.await(change);
            return reply instanceof Session;
        } catch (AssertionError closed) {
            return false;
        }
    }

    @Test
    void sessionsMadeWhileThePassphraseChangesAreRefusedOrEnd() throws Exception {
        try (TestServer slow = TestServer.start(options -> options.hashCost(new HashCost(6))
                .limits(ServerLimits.builder().freeAttempts(1_000).build()))) {
            RawClient owner = slow.signedUp("alice");
            for (int round = 0; round < 5; round++) {
                String secret = round == 0 ? "alice" : "secret-" + round;
                List<RawClient> devices = new ArrayList<>();
                List<Session> before = new ArrayList<>();
                for (int number = 0; number < 4; number++) {
                    RawClient device = slow.client();
                    device.hello();
                    before.add(device.ask(Session.class, Owner.logIn(number, secret)));
                    device.close();
                    RawClient again = slow.client();
                    again.hello();
                    devices.add(again);
                }
                long change =
                        owner.begin(Owner.change(secret, "secret-" + (round + 1), round, round + 1L, Owner.vault(10)));
                for (int number = 0; number < devices.size(); number++) {
                    devices.get(number)
                            .begin(
                                    number % 2 == 0
                                            ? Owner.logIn(number, secret)::apply
                                            : Owner.resume(number, before.get(number))::apply);
                }
                assertThat(owner.await(change)).isInstanceOf(Session.class);
                for (RawClient device : devices) {
                    requireOutside(device);
                }
            }
        }
    }

    /** After the change nothing that was made of the old secret is a session, whatever was answered before. */
    private static void requireOutside(RawClient device) {
        try {
            ServerFrame reply = device.await(device.begin(id -> new Inbox(id, "", 10)));
            assertThat(reply)
                    .isInstanceOfSatisfying(
                            Failure.class, failure -> assertThat(failure.code()).isEqualTo(ErrorCode.LOGIN_REQUIRED));
        } catch (AssertionError e) {
            device.awaitClosed();
        }
    }

    @Test
    void sessionThatMissedTheHintIsOverAfterAWhile() throws Exception {
        Ticking clock = new Ticking();
        try (TestServer deaf =
                TestServer.start(options -> options.bus(new WithoutWord()).clock(clock.withZone(ZoneOffset.UTC)))) {
            RawClient owner = deaf.signedUp("alice");
            RawClient desk = Owner.device(deaf, 2, "alice");
            RawClient quiet = Owner.device(deaf, 3, "alice");
            desk.ask(InboxPage.class, id -> new Inbox(id, "", 10));
            owner.ask(Session.class, Owner.change("alice", "new", 0, 1, Owner.vault(10)));
            clock.move(Duration.ofSeconds(5));
            assertThat(desk.ask(Failure.class, id -> new Inbox(id, "", 10)).code())
                    .isEqualTo(ErrorCode.LOGIN_REQUIRED);
            assertThat(desk.push(Closing.class).code()).isEqualTo(ErrorCode.LOGIN_REQUIRED);
            desk.awaitClosed();
            assertThat(quiet.ask(Failure.class, Ping::new).code()).isEqualTo(ErrorCode.LOGIN_REQUIRED);
            owner.ask(InboxPage.class, id -> new Inbox(id, "", 10));
        }
    }

    @Test
    void wordThatComesLateOrTwiceEndsNoSessionOfTheNewPassphrase() throws Exception {
        LiveBus bus = LiveBus.inProcess();
        try (TestServer hasty = TestServer.start(options -> options.bus(bus))) {
            RawClient owner = hasty.signedUp("alice");
            owner.ask(Session.class, Owner.change("alice", "new", 0, 1, Owner.vault(10)));
            RawClient desk = Owner.device(hasty, 2, "new");
            Bytes origin = Owner.vault(16);
            bus.publish(new AccountHint(Owner.ALICE, origin, AccountHint.News.PASSWORD_CHANGED, 0));
            bus.publish(new AccountHint(Owner.ALICE, origin, AccountHint.News.DELETED, 0));
            desk.ask(InboxPage.class, id -> new Inbox(id, "", 10));
            owner.ask(InboxPage.class, id -> new Inbox(id, "", 10));
            assertThat(desk.hasPush()).isFalse();
        }
    }

    /** A bus that loses all word about accounts. */
    private static final class WithoutWord implements LiveBus {

        private final LiveBus real = LiveBus.inProcess();

        @Override
        public void publish(Hint hint) {
            real.publish(hint);
        }

        @Override
        public void publish(AccountHint hint) {}

        @Override
        public Subscription subscribe(Username account, Consumer<Hint> listener) {
            return real.subscribe(account, listener);
        }

        @Override
        public Subscription subscribeToAccount(Username account, Consumer<AccountHint> listener) {
            return real.subscribeToAccount(account, listener);
        }
    }

    private static final class Ticking implements InstantSource {

        private final AtomicLong millis =
                new AtomicLong(Instant.parse("2026-11-22T12:00:00Z").toEpochMilli());

        void move(Duration by) {
            millis.addAndGet(by.toMillis());
        }

        @Override
        public Instant instant() {
            return Instant.ofEpochMilli(millis.get());
        }
    }
}
