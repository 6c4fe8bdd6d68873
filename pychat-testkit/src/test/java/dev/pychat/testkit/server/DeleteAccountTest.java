package dev.pychat.testkit.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pychat.model.Bytes;
import dev.pychat.model.Position;
import dev.pychat.model.Username;
import dev.pychat.server.HashCost;
import dev.pychat.wire.Closing;
import dev.pychat.wire.DeleteAccount;
import dev.pychat.wire.ErrorCode;
import dev.pychat.wire.Failure;
import dev.pychat.wire.Follow;
import dev.pychat.wire.GetBundle;
import dev.pychat.wire.Inbox;
import dev.pychat.wire.InboxPage;
import dev.pychat.wire.Message;
import dev.pychat.wire.Ok;
import dev.pychat.wire.PasswordSalt;
import dev.pychat.wire.PasswordSaltIs;
import dev.pychat.wire.PutBundle;
import dev.pychat.wire.Session;
import dev.pychat.wire.Since;
import dev.pychat.wire.UserList;
import dev.pychat.wire.Users;
import dev.pychat.wire.VaultGet;
import dev.pychat.wire.VaultIs;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class DeleteAccountTest {

    private static final Username BOB = new Username("bob");

    private TestServer server;
    private RawClient alice;
    private RawClient bob;

    @BeforeEach
    void start() throws Exception {
        server = TestServer.start();
        alice = server.signedUp("alice");
        bob = server.signedUp("bob");
    }

    @AfterEach
    void stop() {
        server.close();
    }

    @Test
    void deletedAccountIsNoMoreListedNorLoggedInTo() throws Exception {
        alice.ask(Ok.class, Owner.delete("alice"));
        assertThat(bob.ask(UserList.class, id -> new Users(id, "", "", 10)).users())
                .containsExactly(BOB);
        assertThat(alice.ask(Failure.class, Owner.logIn(0, "alice")).code()).isEqualTo(ErrorCode.BAD_CREDENTIALS);
        PasswordSaltIs once = alice.ask(PasswordSaltIs.class, id -> new PasswordSalt(id, Owner.ALICE));
        assertThat(alice.ask(PasswordSaltIs.class, id -> new PasswordSalt(id, Owner.ALICE))
                        .salt())
                .isEqualTo(once.salt());
    }

    @Test
    void wrongSecretDeletesNothing() throws Exception {
        assertThat(alice.ask(Failure.class, Owner.delete("guess")).code()).isEqualTo(ErrorCode.BAD_CREDENTIALS);
        alice.ask(InboxPage.class, id -> new Inbox(id, "", 10));
        Owner.device(server, 2, "alice");
    }

    @Test
    void everySessionOfItIsOverAtOnce() throws Exception {
        RawClient desk = Owner.device(server, 2, "alice");
        alice.ask(Ok.class, Owner.delete("alice"));
        assertThat(alice.ask(Failure.class, VaultGet::new).code()).isEqualTo(ErrorCode.LOGIN_REQUIRED);
        Closing closing = desk.push(Closing.class);
        assertThat(closing.code()).isEqualTo(ErrorCode.LOGIN_REQUIRED);
        assertThat(closing.text()).isEqualTo("the account was deleted");
        desk.awaitClosed();
    }

    @Test
    void tokensOfItAreBad() throws Exception {
        RawClient first = server.client();
        first.hello();
        Session desk = first.ask(Session.class, Owner.logIn(2, "alice"));
        alice.ask(Ok.class, Owner.delete("alice"));
        RawClient late = server.client();
        late.hello();
        assertThat(late.ask(Failure.class, Owner.resume(2, desk)).code()).isEqualTo(ErrorCode.BAD_TOKEN);
    }

    @Test
    void nothingIsTakenFromItsOtherSessionsOnceTheDeletionIsAnswered() throws Exception {
        for (int round = 0; round < 10; round++) {
            RawClient owner = server.client();
            Username name = new Username("owner" + round);
            owner.signUp(name.value());
            RawClient desk = server.loggedIn(name.value());
            // Numbers 1 and 2 were hello and the log-in.
            AtomicLong begun = new AtomicLong(2);
            Thread busy = new Thread(() -> {
                for (int serial = 1; serial <= 3_000; serial++) {
                    long number = serial;
                    begun.set(desk.begin(id -> new PutBundle(id, number, number - 1, Owner.vault(20))));
                }
            });
            busy.start();
            assertThat(owner.ask(Ok.class, id -> new DeleteAccount(id, RawClient.secret(name.value())))
                            .re())
                    .isPositive();
            // One more may have left before the answer came and not have been counted yet.
            long last = begun.get() + 1;
            busy.join();
            desk.awaitClosed();
            for (long id = last + 1; id <= begun.get(); id++) {
                if (desk.isAnswered(id)) {
                    assertThat(desk.await(id)).isInstanceOf(Failure.class);
                }
            }
        }
    }

    @Test
    void conversationStaysReadableForTheOtherSide() throws Exception {
        RawLane lane = new RawLane(alice, "bob");
        lane.send("one");
        lane.send("two");
        alice.ask(Ok.class, Owner.delete("alice"));
        Message page = bob.ask(Message.class, id -> new Since(id, Owner.ALICE, Position.NONE, 10));
        assertThat(page.items()).hasSize(2);
        assertThat(bob.ask(InboxPage.class, id -> new Inbox(id, "", 10)).entries())
                .hasSize(1);
        assertThat(bob.ask(Ok.class, id -> new Follow(id, Owner.ALICE, Position.NONE))
                        .head())
                .isEqualTo(new Position(2));
    }

    @Test
    void sendingToItIsRefusedAtOnceAlsoByWhoHasJustSent() throws Exception {
        RawLane lane = new RawLane(bob, "alice");
        lane.send("one");
        alice.ask(Ok.class, Owner.delete("alice"));
        assertThat(bob.await(lane.begin("two")))
                .isInstanceOfSatisfying(
                        Failure.class, failure -> assertThat(failure.code()).isEqualTo(ErrorCode.UNKNOWN_USER));
        assertThat(bob.ask(Failure.class, id -> new GetBundle(id, Owner.ALICE)).code())
                .isEqualTo(ErrorCode.UNKNOWN_USER);
    }

    @Test
    void whatWasAcceptedWhileItWasDeletedIsStoredWithoutAGap() throws Exception {
        RawLane out = new RawLane(alice, "bob");
        RawLane in = new RawLane(bob, "alice");
        List<Long> sent = new ArrayList<>();
        for (int i = 0; i < 30; i++) {
            out.begin("from alice " + i);
            sent.add(in.begin("from bob " + i));
        }
        long delete = alice.begin(Owner.delete("alice"));
        for (int i = 30; i < 60; i++) {
            sent.add(in.begin("from bob " + i));
        }
        assertThat(alice.await(delete)).isInstanceOf(Ok.class);
        long accepted = sent.stream()
                .filter(id -> bob.await(id) instanceof dev.pychat.wire.Accepted)
                .count();
        Message page = bob.ask(Message.class, id -> new Since(id, Owner.ALICE, Position.NONE, 64));
        Message rest = bob.ask(Message.class, id -> new Since(id, Owner.ALICE, new Position(64), 64));
        List<Message.Item> items = new ArrayList<>(page.items());
        items.addAll(rest.items());
        assertThat(items).filteredOn(item -> item.by().equals(BOB)).hasSize((int) accepted);
        assertThat(items).filteredOn(item -> item.by().equals(Owner.ALICE)).hasSize(30);
    }

    @Test
    void nameRestsForAsLongAsTheServerIsSetTo() throws Exception {
        alice.ask(Ok.class, Owner.delete("alice"));
        assertThat(alice.ask(Failure.class, Owner.signUp("other")).code()).isEqualTo(ErrorCode.NAME_TAKEN);
        try (TestServer brief = TestServer.limited(limits -> limits.nameRest(java.time.Duration.ofSeconds(1)))) {
            RawClient owner = brief.signedUp("alice");
            owner.ask(Ok.class, Owner.put("alice", 0, 7, Owner.vault(10)));
            owner.ask(Ok.class, Owner.delete("alice"));
            Thread.sleep(1_100);
            owner.ask(Session.class, Owner.signUp("other"));
            assertThat(owner.ask(VaultIs.class, VaultGet::new).vault()).isEqualTo(Bytes.EMPTY);
        }
    }

    @Test
    void deletionWithASecretThatWasChangedMeanwhileDeletesNothing() throws Exception {
        try (TestServer slow = TestServer.start(options -> options.hashCost(new HashCost(8)))) {
            RawClient owner = slow.signedUp("alice");
            RawClient thief = Owner.device(slow, 2, "alice");
            long change = owner.begin(Owner.change("alice", "new", 0, 1, Owner.vault(10)));
            boolean deleted = false;
            try {
                deleted = thief.await(thief.begin(Owner.delete("alice"))) instanceof Ok;
            } catch (AssertionError closed) {
                thief.awaitClosed();
            }
            RawClient late = slow.client();
            late.hello();
            boolean changed = isSession(owner, change);
            assertThat(changed).isNotEqualTo(deleted);
            assertThat(late.await(late.begin(Owner.logIn(3, "new"))) instanceof Session)
                    .isEqualTo(changed);
        }
    }

    private static boolean isSession(RawClient client, long request) {
        try {
            return client.await(request) instanceof Session;
        } catch (AssertionError closed) {
            return false;
        }
    }
}
