package dev.pychat.testkit.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pychat.model.Bytes;
import dev.pychat.server.ServerLimits;
import dev.pychat.wire.AccountChanged;
import dev.pychat.wire.ErrorCode;
import dev.pychat.wire.Failure;
import dev.pychat.wire.LogOut;
import dev.pychat.wire.Ok;
import dev.pychat.wire.Ping;
import dev.pychat.wire.Pong;
import dev.pychat.wire.ServerFrame;
import dev.pychat.wire.VaultGet;
import dev.pychat.wire.VaultIs;
import dev.pychat.wire.WireLimits;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class VaultFramesTest {

    private static final ServerLimits ONE_HASH =
            ServerLimits.builder().hashThreads(1).build();

    private TestServer server;
    private RawClient alice;

    @BeforeEach
    void start() throws Exception {
        server = TestServer.start();
        alice = server.signedUp("alice");
    }

    @AfterEach
    void stop() {
        server.close();
    }

    @Test
    void accountBeginsWithoutAVault() {
        assertThat(alice.ask(VaultIs.class, VaultGet::new))
                .extracting(VaultIs::version, VaultIs::vault)
                .containsExactly(0L, Bytes.EMPTY);
    }

    @Test
    void largestVaultIsThereForEveryDevice() throws Exception {
        Bytes vault = Owner.vault(WireLimits.MAX_VAULT);
        alice.ask(Ok.class, Owner.put("alice", 0, 1, vault));
        assertThat(Owner.device(server, 2, "alice").ask(VaultIs.class, VaultGet::new))
                .extracting(VaultIs::version, VaultIs::vault)
                .containsExactly(1L, vault);
    }

    @Test
    void vaultThatDoesNotFollowTheStoredOneIsToldItsVersion() {
        Bytes vault = Owner.vault(100);
        alice.ask(Ok.class, Owner.put("alice", 0, 5, vault));
        Failure conflict = alice.ask(Failure.class, Owner.put("alice", 4, 9, Owner.vault(100)));
        assertThat(conflict.code()).isEqualTo(ErrorCode.VAULT_CONFLICT);
        assertThat(conflict.details().version()).isEqualTo(5);
        assertThat(alice.ask(VaultIs.class, VaultGet::new).vault()).isEqualTo(vault);
    }

    @Test
    void firstVaultThatNamesAPredecessorIsToldThatThereIsNone() {
        Failure conflict = alice.ask(Failure.class, Owner.put("alice", 4, 9, Owner.vault(100)));
        assertThat(conflict.code()).isEqualTo(ErrorCode.VAULT_CONFLICT);
        assertThat(conflict.details().version()).isZero();
    }

    @Test
    void sameBytesAgainAreNoConflictAndOthersUnderTheVersionAre() {
        Bytes vault = Owner.vault(100);
        alice.ask(Ok.class, Owner.put("alice", 0, 5, vault));
        alice.ask(Ok.class, Owner.put("alice", 0, 5, vault));
        assertThat(alice.ask(Failure.class, Owner.put("alice", 0, 5, Owner.vault(100)))
                        .code())
                .isEqualTo(ErrorCode.VAULT_CONFLICT);
    }

    @Test
    void versionThatIsNotGreaterIsInvalid() {
        Failure refused = alice.ask(Failure.class, Owner.put("alice", 5, 5, Owner.vault(100)));
        assertThat(refused.code()).isEqualTo(ErrorCode.INVALID);
        assertThat(refused.text()).contains("5").contains("greater");
    }

    @Test
    void putWithAWrongSecretChangesNothing() {
        assertThat(alice.ask(Failure.class, Owner.put("guess", 0, 1, Owner.vault(10)))
                        .code())
                .isEqualTo(ErrorCode.BAD_CREDENTIALS);
        assertThat(alice.ask(VaultIs.class, VaultGet::new).version()).isZero();
    }

    @Test
    void vaultsOfTwoDevicesPutAtOnceHaveOneWinner() throws Exception {
        List<RawClient> devices = new ArrayList<>();
        List<Bytes> vaults = new ArrayList<>();
        for (int number = 0; number < 8; number++) {
            devices.add(Owner.device(server, number, "alice"));
            vaults.add(Owner.vault(50));
        }
        List<Long> puts = new ArrayList<>();
        for (int i = 0; i < devices.size(); i++) {
            puts.add(devices.get(i).begin(Owner.put("alice", 0, 1 + i, vaults.get(i))));
        }
        List<ServerFrame> replies = new ArrayList<>();
        for (int i = 0; i < devices.size(); i++) {
            replies.add(devices.get(i).await(puts.get(i)));
        }
        assertThat(replies).filteredOn(Ok.class::isInstance).hasSize(1);
        VaultIs stored = alice.ask(VaultIs.class, VaultGet::new);
        int winner = (int) stored.version() - 1;
        assertThat(replies.get(winner)).isInstanceOf(Ok.class);
        assertThat(stored.vault()).isEqualTo(vaults.get(winner));
    }

    @Test
    void otherConnectionsOfTheAccountAreToldAndNobodyElse() throws Exception {
        RawClient desk = Owner.device(server, 2, "alice");
        RawClient bob = server.signedUp("bob");
        alice.ask(Ok.class, Owner.put("alice", 0, 7, Owner.vault(10)));
        assertThat(desk.push(AccountChanged.class).version()).isEqualTo(7);
        alice.ask(Pong.class, Ping::new);
        bob.ask(Pong.class, Ping::new);
        assertThat(alice.hasPush()).isFalse();
        assertThat(bob.hasPush()).isFalse();
    }

    @Test
    void vaultsOfTwoAccountsAreApart() throws Exception {
        alice.ask(Ok.class, Owner.put("alice", 0, 7, Owner.vault(10)));
        RawClient bob = server.signedUp("bob");
        assertThat(bob.ask(VaultIs.class, VaultGet::new).version()).isZero();
        assertThat(bob.ask(Failure.class, Owner.put("alice", 7, 8, Owner.vault(10)))
                        .code())
                .isEqualTo(ErrorCode.BAD_CREDENTIALS);
    }

    @Test
    void vaultNeedsASession() throws Exception {
        RawClient stranger = server.client();
        stranger.hello();
        assertThat(stranger.ask(Failure.class, VaultGet::new).code()).isEqualTo(ErrorCode.LOGIN_REQUIRED);
        assertThat(stranger.ask(Failure.class, Owner.put("alice", 0, 1, Owner.vault(10)))
                        .code())
                .isEqualTo(ErrorCode.LOGIN_REQUIRED);
        alice.ask(Ok.class, LogOut::new);
        assertThat(alice.ask(Failure.class, VaultGet::new).code()).isEqualTo(ErrorCode.LOGIN_REQUIRED);
    }

    @Test
    void largeVaultBeforeTheLoginIsNotEvenTakenIn() throws Exception {
        RawClient stranger = server.client();
        stranger.hello();
        stranger.send(
                Owner.put("alice", 0, 1, Owner.vault(WireLimits.BEFORE_LOGIN)).apply(9));
        assertThat(stranger.push(Failure.class).code()).isEqualTo(ErrorCode.MALFORMED_FRAME);
        stranger.awaitClosed();
    }

    @Test
    void guessingAtTheSecretThroughTheVaultIsSlowedDownAsLoggingInIs() throws Exception {
        ServerLimits two = ServerLimits.builder().freeAttempts(2).build();
        try (TestServer strict =
                TestServer.start(options -> options.limits(two).clock(new StandingClock().withZone(ZoneOffset.UTC)))) {
            RawClient thief = strict.signedUp("alice");
            thief.ask(Failure.class, Owner.put("one", 0, 1, Owner.vault(10)));
            thief.ask(Failure.class, Owner.delete("two"));
            Failure slow = thief.ask(Failure.class, Owner.put("three", 0, 1, Owner.vault(10)));
            assertThat(slow.code()).isEqualTo(ErrorCode.BUSY);
            assertThat(slow.details().retryAfter()).isPositive().isLessThanOrEqualTo(Duration.ofSeconds(1));
            RawClient again = strict.client();
            again.hello();
            assertThat(again.ask(Failure.class, Owner.logIn(1, "alice")).code()).isEqualTo(ErrorCode.BUSY);
        }
    }

    @Test
    void rightSecretClearsTheFailures() throws Exception {
        try (TestServer strict = TestServer.limited(limits -> limits.freeAttempts(2))) {
            RawClient owner = strict.signedUp("alice");
            owner.ask(Failure.class, Owner.put("typo", 0, 1, Owner.vault(10)));
            owner.ask(Ok.class, Owner.put("alice", 0, 1, Owner.vault(10)));
            assertThat(owner.ask(Failure.class, Owner.put("typo", 1, 2, Owner.vault(10)))
                            .code())
                    .isEqualTo(ErrorCode.BAD_CREDENTIALS);
        }
    }

    @Test
    void rightSecretOverAndOverIsBusyInTheEnd() {
        ErrorCode last = ErrorCode.VAULT_CONFLICT;
        int puts = 0;
        while (last == ErrorCode.VAULT_CONFLICT && puts < 200) {
            last = alice.ask(Failure.class, Owner.put("alice", 4, 5, Owner.vault(10)))
                    .code();
            puts++;
        }
        assertThat(last).isEqualTo(ErrorCode.BUSY);
        assertThat(puts).isGreaterThan(60);
    }

    @Test
    void secondProofOnAConnectionWaitsForTheFirst() throws Exception {
        HashGate gate = new HashGate();
        try (TestServer slow = TestServer.start(options -> options.random(gate).limits(ONE_HASH))) {
            RawClient owner = slow.signedUp("alice");
            gate.shut(slow);
            long first = owner.begin(Owner.put("alice", 0, 1, Owner.vault(10)));
            long second = owner.begin(Owner.put("alice", 0, 2, Owner.vault(10)));
            assertThat(owner.await(second))
                    .isInstanceOfSatisfying(
                            Failure.class, failure -> assertThat(failure.code()).isEqualTo(ErrorCode.BUSY));
            gate.open();
            assertThat(owner.await(first)).isInstanceOf(Ok.class);
        }
    }

    @Test
    void proofOfASessionThatEndedMeanwhileIsForNobody() throws Exception {
        HashGate gate = new HashGate();
        try (TestServer slow = TestServer.start(options -> options.random(gate).limits(ONE_HASH))) {
            slow.signedUp("bob");
            RawClient owner = slow.signedUp("alice");
            gate.shut(slow);
            long put = owner.begin(Owner.put("alice", 0, 1, Owner.vault(10)));
            owner.ask(Ok.class, LogOut::new);
            gate.open();
            assertThat(owner.await(put))
                    .isInstanceOfSatisfying(
                            Failure.class, failure -> assertThat(failure.code()).isEqualTo(ErrorCode.LOGIN_REQUIRED));
            RawClient back = slow.loggedIn("alice");
            assertThat(back.ask(VaultIs.class, VaultGet::new).version()).isZero();
        }
    }

    @Test
    void vaultGetsThatAreNotReadEndTheConnection() throws Exception {
        alice.ask(Ok.class, Owner.put("alice", 0, 1, Owner.vault(WireLimits.MAX_VAULT)));
        RawClient glutton = Owner.device(server, 2, "alice");
        glutton.stopReading();
        for (int i = 0; i < 60; i++) {
            glutton.begin(VaultGet::new);
        }
        server.awaitConnections(1);
        assertThat(alice.ask(VaultIs.class, VaultGet::new).version()).isEqualTo(1);
    }
}
