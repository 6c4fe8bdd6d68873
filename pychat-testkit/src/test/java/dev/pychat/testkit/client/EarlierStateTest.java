package dev.pychat.testkit.client;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pychat.model.Position;
import dev.pychat.testkit.liar.Lies;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The server goes on from an earlier state than the one that Bob's device holds. */
class EarlierStateTest {

    private Scene scene;

    @BeforeEach
    void start() throws Exception {
        scene = new Scene();
    }

    @AfterEach
    void stop() {
        scene.close();
    }

    @Test
    void earlierStateIsNoticedAtOnceAndFoundAtThePeersNextMessage() throws Exception {
        scene.says(scene.alice, "three");
        scene.says(scene.alice, "four");
        scene.liar.tell(scene.bob.user(), scene.alice.user(), Lies.rollBack(new Position(2), new Position(4)));
        scene.bob.close();
        Person bob = scene.world.logIn("bob", scene.bob.stores());
        Person.await(() -> !bob.notices().isEmpty(), () -> "nothing was noticed");
        assertThat(bob.notices()).singleElement().asString().contains("the server has lost messages");

        for (String text : List.of("five", "six", "seven")) {
            int before = scene.alice.told().size();
            scene.alice.say(bob, text);
            scene.alice.awaitTold(before + 1);
        }
        bob.awaitTold(1);
        // At positions 3 and 4 this device holds others: that the server shows something else there is told once.
        assertThat(bob.awaitNotices(2)).hasSize(2);
        assertThat(bob.notices().get(1)).contains("another message at position 3");
        assertThat(Scene.texts(bob)).containsExactly("seven");
        assertThat(Scene.found(bob)).containsExactly("5 GAP", "5 VIEWS_DIFFER");
        assertThat(Person.texts(bob.history(scene.alice)))
                .containsExactly("alice: one", "bob: two", "alice: three", "alice: four", "alice: seven");
    }
}
