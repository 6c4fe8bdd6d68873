package dev.pychat.testkit.client;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pychat.client.Acceptance;
import dev.pychat.client.Receipt;
import dev.pychat.model.MessageId;
import dev.pychat.model.Position;
import dev.pychat.testkit.liar.AnswerLie;
import dev.pychat.wire.Accepted;
import dev.pychat.wire.Ok;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The server answers a submitted message with what can't be its answer: that counts for nothing. */
class AcceptedLiesTest {

    private Scene scene;

    @BeforeEach
    void start() throws Exception {
        scene = new Scene();
    }

    @AfterEach
    void stop() {
        scene.close();
    }

    private static AnswerLie says(MessageId other) {
        return truth -> truth instanceof Accepted told
                ? new Accepted(
                        told.answered(),
                        told.items().stream().map(item -> named(item, other)).toList())
                : truth;
    }

    private static Accepted.Item named(Accepted.Item item, MessageId other) {
        return new Accepted.Item(other, item.position(), item.ordinal(), item.time(), item.duplicate());
    }

    private Acceptance acceptedAsItIs(Receipt receipt) throws Exception {
        Acceptance acceptance = receipt.accepted().toCompletableFuture().get(120, TimeUnit.SECONDS);
        assertThat(acceptance.id()).isEqualTo(receipt.id());
        assertThat(acceptance.id()).isEqualTo(scene.truth(3).item().id());
        assertThat(acceptance.position()).isEqualTo(new Position(3));
        return acceptance;
    }

    @Test
    void placeOfAnotherMessageIsNotTakenForItsOwn() throws Exception {
        scene.liar.answer(scene.alice.user(), says(scene.truth(1).item().id()));
        acceptedAsItIs(scene.alice.say(scene.bob, "three"));
        assertThat(scene.alice.awaitNotices(1)).singleElement().asString().contains("Distrust the server");
        scene.liar.beHonest();
        assertThat(Person.texts(scene.alice.history(scene.bob)))
                .containsExactly("alice: one", "bob: two", "alice: three");
    }

    @Test
    void answerOfAnotherKindIsNone() throws Exception {
        scene.liar.answer(
                scene.alice.user(),
                truth -> truth instanceof Accepted told
                        ? new Ok(told.answered().get(0), Position.NONE, Position.NONE)
                        : truth);
        acceptedAsItIs(scene.alice.say(scene.bob, "three"));
        assertThat(scene.alice.awaitNotices(1)).singleElement().asString().contains("another kind of answer");
        scene.liar.beHonest();
        scene.says(scene.bob, "four");
        assertThat(List.of(Scene.texts(scene.alice), Scene.texts(scene.bob)))
                .containsOnly(List.of("one", "two", "three", "four"));
    }
}
