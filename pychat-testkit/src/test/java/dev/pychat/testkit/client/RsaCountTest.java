package dev.pychat.testkit.client;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pychat.key.ConversationIds;
import dev.pychat.model.ConversationId;
import dev.pychat.model.EpochName;
import dev.pychat.model.Position;
import dev.pychat.model.StoredMessage;
import dev.pychat.store.MessagePage;
import dev.pychat.store.MessageReads;
import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** RSA is what an epoch costs, once for up to 256 messages: here nobody asks for it, and it is counted where the JDK does it. */
class RsaCountTest {

    private static final int EACH = 300;

    /** More than 256, so at least two for each writer; a bundle that is published meanwhile begins one more. */
    private static final int MOST_EPOCHS = 6;

    private World world;
    private Person alice;
    private Person bob;
    private CountedRsa rsa;

    @BeforeEach
    void start() throws Exception {
        world = World.start();
        alice = world.signUp("alice");
        bob = world.signUp("bob");
        rsa = CountedRsa.begin();
    }

    @AfterEach
    void stop() {
        rsa.close();
        world.close();
    }

    @Test
    void eachEpochIsWrappedTwiceAndUnwrappedOnceHoweverManyMessagesItHas() throws Exception {
        for (int i = 0; i < EACH; i++) {
            alice.say(bob, "from alice");
            bob.say(alice, "from bob");
        }
        alice.awaitTold(2 * EACH);
        bob.awaitTold(2 * EACH);
        int epochs = epochs().size();
        assertThat(epochs).isBetween(4, MOST_EPOCHS);
        assertThat(rsa.publicOperations()).isEqualTo(2L * epochs);
        assertThat(rsa.privateOperations()).isEqualTo(epochs);
    }

    @Test
    void messageInAnOpenEpochNeedsNone() throws Exception {
        alice.say(bob, "begins the epoch");
        bob.awaitTold(1);
        alice.awaitTold(1);
        long before = rsa.publicOperations() + rsa.privateOperations();
        for (int i = 0; i < 200; i++) {
            alice.say(bob, "in it");
        }
        bob.awaitTold(201);
        assertThat(epochs()).hasSize(1);
        assertThat(rsa.publicOperations() + rsa.privateOperations()).isEqualTo(before);
    }

    @Test
    void historyThatWaitedIsOpenedWithOneOperationForEachEpochAndReadAgainWithNone() throws Exception {
        bob.close();
        for (int i = 0; i < EACH; i++) {
            alice.say(bob, "while bob is away");
        }
        alice.awaitAccepted();
        Person back = world.logIn("bob", bob.stores());
        back.awaitTold(EACH);
        assertThat(epochs()).hasSizeBetween(2, MOST_EPOCHS);
        assertThat(rsa.privateOperations()).isEqualTo(epochs().size());

        back.close();
        Person again = world.logIn("bob", bob.stores());
        assertThat(again.with(alice).history(Position.NONE, 256).messages()).hasSize(256);
        assertThat(rsa.privateOperations()).isEqualTo(epochs().size());
    }

    /** Those that the server's messages name. */
    private Set<EpochName> epochs() throws Exception {
        ConversationId conversation = ConversationIds.of(world.stores().realm(), alice.user(), bob.user());
        Set<EpochName> names = new HashSet<>();
        Position last = Position.NONE;
        MessagePage page;
        do {
            page = world.stores().messages().since(conversation, last, MessageReads.MAX_PAGE);
            for (StoredMessage message : page.messages()) {
                names.add(message.epoch());
                last = message.position();
            }
        } while (!last.equals(page.head()));
        return names;
    }
}
