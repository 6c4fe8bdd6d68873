package dev.pychat.testkit.client;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pychat.client.Pending;
import dev.pychat.client.PendingMessage;
import dev.pychat.client.Receipt;
import dev.pychat.client.RefusedException;
import dev.pychat.store.StoreException;
import dev.pychat.store.memory.MemoryClientStores;
import dev.pychat.testkit.client.Fault.Kind;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What waits in the outbox can be asked for, and whether it is there at all. */
class PendingTest {

    private final FailingStores device = new FailingStores(new MemoryClientStores());
    private World world;
    private Person bob;
    private Person alice;

    @BeforeEach
    void start() throws Exception {
        world = World.start();
        bob = world.signUp("bob");
        alice = world.connect("alice", device, world.transport());
        alice.client().signUp(alice.user(), World.passphrase("alice"));
    }

    @AfterEach
    void stop() {
        world.close();
    }

    private Pending toBob() throws Exception {
        return alice.client().conversation(bob.user()).pending();
    }

    @Test
    void messageIsKeptBeforeTheServerKnowsOfItAndPendingUntilItIsAccepted() throws Exception {
        alice.say(bob, "before");
        alice.awaitAccepted();
        world.stopServer();
        Receipt receipt = alice.say(bob, "in between");
        receipt.kept().toCompletableFuture().get(120, TimeUnit.SECONDS);
        assertThat(receipt.accepted().toCompletableFuture()).isNotDone();
        assertThat(alice.client().pending()).singleElement().satisfies(waiting -> {
            assertThat(waiting.peer()).isEqualTo(bob.user());
            assertThat(waiting.messages()).extracting(PendingMessage::id).containsExactly(receipt.id());
            assertThat(waiting.messages().get(0).content().asText()).contains("in between");
        });
        world.startServerAgain();
        receipt.accepted().toCompletableFuture().get(120, TimeUnit.SECONDS);
        assertThat(toBob()).isEqualTo(new Pending(bob.user(), List.of(), Optional.empty()));
        assertThat(alice.client().pending()).isEmpty();
    }

    @Test
    void storeThatDoesNotTakeAMessageIsTheCauseWhyItIsNotKept() throws Exception {
        device.outbox().fail(Kind.REFUSED, 1);
        CompletableFuture<Void> kept = alice.say(bob, "lost").kept().toCompletableFuture();
        assertThat(kept)
                .failsWithin(Person.PATIENCE)
                .withThrowableThat()
                .havingCause()
                .isInstanceOf(RefusedException.class)
                .withCauseInstanceOf(StoreException.class);
        assertThat(toBob().messages()).isEmpty();
    }

    @Test
    void storeThatDoesNotTakeThePinIsTheObstacleUntilItDoes() throws Exception {
        device.pins().failForEver(Kind.REFUSED);
        Receipt receipt = alice.say(bob, "first contact");
        receipt.kept().toCompletableFuture().get(120, TimeUnit.SECONDS);
        Person.await(() -> !alice.notices().isEmpty(), () -> "nobody is told");
        assertThat(toBob().obstacle()).get().isInstanceOf(StoreException.class);
        assertThat(toBob().messages()).hasSize(1);
        device.pins().mend();
        receipt.accepted().toCompletableFuture().get(120, TimeUnit.SECONDS);
        assertThat(toBob().obstacle()).isEmpty();
    }
}
