package dev.pychat.testkit.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pychat.model.Position;
import dev.pychat.model.Username;
import dev.pychat.server.HashCost;
import dev.pychat.server.ServerLimits;
import dev.pychat.wire.ErrorCode;
import dev.pychat.wire.Failure;
import dev.pychat.wire.Follow;
import dev.pychat.wire.LogIn;
import dev.pychat.wire.Message;
import dev.pychat.wire.Ok;
import dev.pychat.wire.Page;
import dev.pychat.wire.ServerFrame;
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
        try (TestServer server =
                TestServer.start(options -> options.limits(narrow).hashCost(new HashCost(9)))) {
            server.signedUp("alice");
            List<RawClient> clients = new ArrayList<>();
            List<Long> logins = new ArrayList<>();
            for (int i = 0; i < 12; i++) {
                RawClient client = server.client();
                client.hello();
                clients.add(client);
            }
            for (RawClient client : clients) {
                logins.add(
                        client.begin(id -> new LogIn(id, ALICE, RawClient.device("alice"), RawClient.secret("alice"))));
            }
            List<ServerFrame> replies = new ArrayList<>();
            for (int i = 0; i < clients.size(); i++) {
                replies.add(clients.get(i).await(logins.get(i)));
            }
            // One is hashed and one waits; more get through only as far as these are done meanwhile.
            assertThat(replies).filteredOn(Session.class::isInstance).hasSizeGreaterThanOrEqualTo(2);
            assertThat(replies).filteredOn(Failure.class::isInstance).isNotEmpty();
            assertThat(replies)
                    .filteredOn(reply -> !(reply instanceof Session))
                    .allSatisfy(reply -> assertThat(reply).isInstanceOfSatisfying(Failure.class, failure -> {
                        assertThat(failure.code()).isEqualTo(ErrorCode.BUSY);
                        assertThat(failure.details().retryAfter()).isGreaterThan(Duration.ZERO);
                    }));
            for (int i = 0; i < clients.size(); i++) {
                if (replies.get(i) instanceof Failure) {
                    clients.get(i)
                            .ask(
                                    Session.class,
                                    id -> new LogIn(id, ALICE, RawClient.device("alice"), RawClient.secret("alice")));
                }
            }
        }
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
