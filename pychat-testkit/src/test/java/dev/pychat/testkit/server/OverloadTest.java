package dev.pychat.testkit.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pychat.model.Position;
import dev.pychat.model.Username;
import dev.pychat.server.ServerLimits;
import dev.pychat.wire.ErrorCode;
import dev.pychat.wire.Failure;
import dev.pychat.wire.Follow;
import dev.pychat.wire.LogIn;
import dev.pychat.wire.Message;
import dev.pychat.wire.Ok;
import dev.pychat.wire.Page;
import dev.pychat.wire.Ping;
import dev.pychat.wire.Pong;
import dev.pychat.wire.Session;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class OverloadTest {

    private static final Username ALICE = new Username("alice");

    @Test
    void moreLoginsThanMayWaitAreBusyWithATimeAndTheOthersSucceed() throws Exception {
        ServerLimits narrow = ServerLimits.builder()
                .hashThreads(1)
                .hashWaiting(1)
                .freeAttempts(100)
                .build();
        HashGate gate = new HashGate();
        try (TestServer server =
                TestServer.start(options -> options.limits(narrow).random(gate))) {
            server.signedUp("alice");
            List<RawClient> clients = new ArrayList<>();
            for (int i = 0; i < 12; i++) {
                RawClient client = server.client();
                client.hello();
                clients.add(client);
            }
            gate.shut(server);
            RawClient waiting = clients.remove(0);
            long waits = waiting.begin(OverloadTest::logIn);
            // One hash is under way and one may wait. The second client's request comes behind the first one's.
            waiting.ask(Pong.class, Ping::new);
            for (RawClient client : clients) {
                Failure refused = client.ask(Failure.class, OverloadTest::logIn);
                assertThat(refused.code()).isEqualTo(ErrorCode.BUSY);
                assertThat(refused.details().retryAfter()).isGreaterThan(Duration.ZERO);
            }
            gate.open();
            assertThat(waiting.await(waits)).isInstanceOf(Session.class);
            for (RawClient client : clients) {
                client.ask(Session.class, OverloadTest::logIn);
            }
        }
    }

    private static LogIn logIn(long id) {
        return new LogIn(id, ALICE, RawClient.device("alice"), RawClient.secret("alice"));
    }

    @Test
    void readerThatNeverReadsIsDisconnectedAndReadsOnWhenItComesBack() throws Exception {
        try (TestServer server = TestServer.start()) {
            RawClient alice = server.signedUp("alice");
            RawClient bob = server.signedUp("bob");
            RawLane lane = new RawLane(alice, "bob");
            for (int i = 0; i < 20; i++) {
                lane.send("x".repeat(70_000));
            }
            bob.stopReading();
            for (int i = 0; i < 60; i++) {
                bob.begin(id -> new Page(id, ALICE, Page.UP_TO_HEAD, 64));
            }
            server.awaitConnections(1);
            lane.send("still here");
            RawClient back = server.loggedIn("bob");
            assertThat(back.ask(Ok.class, id -> new Follow(id, ALICE, new Position(20)))
                            .head())
                    .isEqualTo(new Position(21));
            assertThat(back.nextPush(Message.class).first()).isEqualTo(new Position(21));
        }
    }
}
