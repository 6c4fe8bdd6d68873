package dev.pychat.testkit.client;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pychat.envelope.Finding;
import dev.pychat.envelope.FindingCode;
import dev.pychat.model.Username;
import dev.pychat.store.memory.MemoryClientStores;
import dev.pychat.wire.Message;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The server names another sender than the one who sealed a message. */
class AttributionTest {

    private World world;
    private Person alice;
    private Person bob;

    @BeforeEach
    void start() throws Exception {
        world = World.start();
        alice = world.signUp("alice");
        FaultyTransport lying = new FaultyTransport(world.transport());
        bob = world.connect("bob", new MemoryClientStores(), lying);
        bob.client().signUp(bob.user(), World.passphrase("bob"));
        lying.incoming(
                frame -> Optional.of(frame instanceof Message push ? sentBy(new Username("mallory"), push) : frame));
    }

    @AfterEach
    void stop() {
        world.close();
    }

    @Test
    void messageServedAsAThirdPersonsIsNotShownAsHis() throws Exception {
        alice.say(bob, "hello");
        bob.awaitTold(1);
        assertThat(bob.told().get(0).findings()).extracting(Finding::code).containsExactly(FindingCode.RE_ATTRIBUTED);
        assertThat(bob.told().get(0).text()).isEmpty();
    }

    @Test
    void ownMessageServedAsAThirdPersonsIsNotShownAsHis() throws Exception {
        bob.say(alice, "hello");
        bob.awaitTold(1);
        assertThat(bob.told().get(0).findings()).extracting(Finding::code).containsExactly(FindingCode.RE_ATTRIBUTED);
        assertThat(bob.told().get(0).text()).isEmpty();
    }

    private static Message sentBy(Username sender, Message frame) {
        return new Message(
                frame.re(),
                frame.with(),
                frame.first(),
                frame.items().stream().map(item -> sentBy(sender, item)).toList(),
                frame.headers(),
                frame.more());
    }

    private static Message.Item sentBy(Username sender, Message.Item item) {
        return new Message.Item(
                item.id(),
                sender,
                item.lane(),
                item.epoch(),
                item.ordinal(),
                item.quiet(),
                item.time(),
                item.envelope());
    }
}
