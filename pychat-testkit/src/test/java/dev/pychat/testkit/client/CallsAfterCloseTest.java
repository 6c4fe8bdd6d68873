package dev.pychat.testkit.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pychat.client.ChatClient;
import dev.pychat.client.ClientState;
import dev.pychat.client.ClosedException;
import dev.pychat.client.Conversation;
import dev.pychat.client.Disclosure;
import dev.pychat.client.PeerIdentity;
import dev.pychat.crypto.secret.Passphrase;
import dev.pychat.model.Position;
import java.io.OutputStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A client that was closed says so, whatever it is asked. */
class CallsAfterCloseTest {

    private World world;
    private Person alice;
    private Person bob;

    @BeforeEach
    void start() throws Exception {
        world = World.start();
        alice = world.signUp("alice");
        bob = world.signUp("bob");
    }

    @AfterEach
    void stop() {
        world.close();
    }

    @Test
    void everyCallThatAsksForSomethingSaysThatTheClientIsClosed() throws Exception {
        Conversation conversation = alice.with(bob);
        PeerIdentity identity = conversation.identity();
        Passphrase passphrase = World.passphrase("alice");
        ChatClient client = alice.client();
        alice.close();
        List<ThrowingCallable> calls = new ArrayList<>(List.of(
                () -> client.awaitAccepted(Duration.ZERO),
                () -> client.signUp(alice.user(), passphrase),
                () -> client.logIn(alice.user(), passphrase),
                () -> client.logInAfterChange(alice.user(), passphrase, passphrase),
                () -> client.recovery().signUp(alice.user(), passphrase),
                () -> client.recovery().isSet(),
                () -> client.recovery().renew(passphrase),
                () -> client.recovery().remove(passphrase),
                () -> client.users("", "", 1),
                client::mailbox,
                () -> client.conversation(bob.user()),
                () -> client.changePassphrase(passphrase, passphrase),
                () -> client.resetIdentity(passphrase, passphrase),
                () -> client.deleteAccount(passphrase),
                client::rotateKeys,
                client::pending));
        calls.addAll(List.of(
                () -> conversation.sendText("late"),
                () -> conversation.history(Position.NONE, 1),
                conversation::pending,
                () -> conversation.markRead(Position.FIRST),
                conversation::identity,
                () -> conversation.verify(identity.safetyNumber()),
                conversation::unverify,
                () -> conversation.acceptIdentity(identity.fingerprint()),
                () -> conversation.writeEvidence(OutputStream.nullOutputStream(), Disclosure.NO_SECRETS)));
        assertThat(calls).allSatisfy(call -> assertThatThrownBy(call).isInstanceOf(ClosedException.class));
    }

    @Test
    void whoWaitsForTheServerToAcceptIsToldWhenTheClientIsClosed() throws Exception {
        world.stopServer();
        Person.await(() -> !(alice.client().state() instanceof ClientState.Online), () -> "still online");
        alice.say(bob, "left in the outbox");
        CompletableFuture<Optional<Throwable>> waited = CompletableFuture.supplyAsync(this::outcomeOfWaiting);
        alice.close();
        assertThat(waited.get(120, TimeUnit.SECONDS)).containsInstanceOf(ClosedException.class);
    }

    private Optional<Throwable> outcomeOfWaiting() {
        try {
            alice.client().awaitAccepted(Duration.ofHours(1));
            return Optional.empty();
        } catch (Throwable e) {
            return Optional.of(e);
        }
    }
}
