package dev.pychat.testkit.client;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pychat.client.HistoryPage;
import dev.pychat.model.Position;
import dev.pychat.model.Username;
import dev.pychat.testkit.liar.AnswerLie;
import dev.pychat.wire.Bundle;
import dev.pychat.wire.EpochHeader;
import dev.pychat.wire.ErrorCode;
import dev.pychat.wire.Failure;
import dev.pychat.wire.Message;
import dev.pychat.wire.Ok;
import dev.pychat.wire.ServerFrame;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What a frame of messages says about all of them is wrong: whose conversation it is, and where in it they stand. */
class FrameLiesTest {

    private Scene scene;

    @BeforeEach
    void start() throws Exception {
        scene = new Scene();
    }

    @AfterEach
    void stop() {
        scene.close();
    }

    private static boolean isPush(Message frame) {
        return frame.re() == 0;
    }

    private static AnswerLie once(Predicate<Message> which, UnaryOperator<Message> change) {
        AtomicInteger times = new AtomicInteger();
        return truth -> truth instanceof Message frame
                        && !frame.items().isEmpty()
                        && which.test(frame)
                        && times.incrementAndGet() == 1
                ? change.apply(frame)
                : truth;
    }

    private static Message at(Message frame, Username with, Position first) {
        return new Message(frame.re(), with, first, frame.items(), frame.headers(), frame.more());
    }

    private void bobReadsWhatHeHolds(String why) throws Exception {
        for (int i = 0; i < 2; i++) {
            HistoryPage page = scene.bob.with(scene.alice).history(Position.NONE, 256);
            assertThat(Person.texts(page.messages())).containsExactly("alice: one", "bob: two");
            assertThat(page.gap()).hasValueSatisfying(gap -> {
                assertThat(gap.from()).isEqualTo(new Position(3));
                assertThat(gap.why()).contains(why);
            });
        }
        HistoryPage first = scene.bob.with(scene.alice).history(new Position(2), 1);
        assertThat(Person.texts(first.messages())).containsExactly("alice: one");
        assertThat(first.gap()).isEmpty();
    }

    private void bobReadsAll(String... texts) throws Exception {
        scene.bob.awaitTold(texts.length);
        assertThat(Person.texts(scene.bob.history(scene.alice))).containsExactly(texts);
        assertThat(Scene.found(scene.bob)).isEmpty();
        assertThat(scene.bob.with(scene.alice).history(Position.NONE, 256).gap())
                .isEmpty();
    }

    @Test
    void pushInAnotherConversationIsNotShownThereAndReadAgainHere() throws Exception {
        Person carol = scene.world.signUp("carol");
        scene.bob.with(carol);
        EpochHeader header =
                new EpochHeader(scene.truth(1).item().epoch(), scene.truth(1).header());
        scene.liar.answer(
                scene.bob.user(),
                once(
                        FrameLiesTest::isPush,
                        frame -> new Message(0, carol.user(), Position.FIRST, frame.items(), List.of(header), false)));
        scene.alice.say(scene.bob, "three");
        scene.bob.awaitTold(3);
        assertThat(Scene.texts(scene.bob)).containsExactly("one", "two", "-");
        assertThat(Scene.found(scene.bob)).containsExactly("1 MOVED");
        assertThat(scene.bob.told().get(2).peer()).isEqualTo(carol.user());

        scene.alice.say(scene.bob, "four");
        scene.bob.awaitTold(5);
        assertThat(Person.texts(scene.bob.history(scene.alice)))
                .containsExactly("alice: one", "bob: two", "alice: three", "alice: four");
        assertThat(Scene.found(scene.bob)).containsExactly("1 MOVED");
    }

    @Test
    void pushBehindItsPlaceIsReadAgain() throws Exception {
        scene.liar.answer(
                scene.bob.user(),
                once(
                        FrameLiesTest::isPush,
                        frame -> at(frame, frame.with(), frame.first().next())));
        scene.alice.say(scene.bob, "three");
        bobReadsAll("alice: one", "bob: two", "alice: three");
    }

    @Test
    void pushBeforeItsPlaceIsNoticed() throws Exception {
        scene.liar.answer(
                scene.bob.user(), once(FrameLiesTest::isPush, frame -> at(frame, frame.with(), new Position(2))));
        scene.alice.say(scene.bob, "three");
        Person.await(() -> !scene.bob.notices().isEmpty(), () -> "nothing was noticed");
        assertThat(scene.bob.notices()).singleElement().asString().contains("another message at position 2");
        scene.alice.say(scene.bob, "four");
        bobReadsAll("alice: one", "bob: two", "alice: three", "alice: four");
    }

    @Test
    void pageThatDoesNotBeginWhereItWasAskedIsNoticedAndShowsNothing() throws Exception {
        AnswerLie skips =
                truth -> truth instanceof Message frame && !frame.items().isEmpty()
                        ? at(frame, frame.with(), frame.first().next())
                        : truth;
        scene.liar.answer(scene.bob.user(), skips);
        scene.alice.say(scene.bob, "three");
        Person.await(() -> !scene.bob.notices().isEmpty(), () -> "nothing was noticed");
        assertThat(scene.bob.notices()).singleElement().asString().contains("leaves out position 3");
        assertThat(Scene.texts(scene.bob)).containsExactly("one", "two");
        bobReadsWhatHeHolds("leaves out position 3");

        scene.liar.beHonest();
        scene.alice.say(scene.bob, "four");
        bobReadsAll("alice: one", "bob: two", "alice: three", "alice: four");
    }

    @Test
    void serverThatRefusesToGiveAPageKeepsNobodyFromWhatTheDeviceHolds() throws Exception {
        scene.liar.answer(
                scene.bob.user(),
                truth -> truth instanceof Message frame && !isPush(frame)
                        ? new Failure(frame.re(), ErrorCode.INTERNAL, "the history is damaged")
                        : truth);
        bobReadsWhatHeHolds("the history is damaged");
        scene.alice.say(scene.bob, "three");
        scene.bob.awaitTold(3);
        scene.liar.beHonest();
        bobReadsAll("alice: one", "bob: two", "alice: three");
    }

    @Test
    void answerOfAnotherKindKeepsNobodyFromWhatTheDeviceHolds() throws Exception {
        scene.liar.answer(
                scene.bob.user(),
                truth -> truth instanceof Message frame && !isPush(frame)
                        ? new Ok(frame.re(), Position.NONE, Position.NONE)
                        : truth);
        bobReadsWhatHeHolds("another kind of answer");
        scene.liar.beHonest();
        bobReadsAll("alice: one", "bob: two");
    }

    @Test
    void pageThatIsNeverTheLastIsNotAskedForEver() throws Exception {
        AtomicInteger pages = new AtomicInteger();
        AnswerLie always = truth -> truth instanceof Message frame && frame.re() != 0 && pages.incrementAndGet() > 0
                ? new Message(frame.re(), frame.with(), new Position(1), scene.items(2), List.of(), true)
                : truth;
        scene.bob.close();
        scene.liar.answer(scene.bob.user(), truth -> {
            ServerFrame told = always.tell(truth);
            return told instanceof Message frame && isPush(frame) ? at(frame, frame.with(), new Position(9)) : told;
        });
        Person bob = scene.world.logIn("bob", scene.bob.stores());
        scene.alice.say(bob, "three");
        Person.await(() -> !bob.notices().isEmpty(), () -> "nothing was noticed");
        int asked = pages.get();
        Thread.sleep(100);
        assertThat(pages).hasValueLessThan(asked + 3);
    }

    @Test
    void answerOfAnotherKindEndsTheWaiting() throws Exception {
        scene.alice.close();
        scene.liar.answer(
                scene.alice.user(),
                truth -> truth instanceof Bundle asked && asked.user().equals(scene.bob.user())
                        ? new Ok(asked.re(), Position.NONE, Position.NONE)
                        : truth);
        try (Person alice = scene.world.logIn("alice", scene.alice.stores())) {
            alice.say(scene.bob, "three");
            scene.bob.say(scene.alice, "meanwhile");
            alice.awaitTold(1);
        }
        scene.liar.beHonest();
        Person alice = scene.world.logIn("alice", scene.alice.stores());
        alice.awaitAccepted();
        bobReadsAll("alice: one", "bob: two", "bob: meanwhile", "alice: three");
    }
}
