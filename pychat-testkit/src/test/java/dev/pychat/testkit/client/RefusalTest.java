package dev.pychat.testkit.client;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pychat.client.Receipt;
import dev.pychat.model.Position;
import dev.pychat.store.AppendResult;
import dev.pychat.store.AppendResult.Conflict;
import dev.pychat.store.AppendResult.ReadFirst;
import dev.pychat.store.AppendResult.UnknownLane;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What the sending side does about the refusals that have a remedy. */
class RefusalTest {

    private World world;

    @BeforeEach
    void start() throws Exception {
        world = World.start();
    }

    @AfterEach
    void stop() {
        world.close();
    }

    static Stream<AppendResult> refusals() {
        return Stream.of(new UnknownLane(), new ReadFirst(new Position(2)), new Conflict(new Position(1)));
    }

    @ParameterizedTest
    @MethodSource("refusals")
    void refusedMessageAndThoseBehindItArriveOnceAndInOrder(AppendResult refusal) throws Exception {
        Person alice = world.signUp("alice");
        Person bob = world.signUp("bob");
        alice.say(bob, "one");
        bob.awaitTold(1);
        bob.say(alice, "two");
        alice.awaitTold(2);

        world.messages().refuseNext(refusal);
        List<Receipt> receipts = new ArrayList<>();
        for (String text : List.of("three", "four", "five")) {
            receipts.add(alice.say(bob, text));
        }
        bob.awaitTold(5);
        alice.awaitTold(5);

        assertThat(world.messages().isWaiting()).isFalse();
        for (int i = 0; i < receipts.size(); i++) {
            var accepted = receipts.get(i).accepted().toCompletableFuture().get(20, TimeUnit.SECONDS);
            assertThat(accepted.position()).isEqualTo(new Position(3 + i));
            assertThat(accepted.id()).isEqualTo(receipts.get(i).id());
        }
        assertThat(bob.textsTold())
                .containsExactly("alice: one", "bob: two", "alice: three", "alice: four", "alice: five");
        assertThat(alice.textsTold()).isEqualTo(bob.textsTold());
        ConversationTest.noFindings(alice, bob);
    }
}
