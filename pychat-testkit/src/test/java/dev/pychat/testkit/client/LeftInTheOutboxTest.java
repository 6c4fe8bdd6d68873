package dev.pychat.testkit.client;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pychat.client.ClientState;
import dev.pychat.client.Receipt;
import dev.pychat.store.memory.MemoryClientStores;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What a client leaves in its outbox when it is closed, and what the next one over the same stores says of it. */
class LeftInTheOutboxTest {

    private World world;
    private Person bob;
    private FailingStores device;
    private Person alice;

    @BeforeEach
    void start() throws Exception {
        world = World.start();
        bob = world.signUp("bob");
        device = new FailingStores(new MemoryClientStores());
        alice = world.connect("alice", device, world.transport());
        alice.client().signUp(alice.user(), World.passphrase("alice"));
        alice.say(bob, "before");
        alice.awaitAccepted();
    }

    @AfterEach
    void stop() {
        world.close();
    }

    private List<Receipt> leave(int messages) throws Exception {
        world.stopServer();
        Person.await(() -> !(alice.client().state() instanceof ClientState.Online), () -> "still online");
        List<Receipt> receipts = new ArrayList<>();
        for (int i = 1; i <= messages; i++) {
            receipts.add(alice.say(bob, "left " + i));
        }
        alice.close();
        return receipts;
    }

    @Test
    void nothingIsCalledAcceptedBeforeItIsRead() throws Exception {
        leave(1);
        world.startServerAgain();
        device.transcripts().breakDown();
        Person back = world.logIn("alice", device);
        assertThat(back.client().awaitAccepted(Duration.ofMillis(1))).isFalse();
        device.transcripts().mend();
        back.awaitAccepted();
        assertThat(back.client().pending()).isEmpty();
        bob.awaitTold(2);
    }

    @Test
    void whatIsInTheOutboxIsCalledKept() throws Exception {
        for (Receipt receipt : leave(200)) {
            receipt.kept().toCompletableFuture().get(20, TimeUnit.SECONDS);
        }
        assertThat(device.copy().outbox(DeviceKeys.account(alice)).load())
                .singleElement()
                .satisfies(lane -> assertThat(lane.entries()).hasSize(200));
    }
}
