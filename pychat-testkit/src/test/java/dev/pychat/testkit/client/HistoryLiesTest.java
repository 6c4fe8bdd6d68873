package dev.pychat.testkit.client;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pychat.model.LaneId;
import dev.pychat.model.MessageId;
import dev.pychat.model.Position;
import dev.pychat.testkit.liar.Lie;
import dev.pychat.testkit.liar.Lies;
import dev.pychat.testkit.liar.Shown;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * Bob is shown another history than the one that is stored. What he finds, and what Alice finds when his device says what it has
 * seen, is all that is found.
 */
class HistoryLiesTest {

    private static final Position THREE = new Position(3);
    private static final Position FOUR = new Position(4);
    private static final Position FIVE = new Position(5);

    private final SecureRandom random = new SecureRandom();
    private Scene scene;

    @BeforeEach
    void start() throws Exception {
        scene = new Scene();
    }

    @AfterEach
    void stop() {
        scene.close();
    }

    private void bobIsShown(String... texts) {
        assertThat(Scene.texts(scene.bob)).containsExactly(texts);
        assertThat(Scene.texts(scene.alice))
                .containsExactly("one", "two", "three", "four", "five", "six", "seven", "eight");
    }

    private void bobFinds(String... findings) {
        assertThat(Scene.found(scene.bob)).containsExactly(findings);
    }

    private void aliceFinds(String... findings) {
        assertThat(Scene.found(scene.alice)).containsExactly(findings);
    }

    @Test
    void truthToldByTheLiarIsNoLie() throws Exception {
        scene.toBob(truth -> truth).play();
        bobIsShown("one", "two", "three", "four", "five", "six", "seven", "eight");
        ConversationTest.noFindings(scene.alice, scene.bob);
    }

    @Test
    void droppedMessageIsAGapAndDiffersFromWhatItsSenderSaw() throws Exception {
        scene.toBob(Lies.drop(THREE)).play();
        bobIsShown("one", "two", "four", "five", "six", "seven", "eight");
        bobFinds("3 GAP", "3 VIEWS_DIFFER");
        aliceFinds("5 VIEWS_DIFFER");
    }

    @Test
    void droppedOwnMessageIsFoundAtThePeersNextMessage() throws Exception {
        scene.toBob(Lies.drop(FIVE)).play();
        bobIsShown("one", "two", "three", "four", "six", "seven", "eight");
        bobFinds("5 VIEWS_DIFFER", "6 GAP");
        aliceFinds("7 VIEWS_DIFFER");
    }

    @Test
    void repeatedMessageIsReplayed() throws Exception {
        scene.toBob(Lies.repeat(THREE, FOUR)).play();
        bobIsShown("one", "two", "three", "four", "-", "five", "six", "seven", "eight");
        bobFinds("5 REPLAYED", "7 VIEWS_DIFFER");
        aliceFinds("5 VIEWS_DIFFER");
    }

    @Test
    void repeatedMessageUnderAnotherIdIsReplayed() throws Exception {
        MessageId other = MessageId.random(random);
        scene.toBob(Lies.repeat(THREE, FOUR, shown -> shown.named(other))).play();
        bobIsShown("one", "two", "three", "four", "-", "five", "six", "seven", "eight");
        bobFinds("5 REPLAYED", "7 VIEWS_DIFFER");
        aliceFinds("5 VIEWS_DIFFER");
    }

    @Test
    void swappedMessagesOfALaneAreAGapTwice() throws Exception {
        scene.toBob(Lies.swap(THREE, FOUR)).play();
        bobIsShown("one", "two", "four", "three", "five", "six", "seven", "eight");
        // What "four" had seen ends inside of the swap, so what "six" had seen is another difference.
        bobFinds("3 GAP", "3 VIEWS_DIFFER", "4 GAP", "6 VIEWS_DIFFER");
        aliceFinds("5 VIEWS_DIFFER");
    }

    @Test
    void messageThatComesLateIsAGapTwice() throws Exception {
        scene.toBob(Lies.delay(THREE, FIVE));
        scene.says(scene.alice, "three");
        scene.says(scene.alice, "four");
        scene.says(scene.bob, "five");
        scene.says(scene.alice, "six");
        assertThat(Scene.texts(scene.bob)).containsExactly("one", "two", "four", "five", "three", "six");
        bobFinds("3 GAP", "3 VIEWS_DIFFER", "5 GAP");
        // Bob had been shown nothing after "two" when he wrote, and that much was the truth.
        aliceFinds();
    }

    @Test
    void reattributedMessageIsNotShown() throws Exception {
        scene.toBob(Lies.reattribute(THREE, scene.bob.user())).play();
        bobIsShown("one", "two", "-", "four", "five", "six", "seven", "eight");
        // The missing number is Alice's, for the server says that this one is Bob's.
        bobFinds("3 RE_ATTRIBUTED", "4 GAP");
        aliceFinds();
    }

    @Test
    void ownMessageShownAsThePeersIsReflected() throws Exception {
        scene.toBob(Lies.reflect(new Position(2), scene.alice.user(), MessageId.random(random)));
        scene.play();
        bobIsShown("one", "two", "-", "three", "four", "five", "six", "seven", "eight");
        bobFinds("3 REFLECTED", "5 VIEWS_DIFFER");
        aliceFinds("5 VIEWS_DIFFER");
    }

    @Test
    void newestMessageWithheldIsFoundAtThePeersNextMessage() throws Exception {
        scene.toBob(Lies.withholdAfter(new Position(2)));
        scene.says(scene.alice, "three");
        scene.says(scene.alice, "four");
        assertThat(Scene.texts(scene.bob)).containsExactly("one", "two");
        bobFinds();
        // Nothing tells Bob as long as nothing is shown; then what Alice writes next does.
        scene.toBob(Lies.drop(THREE).then(Lies.drop(THREE)));
        scene.says(scene.alice, "five");
        assertThat(Scene.texts(scene.bob)).containsExactly("one", "two", "five");
        bobFinds("3 GAP", "3 VIEWS_DIFFER");
    }

    @Test
    void messageWithheldForAWhileIsNoFinding() throws Exception {
        scene.toBob(Lies.withholdAfter(new Position(2)));
        scene.says(scene.alice, "three");
        scene.toBob(truth -> truth);
        scene.bob.awaitTold(3);
        scene.says(scene.alice, "four");
        ConversationTest.noFindings(scene.alice, scene.bob);
    }

    @Test
    void hiddenLaneIsFoundInWhatTheOthersSaw() throws Exception {
        LaneId lane = scene.truth(1).item().lane();
        Person elsewhere = scene.world.logIn("alice", Devices.withKeysOnly(scene.alice));
        elsewhere.say(scene.bob, "three");
        elsewhere.awaitAccepted();
        elsewhere.awaitTold(3);
        scene.toBob(Lies.hideLane(lane, THREE));
        scene.says(scene.alice, "four");
        elsewhere.awaitTold(4);
        elsewhere.say(scene.bob, "five");
        elsewhere.awaitAccepted();
        elsewhere.say(scene.bob, "six");
        scene.bob.awaitTold(5);
        assertThat(Scene.texts(scene.bob)).containsExactly("one", "two", "three", "five", "six");
        bobFinds("4 VIEWS_DIFFER");
    }

    @Test
    void messageMovedHereFromAnotherConversationIsNotShown() throws Exception {
        Person carol = scene.world.signUp("carol");
        scene.alice.say(carol, "for carol");
        scene.alice.awaitAccepted();
        carol.awaitTold(1);
        Shown foreign = scene.liar.truth(scene.alice.user(), carol.user()).get(0);
        scene.toBob(Lies.insert(foreign, THREE));
        putInAfterThree();
    }

    @Test
    void messageMovedHereFromAnotherRealmIsNotShown() throws Exception {
        try (World elsewhere = World.start()) {
            Person alice = elsewhere.signUp("alice");
            Person bob = elsewhere.signUp("bob");
            alice.say(bob, "on the other server");
            alice.awaitAccepted();
            scene.toBob(
                    Lies.insert(elsewhere.liar().truth(alice.user(), bob.user()).get(0), THREE));
        }
        putInAfterThree();
    }

    private void putInAfterThree() throws Exception {
        scene.says(scene.alice, "three");
        scene.says(scene.alice, "four");
        scene.says(scene.bob, "five");
        scene.says(scene.alice, "six");
        scene.says(scene.alice, "seven");
        assertThat(Scene.texts(scene.bob)).containsExactly("one", "two", "three", "-", "four", "five", "six", "seven");
        // What Alice had seen at her "four" was all before it was put in.
        bobFinds("4 MOVED", "7 VIEWS_DIFFER");
        assertThat(Scene.found(scene.alice)).containsExactly("5 VIEWS_DIFFER");
    }

    @Test
    void twoHistoriesOfOneConversationAreFoundAtTheNextMessageThatCrosses() throws Exception {
        Lie alicesOwn = Lies.hideSender(scene.bob.user(), new Position(2));
        Lie bobsOwn = Lies.hideSender(scene.alice.user(), new Position(2));
        scene.toAlice(alicesOwn).toBob(bobsOwn);
        scene.says(scene.alice, "alice's three");
        scene.says(scene.bob, "bob's three");
        scene.says(scene.alice, "alice's four");
        scene.says(scene.bob, "bob's four");
        ConversationTest.noFindings(scene.alice, scene.bob);

        // The same up to there, and everything from there on.
        scene.toAlice(until(6, alicesOwn)).toBob(until(6, bobsOwn));
        scene.says(scene.alice, "alice's five");
        scene.says(scene.bob, "bob's six");
        scene.says(scene.alice, "alice's seven");
        scene.says(scene.bob, "bob's eight");
        assertThat(Scene.texts(scene.alice))
                .containsExactly(
                        "one",
                        "two",
                        "alice's three",
                        "alice's four",
                        "alice's five",
                        "bob's six",
                        "alice's seven",
                        "bob's eight");
        bobFinds("5 GAP", "5 VIEWS_DIFFER");
        aliceFinds("6 GAP", "6 VIEWS_DIFFER");
    }

    /** The lie about the first positions, and the truth behind them. */
    private static Lie until(int positions, Lie lie) {
        return truth -> {
            int end = Math.min(positions, truth.size());
            List<Shown> shown = new ArrayList<>(lie.tell(truth.subList(0, end)));
            shown.addAll(truth.subList(end, truth.size()));
            return shown;
        };
    }
}
