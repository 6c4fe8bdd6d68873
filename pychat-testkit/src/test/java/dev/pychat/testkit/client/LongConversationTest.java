package dev.pychat.testkit.client;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pychat.client.ChatMessage;
import dev.pychat.envelope.Finding;
import dev.pychat.envelope.FindingCode;
import dev.pychat.store.memory.MemoryClientStores;
import dev.pychat.wire.Accepted;
import dev.pychat.wire.Message;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Thousands of messages come between what a device knew and what it finds. */
class LongConversationTest {

    private static final int GARBAGE_EVERY = 100;

    private World world;
    private Person bob;

    @BeforeEach
    void start() throws Exception {
        world = World.start();
        bob = world.signUp("bob");
    }

    @AfterEach
    void stop() {
        world.close();
    }

    /** Two messages were stored and never answered; the first of them, which is sent again, is not the lane's last. */
    @Test
    void retryThatIsNotTheLanesLastAfterFiveThousandMessagesOfThePeer() throws Exception {
        FaultyTransport wire = new FaultyTransport(world.transport());
        Person alice = world.connect("alice", new MemoryClientStores(), wire);
        alice.client().signUp(alice.user(), World.passphrase("alice"));
        alice.say(bob, "one");
        alice.awaitAccepted();
        bob.awaitTold(1);
        wire.incoming(
                frame -> frame instanceof Accepted || frame instanceof Message ? Optional.empty() : Optional.of(frame));
        alice.say(bob, "two");
        alice.say(bob, "three");
        bob.awaitTold(3);
        MemoryClientStores copy = ((MemoryClientStores) alice.stores()).copy();
        alice.close();
        bob.close();
        try (Bulk bulk = new Bulk(world, bob, alice)) {
            bulk.write(5_000);
        }

        Person back = world.logIn("alice", copy);
        back.say(bob, "four");
        back.awaitAccepted();
        List<ChatMessage> told = back.awaitTold(5_003);
        assertThat(told.get(told.size() - 1).text()).contains("four");
        assertThat(told).filteredOn(ChatMessage::mine).hasSize(3);
        ConversationTest.noFindings(back);
    }

    @Test
    void deviceWithAnEmptyTranscriptReadsTenThousandMessagesWithGarbageAmongThem() throws Exception {
        Person alice = world.signUp("alice");
        bob.close();
        try (Bulk bulk = new Bulk(world, alice, bob)) {
            for (int i = 0; i < 10_000 / GARBAGE_EVERY; i++) {
                bulk.write(GARBAGE_EVERY - 1);
                bulk.garbage();
            }
        }

        Person late = world.logIn("bob", new MemoryClientStores());
        List<ChatMessage> told = late.awaitTold(10_000);
        for (ChatMessage message : told) {
            boolean garbage = message.position().value() % GARBAGE_EVERY == 0;
            assertThat(message.text().isPresent()).isNotEqualTo(garbage);
            assertThat(message.findings())
                    .extracting(Finding::code)
                    .isEqualTo(garbage ? List.of(FindingCode.MALFORMED) : List.of());
        }
        assertThat(told.get(9_998).text()).contains("bulk 9900");
        assertThat(late.notices()).isEmpty();
    }
}
