package dev.pychat.testkit.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pychat.client.NoConversationException;
import dev.pychat.client.Receipt;
import dev.pychat.client.RefusedException;
import dev.pychat.client.UnknownUserException;
import dev.pychat.model.Username;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Alice takes no more messages from Bob. */
class BlockingTest {

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
    void refusedMessageSaysSoAndTheConversationGoesOnAfterwards() throws Exception {
        bob.say(alice, "one");
        alice.awaitTold(1);
        alice.client().blocking().block(bob.user());
        assertThat(alice.client().blocking().list()).containsExactly(bob.user());
        Receipt refused = bob.say(alice, "two");
        assertThatThrownBy(() -> refused.accepted().toCompletableFuture().get(120, TimeUnit.SECONDS))
                .isInstanceOf(ExecutionException.class)
                .cause()
                .isInstanceOfSatisfying(
                        RefusedException.class, e -> assertThat(e.reason()).isEqualTo("blocked"))
                .hasMessage("alice does not take messages from you");
        alice.client().blocking().unblock(bob.user());
        bob.say(alice, "three");
        alice.awaitTold(2);
        assertThat(alice.textsTold()).containsExactly("bob: one", "bob: three");
        assertThat(alice.awaitTold(2))
                .allSatisfy(message -> assertThat(message.findings()).isEmpty());
    }

    @Test
    void whoCantBeBlockedIsSaid() {
        assertThatThrownBy(() -> alice.client().blocking().block(alice.user()))
                .isInstanceOf(NoConversationException.class)
                .hasMessage("you can't block yourself");
        assertThatThrownBy(() -> alice.client().blocking().block(new Username("nobody")))
                .isInstanceOf(UnknownUserException.class)
                .hasMessage("there is no user nobody");
    }
}
