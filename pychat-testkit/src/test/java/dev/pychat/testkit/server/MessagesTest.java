package dev.pychat.testkit.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pychat.model.Bytes;
import dev.pychat.model.EpochName;
import dev.pychat.model.MessageId;
import dev.pychat.model.Position;
import dev.pychat.model.Username;
import dev.pychat.wire.Accepted;
import dev.pychat.wire.Epochs;
import dev.pychat.wire.ErrorCode;
import dev.pychat.wire.Failure;
import dev.pychat.wire.GetEpochs;
import dev.pychat.wire.Inbox;
import dev.pychat.wire.InboxEntry;
import dev.pychat.wire.InboxPage;
import dev.pychat.wire.MarkRead;
import dev.pychat.wire.Message;
import dev.pychat.wire.Ok;
import dev.pychat.wire.Page;
import dev.pychat.wire.PutEpoch;
import dev.pychat.wire.Since;
import dev.pychat.wire.Submit;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class MessagesTest {

    private static final Username ALICE = new Username("alice");
    private static final Username BOB = new Username("bob");

    private TestServer server;
    private RawClient alice;
    private RawClient bob;
    private RawLane toBob;

    @BeforeEach
    void start() throws Exception {
        server = TestServer.start();
        alice = server.signedUp("alice");
        bob = server.signedUp("bob");
        toBob = new RawLane(alice, "bob");
    }

    @AfterEach
    void stop() {
        server.close();
    }

    @Test
    void submittedMessageIsReadByBothSidesWithItsEpochHeader() {
        Accepted.Item accepted = toBob.send("one");
        assertThat(accepted.position()).isEqualTo(Position.FIRST);
        for (RawClient reader : List.of(alice, bob)) {
            Username with = reader == alice ? BOB : ALICE;
            Message page = reader.ask(Message.class, id -> new Page(id, with, Page.UP_TO_HEAD, 10));
            assertThat(page.first()).isEqualTo(Position.FIRST);
            assertThat(page.more()).isFalse();
            assertThat(page.items()).singleElement().satisfies(item -> {
                assertThat(item.id()).isEqualTo(accepted.mid());
                assertThat(item.by()).isEqualTo(ALICE);
                assertThat(item.envelope().value()).isEqualTo(Bytes.copyOf("one".getBytes(StandardCharsets.US_ASCII)));
            });
            assertThat(page.headers())
                    .singleElement()
                    .satisfies(header -> assertThat(header.header()).isEqualTo(toBob.header()));
            Message again = reader.ask(Message.class, id -> new Page(id, with, Page.UP_TO_HEAD, 10));
            assertThat(again.headers()).isEmpty();
        }
    }

    @Test
    void pipelinedMessagesAreAcceptedInTheirOrder() {
        List<Long> requests =
                IntStream.range(0, 60).mapToObj(i -> toBob.begin("m" + i)).toList();
        assertThat(requests.stream().map(id -> toBob.accepted(id).position().value()))
                .containsExactlyElementsOf(LongStream.rangeClosed(1, 60).boxed().toList());
    }

    @Test
    void moreRequestsThanAllowedInFlightAreAnsweredAllTheSame() {
        List<Long> requests =
                IntStream.range(0, 1_000).mapToObj(i -> toBob.begin("m" + i)).toList();
        assertThat(toBob.accepted(requests.get(999)).position()).isEqualTo(new Position(1_000));
    }

    @Test
    void repeatedMessageIsAnsweredWithThePlaceItHas() {
        Submit message = toBob.next("one");
        Accepted.Item first = toBob.accepted(toBob.begin(message));
        toBob.send("two");
        Accepted.Item again = toBob.accepted(toBob.begin(message));
        assertThat(again.position()).isEqualTo(first.position());
        assertThat(again.time()).isEqualTo(first.time());
        assertThat(again.duplicate()).isTrue();
        assertThat(bob.ask(Message.class, id -> new Since(id, ALICE, Position.NONE, 10))
                        .items())
                .hasSize(2);
    }

    @Test
    void otherBytesUnderAKnownIdAreAConflict() {
        Submit one = toBob.next("one");
        toBob.accepted(toBob.begin(one));
        Submit other = new RawLane(alice, "bob").next("another");
        Submit forged = new Submit(
                1,
                BOB,
                one.mid(),
                other.hash(),
                one.epoch(),
                one.lane(),
                MessageId.NONE,
                Position.NONE,
                false,
                other.envelope());
        Failure refused = (Failure) alice.await(toBob.begin(forged));
        assertThat(refused.code()).isEqualTo(ErrorCode.CONFLICT);
        assertThat(refused.details().position()).isEqualTo(Position.FIRST);
    }

    @Test
    void messageThatFollowsItselfIsRefused() {
        Submit next = toBob.next("one");
        Submit itself = new Submit(
                1,
                next.to(),
                next.mid(),
                next.hash(),
                next.epoch(),
                next.lane(),
                next.mid(),
                next.seen(),
                false,
                next.envelope());
        assertThat(alice.ask(Failure.class, id -> RawLane.numbered(itself, id))).satisfies(refused -> {
            assertThat(refused.code()).isEqualTo(ErrorCode.INVALID);
            assertThat(refused.text()).contains("after", "mid");
        });
        toBob.begin(next);
        assertThat(toBob.send("two").position()).isEqualTo(new Position(2));
        assertThat(alice.ask(Failure.class, id -> RawLane.numbered(itself, id)).code())
                .isEqualTo(ErrorCode.INVALID);
    }

    @Test
    void pageBeforeTheStartHasNoMessages() {
        toBob.send("one");
        assertThat(bob.ask(Message.class, id -> new Page(id, ALICE, Position.NONE, 10)))
                .satisfies(page -> {
                    assertThat(page.items()).isEmpty();
                    assertThat(page.first()).isEqualTo(Position.NONE);
                    assertThat(page.more()).isFalse();
                });
    }

    @Test
    void messageBehindAGapInItsLaneIsRefusedAndNamesTheLast() {
        Accepted.Item one = toBob.send("one");
        Submit skipped = toBob.next("skipped");
        Submit late = toBob.next("late");
        Failure refused = (Failure) alice.await(toBob.begin(late));
        assertThat(refused.code()).isEqualTo(ErrorCode.OUT_OF_SEQUENCE);
        assertThat(refused.details().last()).isEqualTo(one.mid());
        assertThat(refused.details().lastPosition()).isEqualTo(one.position());
        toBob.accepted(toBob.begin(skipped));
        assertThat(toBob.accepted(toBob.begin(late)).position()).isEqualTo(new Position(3));
    }

    @Test
    void messageOfAnUnknownEpochIsRefusedUntilItsHeaderIsThere() {
        Submit message = toBob.next("one");
        Bytes header = Bytes.fromHex("0102");
        EpochName name = new EpochName(dev.pychat.crypto.open.Sha256.of(header));
        Submit early = new Submit(
                1,
                BOB,
                message.mid(),
                message.hash(),
                name,
                message.lane(),
                message.after(),
                message.seen(),
                false,
                message.envelope());
        assertThat(((Failure) alice.await(toBob.begin(early))).code()).isEqualTo(ErrorCode.UNKNOWN_EPOCH);
        alice.begin(id -> new PutEpoch(id, BOB, name, header));
        toBob.accepted(toBob.begin(early));
        Epochs found = bob.ask(Epochs.class, id -> new GetEpochs(id, ALICE, List.of(name, EpochName.NONE)));
        assertThat(found.epochs())
                .singleElement()
                .satisfies(epoch -> assertThat(epoch.header()).isEqualTo(header));
    }

    @Test
    void headerUnderAnotherNameIsRefused() {
        EpochName wrong = new EpochName(Bytes.fromHex("ab".repeat(32)));
        Bytes header = Bytes.fromHex("0102");
        assertThat(alice.ask(Failure.class, id -> new PutEpoch(id, BOB, wrong, header))
                        .code())
                .isEqualTo(ErrorCode.EPOCH_MISMATCH);
    }

    @Test
    void wrongHashUnknownRecipientAndOneselfAreRefused() {
        Submit good = toBob.next("one");
        Submit badHash = new Submit(
                1,
                BOB,
                good.mid(),
                Bytes.adopt(new byte[32]),
                good.epoch(),
                good.lane(),
                good.after(),
                good.seen(),
                false,
                good.envelope());
        assertThat(((Failure) alice.await(toBob.begin(badHash))).code()).isEqualTo(ErrorCode.HASH_MISMATCH);
        assertThat(((Failure) alice.await(toBob.begin(to(good, "nobody")))).code())
                .isEqualTo(ErrorCode.UNKNOWN_USER);
        assertThat(((Failure) alice.await(toBob.begin(to(good, "alice")))).code())
                .isEqualTo(ErrorCode.SELF_CONVERSATION);
    }

    @Test
    void conversationOfOthersCannotBeReached() throws Exception {
        toBob.send("for bob alone");
        RawClient carol = server.signedUp("carol");
        for (Username party : List.of(ALICE, BOB)) {
            assertThat(carol.ask(Message.class, id -> new Page(id, party, Page.UP_TO_HEAD, 10))
                            .items())
                    .isEmpty();
        }
        EpochName name = new EpochName(dev.pychat.crypto.open.Sha256.of(toBob.header()));
        assertThat(carol.ask(Epochs.class, id -> new GetEpochs(id, BOB, List.of(name)))
                        .epochs())
                .isEmpty();
    }

    @Test
    void blockedSenderIsRefused() throws Exception {
        var stores = dev.pychat.store.memory.MemoryServerStores.create(new java.security.SecureRandom());
        stores.blocks().block(BOB, ALICE);
        var transport = dev.pychat.transport.InProcessTransport.create();
        var options = dev.pychat.server.ServerOptions.builder(stores)
                .transport(transport)
                .hashCost(new dev.pychat.server.HashCost(4))
                .passwordFloor(new dev.pychat.crypto.open.PasswordCost(8, 1, 1))
                .build();
        try (var blocking = dev.pychat.server.ChatServer.start(options);
                RawClient sender = RawClient.connect(transport.client());
                RawClient owner = RawClient.connect(transport.client())) {
            sender.signUp("alice");
            owner.signUp("bob");
            assertThat(blocking.connections()).isEqualTo(2);
            Bytes header = Bytes.fromHex("0102");
            EpochName name = new EpochName(dev.pychat.crypto.open.Sha256.of(header));
            assertThat(sender.ask(Failure.class, id -> new PutEpoch(id, BOB, name, header))
                            .code())
                    .isEqualTo(ErrorCode.BLOCKED);
        }
    }

    @Test
    void pagesGoBackToTheFirstMessageWithoutAGap() {
        List<Long> requests = new ArrayList<>();
        for (int i = 0; i < 150; i++) {
            requests.add(toBob.begin("m" + i));
        }
        requests.forEach(toBob::accepted);
        List<Long> firsts = new ArrayList<>();
        Position before = Page.UP_TO_HEAD;
        Message page;
        do {
            Position until = before;
            page = bob.ask(Message.class, id -> new Page(id, ALICE, until, 64));
            firsts.add(page.first().value());
            before = page.first();
        } while (page.more());
        assertThat(firsts).containsExactly(87L, 23L, 1L);
        assertThat(bob.ask(Message.class, id -> new Page(id, ALICE, Position.FIRST, 64))
                        .items())
                .isEmpty();
    }

    @Test
    void pageOfLargeMessagesStaysBelowTheFrameLimit() {
        String large = "x".repeat(70_000);
        for (int i = 0; i < 20; i++) {
            toBob.send(large);
        }
        Message page = bob.ask(Message.class, id -> new Since(id, ALICE, Position.NONE, 64));
        assertThat(page.items()).hasSizeBetween(1, 8);
        assertThat(page.more()).isTrue();
        Message last = bob.ask(Message.class, id -> new Page(id, ALICE, Page.UP_TO_HEAD, 64));
        assertThat(last.last()).isEqualTo(new Position(20));
        assertThat(last.more()).isTrue();
    }

    @Test
    void unreadCountsAreExactAndMarkersOnlyMoveForward() {
        for (int i = 0; i < 5; i++) {
            toBob.send("m" + i);
        }
        assertThat(entry(bob).unread()).isEqualTo(5);
        assertThat(entry(alice).unread()).isZero();
        Ok marked = bob.ask(Ok.class, id -> new MarkRead(id, ALICE, new Position(3)));
        assertThat(marked.read()).isEqualTo(new Position(3));
        assertThat(bob.ask(Ok.class, id -> new MarkRead(id, ALICE, new Position(2)))
                        .read())
                .isEqualTo(new Position(3));
        assertThat(entry(bob).unread()).isEqualTo(2);
        assertThat(bob.ask(Ok.class, id -> new MarkRead(id, ALICE, new Position(99)))
                        .read())
                .isEqualTo(new Position(5));
        assertThat(entry(bob)).satisfies(entry -> {
            assertThat(entry.unread()).isZero();
            assertThat(entry.head()).isEqualTo(new Position(5));
        });
    }

    @Test
    void conversationWithoutAMessageIsReadToTheStart() {
        assertThat(bob.ask(Ok.class, id -> new MarkRead(id, ALICE, new Position(3)))
                        .read())
                .isEqualTo(Position.NONE);
    }

    private static InboxEntry entry(RawClient client) {
        InboxPage page = client.ask(InboxPage.class, id -> new Inbox(id, "", 10));
        assertThat(page.entries()).hasSize(1);
        return page.entries().get(0);
    }

    private static Submit to(Submit message, String peer) {
        return new Submit(
                1,
                new Username(peer),
                message.mid(),
                message.hash(),
                message.epoch(),
                message.lane(),
                message.after(),
                message.seen(),
                false,
                message.envelope());
    }
}
