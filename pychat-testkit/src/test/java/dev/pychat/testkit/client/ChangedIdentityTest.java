package dev.pychat.testkit.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pychat.client.ChatMessage;
import dev.pychat.client.IdentityChangedException;
import dev.pychat.client.Receipt;
import dev.pychat.envelope.Finding;
import dev.pychat.envelope.FindingCode;
import dev.pychat.model.Bytes;
import dev.pychat.model.Position;
import dev.pychat.store.OutboxEntry;
import dev.pychat.wire.Bundle;
import dev.pychat.wire.ClientFrame;
import dev.pychat.wire.ErrorCode;
import dev.pychat.wire.Failure;
import dev.pychat.wire.GetBundle;
import dev.pychat.wire.Ok;
import dev.pychat.wire.PutBundle;
import dev.pychat.wire.ServerFrame;
import dev.pychat.wire.VaultGet;
import dev.pychat.wire.VaultIs;
import dev.pychat.wire.VaultPut;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * The server hands out a bundle of somebody else for a peer who is pinned, and lets that somebody write under the peer's name.
 */
class ChangedIdentityTest {

    private final AtomicInteger answers = new AtomicInteger();
    private volatile boolean forging;
    private World world;
    private Person bob;
    private Person impostor;
    private Bytes forged;
    private FaultyTransport lying;
    private Person alice;

    @BeforeEach
    void start() throws Exception {
        world = World.start();
        bob = world.signUp("bob");
        Person before = world.signUp("alice");
        before.say(bob, "before");
        bob.awaitTold(1);
        bob.say(before, "I am Bob");
        before.awaitTold(2);
        before.close();

        impersonate();
        lying = new FaultyTransport(world.transport());
        lying.incoming(this::forge);
        alice = world.connect("alice", before.stores(), lying);
        alice.client().logIn(alice.user(), World.passphrase("alice"));
    }

    @AfterEach
    void stop() {
        world.close();
    }

    /** Logs somebody else in as Bob; the server takes the other bundle for itself and goes on giving out Bob's. */
    private void impersonate() throws Exception {
        CompletableFuture<Bytes> published = new CompletableFuture<>();
        FaultyTransport helping = new FaultyTransport(world.transport());
        helping.outgoing(frame -> aside(helping, frame, published));
        impostor = world.connect("bob", DeviceKeys.ofAnotherIdentity(bob), helping);
        impostor.client().logIn(impostor.user(), World.passphrase("bob"));
        forged = published.get(120, TimeUnit.SECONDS);
    }

    private static Optional<ClientFrame> aside(
            FaultyTransport helping, ClientFrame frame, CompletableFuture<Bytes> published) {
        Optional<ServerFrame> answer = instead(frame, published);
        answer.ifPresent(helping::deliver);
        return answer.isPresent() ? Optional.empty() : Optional.of(frame);
    }

    /** An account without keys is what the impostor finds, and the keys that it leaves go nowhere. */
    private static Optional<ServerFrame> instead(ClientFrame frame, CompletableFuture<Bytes> published) {
        if (frame instanceof PutBundle put) {
            published.complete(put.bundle());
            return Optional.of(new Ok(put.id(), Position.NONE, Position.NONE));
        }
        if (frame instanceof VaultGet get) {
            return Optional.of(new VaultIs(get.id(), 0, Bytes.EMPTY));
        }
        if (frame instanceof VaultPut put) {
            return Optional.of(new Ok(put.id(), Position.NONE, Position.NONE));
        }
        boolean own = frame instanceof GetBundle get && get.user().value().equals("bob");
        return own
                ? Optional.of(new Failure(((GetBundle) frame).id(), ErrorCode.NO_BUNDLE, "none was published"))
                : Optional.empty();
    }

    private Optional<ServerFrame> forge(ServerFrame frame) {
        if (!(frame instanceof Bundle answer) || !answer.user().equals(bob.user())) {
            return Optional.of(frame);
        }
        answers.incrementAndGet();
        return Optional.of(
                forging ? new Bundle(answer.re(), answer.user(), answer.serial(), answer.time(), forged) : answer);
    }

    @Test
    void nothingIsSentToTheOtherIdentityUntilTheServerGivesOutTheRightOneAgain() throws Exception {
        forging = true;
        Receipt written = alice.say(bob, "written before it was seen");
        awaitNotice();
        assertThatThrownBy(() -> alice.say(bob, "written after"))
                .isInstanceOf(IdentityChangedException.class)
                .hasMessageStartingWith("The identity of bob has changed. Either bob lost the old keys")
                .hasMessageContaining("Nothing is sent to bob until you accept it");
        reconnect();
        assertThat(lying.submitted()).isEmpty();
        assertThat(written.accepted().toCompletableFuture()).isNotDone();
        assertThat(outbox()).singleElement().isInstanceOf(OutboxEntry.Draft.class);
        assertThat(alice.changes()).hasSize(1);

        forging = false;
        reconnect();
        alice.awaitAccepted();
        alice.say(bob, "all is well");
        bob.awaitTold(4);
        assertThat(bob.textsTold())
                .containsExactly(
                        "alice: before", "bob: I am Bob", "alice: written before it was seen", "alice: all is well");
        ConversationTest.noFindings(bob);
    }

    @Test
    void messagesOfTheOtherIdentityAreFindingsAndTheRestGoesOn() throws Exception {
        impostor.say(alice, "send me money");
        impostor.say(alice, "now");
        alice.awaitTold(2);
        bob.say(alice, "I am still Bob");
        alice.awaitTold(3);
        alice.say(bob, "good to know");
        alice.awaitTold(4);

        for (ChatMessage forgery : alice.told().subList(0, 2)) {
            assertThat(forgery.content()).isEmpty();
            assertThat(forgery.findings()).extracting(Finding::code).containsExactly(FindingCode.UNPINNED_IDENTITY);
        }
        assertThat(alice.textsTold().subList(2, 4)).containsExactly("bob: I am still Bob", "alice: good to know");
        assertThat(alice.told().subList(2, 4))
                .allSatisfy(message -> assertThat(message.findings()).isEmpty());
        assertThat(alice.history(bob).subList(2, 6)).isEqualTo(alice.told());
        bob.awaitTold(6);
        assertThat(bob.textsTold().get(5)).isEqualTo("alice: good to know");
    }

    @Test
    void historyOfTheRightIdentityStaysReadableAndIsReceivedWhileTheServerLies() throws Exception {
        forging = true;
        alice.say(bob, "kept back");
        awaitNotice();
        bob.say(alice, "can you read me?");
        alice.awaitTold(1);
        assertThat(alice.textsTold()).containsExactly("bob: can you read me?");
        assertThat(Person.texts(alice.history(bob)))
                .containsExactly("alice: before", "bob: I am Bob", "bob: can you read me?");
    }

    private void awaitNotice() {
        Person.await(() -> !alice.changes().isEmpty(), () -> "nothing was told");
    }

    /** A new connection asks for the bundle again; what is read behind the answer says that it was looked at. */
    private void reconnect() throws Exception {
        int before = answers.get();
        lying.cut();
        Person.await(() -> answers.get() > before, () -> "the bundle was not asked for again");
        alice.history(bob);
    }

    private List<OutboxEntry> outbox() throws Exception {
        return alice.stores().outbox(DeviceKeys.account(alice)).load().stream()
                .flatMap(lane -> lane.entries().stream())
                .toList();
    }
}
