package dev.pychat.testkit.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pychat.bus.AccountHint;
import dev.pychat.bus.Hint;
import dev.pychat.bus.LiveBus;
import dev.pychat.model.Position;
import dev.pychat.model.Username;
import dev.pychat.wire.Ack;
import dev.pychat.wire.Follow;
import dev.pychat.wire.InboxChanged;
import dev.pychat.wire.MarkRead;
import dev.pychat.wire.Message;
import dev.pychat.wire.Ok;
import dev.pychat.wire.Ping;
import dev.pychat.wire.Pong;
import dev.pychat.wire.Since;
import dev.pychat.wire.Unfollow;
import dev.pychat.wire.WireLimits;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class DeliveryTest {

    private static final Username ALICE = new Username("alice");
    private static final Username BOB = new Username("bob");

    /** A bus that treats each hint as the test says. */
    private static class TamperingBus implements LiveBus {
        private final LiveBus real;
        private final Consumer<Runnable> tamper;

        TamperingBus(LiveBus real, Consumer<Runnable> tamper) {
            this.real = real;
            this.tamper = tamper;
        }

        @Override
        public void publish(Hint hint) {
            tamper.accept(() -> real.publish(hint));
        }

        @Override
        public void publish(AccountHint hint) {
            tamper.accept(() -> real.publish(hint));
        }

        @Override
        public Subscription subscribe(Username account, Consumer<Hint> listener) {
            return real.subscribe(account, listener);
        }

        @Override
        public Subscription subscribeToAccount(Username account, Consumer<AccountHint> listener) {
            return real.subscribeToAccount(account, listener);
        }
    }

    @Test
    void messagesReachFollowersOfBothSidesLive() throws Exception {
        try (TestServer server = TestServer.start()) {
            RawClient alice = server.signedUp("alice");
            RawClient bob = server.signedUp("bob");
            assertThat(follow(bob, ALICE, 0)).isEqualTo(Position.NONE);
            follow(alice, BOB, 0);
            RawLane lane = new RawLane(alice, "bob");
            lane.send("one");
            Message live = bob.push(Message.class);
            assertThat(live.first()).isEqualTo(Position.FIRST);
            assertThat(live.headers()).hasSize(1);
            assertThat(alice.push(Message.class).items()).hasSize(1);
            lane.send("two");
            Message next = bob.push(Message.class);
            assertThat(next.first()).isEqualTo(new Position(2));
            assertThat(next.headers()).isEmpty();
        }
    }

    @Test
    void whatWasStoredBeforeFollowsFromTheCursorOn() throws Exception {
        try (TestServer server = TestServer.start()) {
            RawClient alice = server.signedUp("alice");
            RawClient bob = server.signedUp("bob");
            RawLane lane = new RawLane(alice, "bob");
            for (int i = 0; i < 10; i++) {
                lane.send("m" + i);
            }
            assertThat(follow(bob, ALICE, 7)).isEqualTo(new Position(10));
            assertThat(positions(bob, 3)).containsExactly(8L, 9L, 10L);
            follow(bob, ALICE, 9);
            assertThat(positions(bob, 1)).containsExactly(10L);
        }
    }

    @Test
    void creditStopsPushesUntilTheyAreAcknowledged() throws Exception {
        WireLimits wire = new WireLimits(WireLimits.MAX_FRAME, WireLimits.MAX_HEADER, 64, 8, 64, 128);
        try (TestServer server = TestServer.limited(limits -> limits.wire(wire))) {
            RawClient alice = server.signedUp("alice");
            RawClient bob = server.signedUp("bob");
            follow(bob, ALICE, 0);
            RawLane lane = new RawLane(alice, "bob");
            for (int i = 0; i < 20; i++) {
                lane.send("m" + i);
            }
            assertThat(positions(bob, 8)).containsExactlyElementsOf(range(1, 8));
            bob.ask(Pong.class, Ping::new);
            assertThat(bob.hasPush()).isFalse();
            bob.send(new Ack(ALICE, new Position(5)));
            assertThat(positions(bob, 5)).containsExactlyElementsOf(range(9, 13));
            bob.send(new Ack(ALICE, new Position(3)));
            bob.ask(Pong.class, Ping::new);
            assertThat(bob.hasPush()).isFalse();
            bob.send(new Ack(ALICE, new Position(99)));
            assertThat(positions(bob, 7)).containsExactlyElementsOf(range(14, 20));
        }
    }

    @Test
    void whatWasReadByAskingAndAcknowledgedCostsNoCreditWhenItIsPushed() throws Exception {
        WireLimits wire = new WireLimits(WireLimits.MAX_FRAME, WireLimits.MAX_HEADER, 64, 4, 64, 128);
        try (TestServer server = TestServer.limited(limits -> limits.wire(wire))) {
            RawClient alice = server.signedUp("alice");
            RawClient bob = server.signedUp("bob");
            RawLane lane = new RawLane(alice, "bob");
            for (int i = 0; i < 16; i++) {
                lane.send("m" + i);
            }
            follow(bob, ALICE, 0);
            assertThat(positions(bob, 4)).containsExactlyElementsOf(range(1, 4));
            assertThat(bob.ask(Message.class, id -> new Since(id, ALICE, new Position(4), 64))
                            .last())
                    .isEqualTo(new Position(16));
            bob.send(new Ack(ALICE, new Position(16)));
            assertThat(positions(bob, 12)).containsExactlyElementsOf(range(5, 16));
        }
    }

    @Test
    void acknowledgingFarBeyondTheHeadDoesNotSwitchCreditOff() throws Exception {
        WireLimits wire = new WireLimits(WireLimits.MAX_FRAME, WireLimits.MAX_HEADER, 64, 4, 64, 128);
        try (TestServer server = TestServer.limited(limits -> limits.wire(wire))) {
            RawClient alice = server.signedUp("alice");
            RawClient bob = server.signedUp("bob");
            follow(bob, ALICE, 0);
            bob.send(new Ack(ALICE, new Position(1_000_000)));
            bob.ask(Pong.class, Ping::new);
            RawLane lane = new RawLane(alice, "bob");
            for (int i = 0; i < 16; i++) {
                lane.send("m" + i);
            }
            assertThat(positions(bob, 8)).containsExactlyElementsOf(range(1, 8));
            bob.ask(Pong.class, Ping::new);
            assertThat(bob.hasPush()).isFalse();
        }
    }

    @Test
    void creditInBytesIsSharedByAllConversations() throws Exception {
        try (TestServer server = TestServer.limited(limits -> limits.creditBytes(1 << 16))) {
            RawClient bob = server.signedUp("bob");
            RawClient alice = server.signedUp("alice");
            RawClient carol = server.signedUp("carol");
            new RawLane(alice, "bob").send("x".repeat(70_000));
            RawLane fromCarol = new RawLane(carol, "bob");
            fromCarol.send("small");
            bob.push(InboxChanged.class);
            bob.push(InboxChanged.class);
            follow(bob, ALICE, 0);
            assertThat(bob.push(Message.class).with()).isEqualTo(ALICE);
            follow(bob, new Username("carol"), 0);
            bob.ask(Pong.class, Ping::new);
            assertThat(bob.hasPush()).isFalse();
            bob.send(new Ack(ALICE, Position.FIRST));
            assertThat(bob.push(Message.class).with()).isEqualTo(new Username("carol"));
        }
    }

    @Test
    void conversationThatIsNotFollowedShowsInTheInbox() throws Exception {
        try (TestServer server = TestServer.start()) {
            RawClient alice = server.signedUp("alice");
            RawClient bob = server.signedUp("bob");
            RawLane lane = new RawLane(alice, "bob");
            lane.send("one");
            InboxChanged changed = bob.push(InboxChanged.class);
            assertThat(changed.entry().with()).isEqualTo(ALICE);
            assertThat(changed.entry().unread()).isEqualTo(1);
            follow(bob, ALICE, 1);
            lane.send("two");
            assertThat(bob.push(Message.class).first()).isEqualTo(new Position(2));
            bob.ask(Ok.class, id -> new Unfollow(id, ALICE));
            lane.send("three");
            assertThat(bob.push(InboxChanged.class).entry().unread()).isEqualTo(3);
        }
    }

    @Test
    void messageThatWasNotSentBeforeTheUnfollowShowsInTheInbox() throws Exception {
        WireLimits wire = new WireLimits(WireLimits.MAX_FRAME, WireLimits.MAX_HEADER, 64, 1, 64, 128);
        try (TestServer server = TestServer.limited(limits -> limits.wire(wire))) {
            RawClient alice = server.signedUp("alice");
            RawClient bob = server.signedUp("bob");
            follow(bob, ALICE, 0);
            RawLane lane = new RawLane(alice, "bob");
            lane.send("one");
            lane.send("two");
            assertThat(positions(bob, 1)).containsExactly(1L);
            bob.ask(Ok.class, id -> new Unfollow(id, ALICE));
            assertThat(bob.push(InboxChanged.class).entry().head()).isEqualTo(new Position(2));
        }
    }

    @Test
    void unfollowGivesBackTheBytesThatOthersWaitFor() throws Exception {
        try (TestServer server = TestServer.limited(limits -> limits.creditBytes(1 << 16))) {
            RawClient bob = server.signedUp("bob");
            RawClient alice = server.signedUp("alice");
            RawClient carol = server.signedUp("carol");
            follow(bob, ALICE, 0);
            follow(bob, new Username("carol"), 0);
            new RawLane(alice, "bob").send("x".repeat(70_000));
            assertThat(bob.push(Message.class).with()).isEqualTo(ALICE);
            new RawLane(carol, "bob").send("small");
            bob.ask(Pong.class, Ping::new);
            assertThat(bob.hasPush()).isFalse();
            bob.ask(Ok.class, id -> new Unfollow(id, ALICE));
            assertThat(bob.push(Message.class).with()).isEqualTo(new Username("carol"));
        }
    }

    @Test
    void readMarkerThatAnotherDeviceMovesIsTold() throws Exception {
        try (TestServer server = TestServer.start()) {
            RawClient alice = server.signedUp("alice");
            RawClient bob = server.signedUp("bob");
            RawClient bobElsewhere = server.loggedIn("bob");
            new RawLane(alice, "bob").send("one");
            bobElsewhere.push(InboxChanged.class);
            bob.push(InboxChanged.class);
            follow(bobElsewhere, ALICE, 1);
            bob.ask(Ok.class, id -> new MarkRead(id, ALICE, Position.FIRST));
            assertThat(bobElsewhere.push(InboxChanged.class).entry().read()).isEqualTo(Position.FIRST);
        }
    }

    @Test
    void readMarkerIsToldThoughItsHintIsFasterThanThatOfTheMessage() throws Exception {
        LiveBus slow = new TamperingBus(LiveBus.inProcess(), Runnable::run) {
            @Override
            public void publish(Hint hint) {
                if (hint.carried().isEmpty()) {
                    super.publish(hint);
                }
            }
        };
        try (TestServer server = TestServer.start(options -> options.bus(slow))) {
            RawClient alice = server.signedUp("alice");
            RawClient bob = server.signedUp("bob");
            RawClient bobElsewhere = server.loggedIn("bob");
            follow(bobElsewhere, ALICE, 0);
            new RawLane(alice, "bob").send("one");
            bob.ask(Ok.class, id -> new MarkRead(id, ALICE, Position.FIRST));
            assertThat(bobElsewhere.nextPush(InboxChanged.class).entry().read()).isEqualTo(Position.FIRST);
        }
    }

    @Test
    void lookForAReadMarkerThatHasNotMovedHidesNoMessage() throws Exception {
        WireLimits wire = new WireLimits(WireLimits.MAX_FRAME, WireLimits.MAX_HEADER, 64, 1, 64, 128);
        try (TestServer server = TestServer.limited(limits -> limits.wire(wire))) {
            RawClient alice = server.signedUp("alice");
            RawClient bob = server.signedUp("bob");
            RawClient bobElsewhere = server.loggedIn("bob");
            RawLane lane = new RawLane(alice, "bob");
            lane.send("one");
            bob.push(InboxChanged.class);
            bobElsewhere.push(InboxChanged.class);
            follow(bob, ALICE, 0);
            lane.send("two");
            assertThat(positions(bob, 1)).containsExactly(1L);
            bobElsewhere.push(InboxChanged.class);
            bobElsewhere.ask(Ok.class, id -> new MarkRead(id, ALICE, Position.NONE));
            bob.ask(Pong.class, Ping::new);
            bob.ask(Ok.class, id -> new Unfollow(id, ALICE));
            assertThat(bob.push(InboxChanged.class).entry().head()).isEqualTo(new Position(2));
        }
    }

    @Test
    void ownReadMarkerIsToldInTheAnswerOnly() throws Exception {
        try (TestServer server = TestServer.start()) {
            RawClient alice = server.signedUp("alice");
            RawClient elsewhere = server.signedUp("bob");
            new RawLane(alice, "bob").send("one");
            elsewhere.push(InboxChanged.class);
            RawClient bob = server.loggedIn("bob");
            assertThat(bob.ask(Ok.class, id -> new MarkRead(id, ALICE, Position.FIRST))
                            .read())
                    .isEqualTo(Position.FIRST);
            bob.ask(Pong.class, Ping::new);
            assertThat(bob.hasPush()).isFalse();
        }
    }

    @Test
    void messageBehindAnOwnReadMarkerIsToldAllTheSame() throws Exception {
        try (TestServer server = TestServer.start()) {
            RawClient alice = server.signedUp("alice");
            RawClient elsewhere = server.signedUp("bob");
            RawLane lane = new RawLane(alice, "bob");
            lane.send("one");
            elsewhere.push(InboxChanged.class);
            RawClient bob = server.loggedIn("bob");
            bob.ask(Ok.class, id -> new MarkRead(id, ALICE, Position.FIRST));
            lane.send("two");
            assertThat(bob.push(InboxChanged.class).entry().head()).isEqualTo(new Position(2));
        }
    }

    @Test
    void droppedHintsAreMadeUpForByTheNextOne() throws Exception {
        AtomicInteger hints = new AtomicInteger();
        LiveBus dropping = new TamperingBus(LiveBus.inProcess(), publish -> {
            if (hints.incrementAndGet() > 38) {
                publish.run();
            }
        });
        try (TestServer server = TestServer.start(options -> options.bus(dropping))) {
            RawClient alice = server.signedUp("alice");
            RawClient bob = server.signedUp("bob");
            follow(bob, ALICE, 0);
            RawLane lane = new RawLane(alice, "bob");
            for (int i = 0; i < 20; i++) {
                lane.send("m" + i);
            }
            assertThat(positions(bob, 20)).containsExactlyElementsOf(range(1, 20));
        }
    }

    @Test
    void droppedAndDoubledHintsLeaveNoGapAndNoMessageTwice() throws Exception {
        long seed = System.nanoTime();
        Random random = new Random(seed);
        AtomicBoolean calm = new AtomicBoolean();
        LiveBus wild = new TamperingBus(LiveBus.inProcess(), publish -> {
            for (int times = calm.get() ? 1 : random.nextInt(4); times > 0; times--) {
                publish.run();
            }
        });
        try (TestServer server = TestServer.start(options -> options.bus(wild))) {
            RawClient alice = server.signedUp("alice");
            RawClient bob = server.signedUp("bob");
            follow(bob, ALICE, 0);
            RawLane lane = new RawLane(alice, "bob");
            for (int i = 0; i < 200; i++) {
                lane.send("m" + i);
                bob.send(new Ack(ALICE, new Position(i)));
            }
            calm.set(true);
            lane.send("last");
            assertThat(positions(bob, 201)).as("seed %d", seed).containsExactlyElementsOf(range(1, 201));
        }
    }

    private static Position follow(RawClient client, Username with, long after) {
        return client.ask(Ok.class, id -> new Follow(id, with, new Position(after)))
                .head();
    }

    private static List<Long> positions(RawClient client, int count) {
        List<Long> positions = new ArrayList<>();
        while (positions.size() < count) {
            Message push = client.nextPush(Message.class);
            LongStream.rangeClosed(push.first().value(), push.last().value()).forEach(positions::add);
        }
        return positions;
    }

    private static List<Long> range(long from, long to) {
        return LongStream.rangeClosed(from, to).boxed().toList();
    }
}
