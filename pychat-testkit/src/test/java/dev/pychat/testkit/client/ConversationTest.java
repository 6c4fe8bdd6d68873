package dev.pychat.testkit.client;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pychat.client.Acceptance;
import dev.pychat.client.ChatMessage;
import dev.pychat.client.MailboxEntry;
import dev.pychat.client.Receipt;
import dev.pychat.model.Bytes;
import dev.pychat.model.Content;
import dev.pychat.model.Position;
import dev.pychat.wire.InboxEntry;
import dev.pychat.wire.InboxPage;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ConversationTest {

    private static final long EXAGGERATED = 99;

    private World world;

    @BeforeEach
    void start() throws Exception {
        world = World.start();
    }

    @AfterEach
    void stop() {
        world.close();
    }

    @Test
    void messagesGoBothWaysLive() throws Exception {
        Person alice = world.signUp("alice");
        Person bob = world.signUp("bob");
        Receipt receipt = alice.say(bob, "hello");
        Acceptance accepted = receipt.accepted().toCompletableFuture().get(120, TimeUnit.SECONDS);
        assertThat(accepted.position()).isEqualTo(Position.FIRST);
        assertThat(accepted.id()).isEqualTo(receipt.id());

        bob.awaitTold(1);
        bob.say(alice, "hello yourself");
        alice.awaitTold(2);
        bob.awaitTold(2);
        assertThat(alice.textsTold()).containsExactly("alice: hello", "bob: hello yourself");
        assertThat(bob.textsTold()).isEqualTo(alice.textsTold());
        noFindings(alice, bob);
    }

    @Test
    void messagesWrittenWhileThePeerIsAwayWaitForIt() throws Exception {
        Person alice = world.signUp("alice");
        Person bob = world.signUp("bob");
        bob.close();
        alice.say(bob, "one");
        alice.say(bob, "two");
        alice.awaitAccepted();

        Person back = world.logIn("bob", bob.stores());
        List<MailboxEntry> mailbox = back.client().mailbox();
        assertThat(mailbox).singleElement().satisfies(entry -> {
            assertThat(entry.peer()).isEqualTo(alice.user());
            assertThat(entry.unread()).isEqualTo(2);
            assertThat(entry.head()).isEqualTo(new Position(2));
        });
        back.awaitTold(2);
        assertThat(back.textsTold()).containsExactly("alice: one", "alice: two");
        assertThat(Person.texts(back.history(alice))).containsExactly("alice: one", "alice: two");
        noFindings(alice, back);
    }

    @Test
    void readMarkerThatWasMovedJustBeforeLeavingIsKept() throws Exception {
        Person alice = world.signUp("alice");
        Person bob = world.signUp("bob");
        for (int i = 1; i <= 10; i++) {
            alice.say(bob, "message " + i);
            bob.awaitTold(1);
            bob.with(alice).markRead(new Position(i));
            bob.close();

            bob = world.logIn("bob", bob.stores());
            assertThat(bob.client().mailbox()).extracting(MailboxEntry::unread).containsExactly(0L);
        }
    }

    @Test
    void controlContentArrivesAndCountsAsNoUnreadMessage() throws Exception {
        Person alice = world.signUp("alice");
        Person bob = world.signUp("bob");
        alice.with(bob).send(new Content(Content.FIRST_CONTROL, Bytes.EMPTY));
        alice.say(bob, "text");
        bob.awaitTold(2);
        alice.awaitAccepted();
        assertThat(bob.with(alice).unread()).isEqualTo(1);
        Person.await(() -> unreadAtServer(bob) == 1, () -> "unread at the server: " + unreadAtServer(bob));
        noFindings(alice, bob);
    }

    @Test
    void controlContentCountsAsNoUnreadMessageAfterARestartEither() throws Exception {
        Person alice = world.signUp("alice");
        Person bob = world.signUp("bob");
        alice.with(bob).send(new Content(Content.FIRST_CONTROL, Bytes.EMPTY));
        alice.say(bob, "text");
        bob.awaitTold(2);
        bob.close();
        FaultyTransport exaggerating = new FaultyTransport(world.transport());
        exaggerating.incoming(frame -> Optional.of(frame instanceof InboxPage page ? exaggerated(page) : frame));
        Person back = world.connect("bob", bob.stores(), exaggerating);
        back.client().logIn(back.user(), World.passphrase("bob"));
        Person.await(
                () -> unreadHere(back, alice) != EXAGGERATED && unreadHere(back, alice) != 0,
                () -> "unread here: " + unreadHere(back, alice));
        assertThat(unreadHere(back, alice)).isEqualTo(1);
    }

    /** So the server's count shows for as long as this device has not counted itself. */
    private static InboxPage exaggerated(InboxPage page) {
        List<InboxEntry> entries = page.entries().stream()
                .map(entry -> new InboxEntry(entry.with(), entry.head(), EXAGGERATED, entry.read(), entry.time()))
                .toList();
        return new InboxPage(page.re(), entries, page.more());
    }

    @Test
    void unreadCountsFollowTheReadMarker() throws Exception {
        Person alice = world.signUp("alice");
        Person bob = world.signUp("bob");
        for (int i = 1; i <= 5; i++) {
            alice.say(bob, "message " + i);
        }
        bob.say(alice, "from bob");
        bob.awaitTold(6);
        alice.awaitAccepted();
        assertThat(bob.with(alice).unread()).isEqualTo(5);
        Position third = bob.told().stream()
                .filter(message -> !message.mine())
                .map(ChatMessage::position)
                .toList()
                .get(2);
        bob.with(alice).markRead(third);
        assertThat(bob.with(alice).unread()).isEqualTo(2);
        assertThat(bob.with(alice).readMarker()).isEqualTo(third);
        Person.await(() -> unreadAtServer(bob) == 2, () -> "unread at the server: " + unreadAtServer(bob));

        bob.close();
        Person back = world.logIn("bob", bob.stores());
        Person.await(() -> unreadHere(back, alice) == 2, () -> "unread here: " + unreadHere(back, alice));
        alice.say(back, "one more");
        back.awaitTold(1);
        assertThat(unreadHere(back, alice)).isEqualTo(3);
    }

    @Test
    void bothSidesSeeOneOrderWhenBothSendAtOnce() throws Exception {
        Person alice = world.signUp("alice");
        Person bob = world.signUp("bob");
        for (int i = 1; i <= 200; i++) {
            alice.say(bob, "a" + i);
            bob.say(alice, "b" + i);
        }
        alice.awaitTold(400);
        bob.awaitTold(400);
        assertThat(alice.textsTold()).isEqualTo(bob.textsTold()).doesNotHaveDuplicates();
        assertThat(alice.told()).extracting(ChatMessage::position).isSorted().doesNotHaveDuplicates();
        assertThat(alice.textsTold())
                .filteredOn(text -> text.startsWith("alice"))
                .first()
                .isEqualTo("alice: a1");
        noFindings(alice, bob);
    }

    private static long unreadAtServer(Person person) {
        try {
            return person.client().mailbox().get(0).unread();
        } catch (Exception e) {
            throw new AssertionError(e);
        }
    }

    private static long unreadHere(Person person, Person peer) {
        try {
            return person.with(peer).unread();
        } catch (Exception e) {
            throw new AssertionError(e);
        }
    }

    static void noFindings(Person... people) {
        for (Person person : people) {
            assertThat(person.told())
                    .as("%s", person.user())
                    .allSatisfy(message -> assertThat(message.findings()).isEmpty());
            assertThat(person.notices()).isEmpty();
        }
    }
}
