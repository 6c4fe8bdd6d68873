package dev.pychat.testkit.client;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pychat.client.ChatMessage;
import dev.pychat.crypto.open.Sha256;
import dev.pychat.envelope.Finding;
import dev.pychat.envelope.FindingCode;
import dev.pychat.model.Bytes;
import dev.pychat.model.Envelope;
import dev.pychat.model.EpochName;
import dev.pychat.model.LaneId;
import dev.pychat.model.MessageId;
import dev.pychat.model.Position;
import dev.pychat.store.memory.MemoryClientStores;
import dev.pychat.wire.PutEpoch;
import dev.pychat.wire.Submit;
import java.security.SecureRandom;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A program that skips the library writes into the conversation. */
class GarbageTest {

    private static final long FAR_AWAY = 1L << 40;

    private final SecureRandom random = new SecureRandom();
    private World world;

    @BeforeEach
    void start() throws Exception {
        world = World.startOverTls();
    }

    @AfterEach
    void stop() {
        world.close();
    }

    @Test
    void garbageIsAFindingAndTheChatGoesOn() throws Exception {
        Person bob = world.signUp("bob");
        FaultyTransport wire = new FaultyTransport(world.transport());
        Person alice = world.connect("alice", new MemoryClientStores(), wire);
        alice.client().signUp(alice.user(), World.passphrase("alice"));
        alice.say(bob, "before");
        bob.awaitTold(1);

        injectGarbage(wire, bob);
        bob.awaitTold(2);
        alice.awaitTold(2);
        alice.say(bob, "after");
        bob.awaitTold(3);
        bob.say(alice, "I saw garbage");
        alice.awaitTold(4);
        bob.awaitTold(4);

        for (List<ChatMessage> told : List.of(alice.told(), bob.told())) {
            assertThat(told.get(1).content()).isEmpty();
            assertThat(told.get(1).findings()).extracting(Finding::code).containsExactly(FindingCode.MALFORMED);
            assertThat(told)
                    .filteredOn(message -> !message.position().equals(new Position(2)))
                    .allSatisfy(message -> assertThat(message.findings()).isEmpty())
                    .extracting(message -> message.text().orElseThrow())
                    .containsExactly("before", "after", "I saw garbage");
        }
        assertThat(bob.history(alice)).isEqualTo(bob.told());
    }

    private void injectGarbage(FaultyTransport wire, Person bob) {
        Bytes header = Bytes.random(random, 200);
        EpochName epoch = new EpochName(Sha256.of(header));
        Bytes garbage = Bytes.random(random, 500);
        wire.inject(new PutEpoch(FAR_AWAY, bob.user(), epoch, header));
        wire.inject(new Submit(
                FAR_AWAY + 1,
                bob.user(),
                MessageId.random(random),
                Sha256.of(garbage),
                epoch,
                LaneId.random(random),
                MessageId.NONE,
                Position.FIRST,
                false,
                new Envelope(garbage)));
    }
}
