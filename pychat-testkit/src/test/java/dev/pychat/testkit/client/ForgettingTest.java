package dev.pychat.testkit.client;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pychat.key.HistoryPolicy;
import dev.pychat.model.Position;
import dev.pychat.testkit.liar.Lies;
import dev.pychat.wire.Submit;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What an account that forgets has on its device, and what it shows. */
class ForgettingTest {

    private Forgetful scene;

    @BeforeEach
    void start() throws Exception {
        scene = new Forgetful();
        scene.says(scene.alice, "meet me at the old mill");
        scene.says(scene.bob, "bring the letters");
    }

    @AfterEach
    void stop() {
        scene.close();
    }

    @Test
    void whatWasSaidIsOnTheDeviceForItsTimeAndNowhereAfterwards() throws Exception {
        scene.clock.goOn(Forgetful.WEEK.minus(Duration.ofHours(1)));
        scene.restart();
        assertThat(Forgetful.shown(scene.alice.history(scene.bob)))
                .containsExactly("meet me at the old mill", "bring the letters");
        assertThat(scene.alicesDevice().says("meet me at the old mill")).isTrue();
        assertThat(scene.alicesDevice().says("bring the letters")).isTrue();
        assertThat(scene.alicesDevice().secrets()).hasSize(2);

        scene.forgets(Duration.ofHours(2), 2);
        assertThat(scene.alicesDevice().says("meet me at the old mill")).isFalse();
        assertThat(scene.alicesDevice().says("bring the letters")).isFalse();
        assertThat(scene.alicesDevice().secrets()).isEmpty();
        assertThat(Forgetful.shown(scene.alice.history(scene.bob))).containsExactly("forgotten", "forgotten");
        assertThat(scene.alice.notices()).isEmpty();
    }

    @Test
    void whoKeepsStillHasWhatTheOtherForgets() throws Exception {
        scene.forgets(Forgetful.WEEK, 2);
        assertThat(Forgetful.shown(scene.bob.history(scene.alice)))
                .containsExactly("meet me at the old mill", "bring the letters");
        assertThat(Opened.device(scene.bob, scene.alice).secrets()).hasSize(2);
    }

    @Test
    void conversationSaysWhatBothSidesDo() throws Exception {
        scene.alice.with(scene.bob).identity();
        assertThat(scene.alice.with(scene.bob).historyPolicy().sentence())
                .contains("you forget after 7 days; bob's devices keep what you write");
        assertThat(scene.alice.with(scene.bob).historyPolicy().weaker()).isEqualTo(HistoryPolicy.KEEP);
        scene.bob.with(scene.alice).identity();
        assertThat(scene.bob.with(scene.alice).historyPolicy().sentence())
                .contains("your devices keep what is written; alice's devices say that they forget after 7 days");
    }

    /** Bob was not told of the newer bundle, and has read a message that was sealed with it. */
    @Test
    void peersLastEpochSaysWhatItsBundleWouldSay() throws Exception {
        scene.state(HistoryPolicy.forgetAfter(Forgetful.DAY.multipliedBy(30)));
        scene.says(scene.alice, "with another policy");
        assertThat(scene.bob.with(scene.alice).historyPolicy().theirs().time())
                .isEqualTo(Forgetful.DAY.multipliedBy(30));
    }

    @Test
    void honestRunsWithForgettingGiveNoFindingOnEitherSide() throws Exception {
        scene.forgets(Forgetful.WEEK, 2);
        scene.says(scene.bob, "three");
        scene.says(scene.alice, "four");
        scene.restart();
        scene.says(scene.bob, "five");
        scene.forgets(Forgetful.WEEK, 5);
        scene.says(scene.alice, "six");
        scene.says(scene.bob, "seven");
        assertThat(Forgetful.shown(scene.alice.history(scene.bob)))
                .containsExactly("forgotten", "forgotten", "forgotten", "forgotten", "forgotten", "six", "seven");
        ConversationTest.noFindings(scene.alice, scene.bob);
        assertThat(scene.alice.history(scene.bob))
                .allSatisfy(message -> assertThat(message.findings()).isEmpty());
        assertThat(scene.alice.notices()).isEmpty();
        assertThat(scene.bob.notices()).isEmpty();
    }

    @Test
    void replayOfWhatIsForgottenIsStillFound() throws Exception {
        scene.forgets(Forgetful.WEEK, 2);
        scene.world.liar().tell(scene.alice.user(), scene.bob.user(), Lies.repeat(new Position(2), new Position(3)));
        scene.bob.say(scene.alice, "three");
        scene.alice.awaitTold(4);
        assertThat(Scene.found(scene.alice)).containsExactly("4 REPLAYED");
    }

    @Test
    void whatIsDroppedBehindTheForgottenIsStillFound() throws Exception {
        scene.forgets(Forgetful.WEEK, 2);
        scene.world.liar().tell(scene.alice.user(), scene.bob.user(), Lies.drop(new Position(3)));
        scene.bob.say(scene.alice, "three");
        scene.bob.awaitTold(3);
        scene.bob.say(scene.alice, "four");
        scene.alice.awaitTold(3);
        assertThat(Scene.found(scene.alice)).containsExactly("3 GAP", "3 VIEWS_DIFFER");
    }

    @Test
    void deviceThatWasOffForMonthsForgetsBeforeItShows() throws Exception {
        scene.alice.close();
        scene.clock.goOn(Forgetful.DAY.multipliedBy(50));
        scene.logIn();
        assertThat(Forgetful.shown(scene.alice.history(scene.bob))).containsExactly("forgotten", "forgotten");
        assertThat(scene.alicesDevice().says("bring the letters")).isFalse();
    }

    @Test
    void changeOfThePolicyForgetsAtOnceWhatIsOldByIt() throws Exception {
        scene.state(HistoryPolicy.KEEP);
        scene.clock.goOn(Forgetful.WEEK.multipliedBy(2));
        scene.restart();
        scene.says(scene.bob, "of today");
        assertThat(Forgetful.shown(scene.alice.history(scene.bob)))
                .containsExactly("meet me at the old mill", "bring the letters", "of today");
        scene.alice.client().changeHistoryPolicy(HistoryPolicy.forgetAfter(Forgetful.WEEK));
        scene.awaitForgotten(2);
        assertThat(scene.alicesDevice().says("bring the letters")).isFalse();
        assertThat(Forgetful.shown(scene.alice.history(scene.bob)))
                .containsExactly("forgotten", "forgotten", "of today");
        scene.says(scene.alice, "still here");
        ConversationTest.noFindings(scene.alice, scene.bob);
    }

    /** The server, which might be silent about the conversation, is not asked. */
    @Test
    void conversationThatTheServerDoesNotTellOfIsForgottenToo() throws Exception {
        scene.alice.close();
        scene.clock.goOn(Forgetful.WEEK);
        scene.world.liar().tell(scene.alice.user(), scene.bob.user(), Lies.withholdAfter(Position.NONE));
        scene.logIn();
        scene.awaitForgotten(2);
        assertThat(scene.alicesDevice().says("bring the letters")).isFalse();
    }

    @Test
    void whoKeepsAgainForgetsNothingMoreAndHasNotBackWhatIsForgotten() throws Exception {
        scene.forgets(Forgetful.WEEK, 2);
        scene.says(scene.bob, "three");
        scene.state(HistoryPolicy.KEEP);
        scene.clock.goOn(Forgetful.WEEK.multipliedBy(3));
        scene.restart();
        assertThat(Forgetful.shown(scene.alice.history(scene.bob))).containsExactly("forgotten", "forgotten", "three");
        scene.state(HistoryPolicy.forgetAfter(Forgetful.WEEK));
        scene.awaitForgotten(3);
        assertThat(scene.alicesDevice().says("three")).isFalse();
    }

    @Test
    void whatWaitsInTheOutboxIsSentHoweverOldItIsAndForgottenBehindTheRest() throws Exception {
        scene.wire.outgoing(frame -> frame instanceof Submit ? Optional.empty() : Optional.of(frame));
        scene.alice.say(scene.bob, "still on its way");
        Person.await(() -> waits("still on its way"), () -> "nothing waits");
        scene.forgets(Forgetful.WEEK.multipliedBy(2), 2);
        assertThat(waits("still on its way")).isTrue();
        scene.wire.outgoing(Optional::of);
        scene.wire.cut();
        scene.bob.awaitTold(3);
        scene.alice.awaitAccepted();
        scene.alice.awaitTold(3);
        assertThat(waits("still on its way")).isTrue();
        scene.forgets(Forgetful.WEEK, 3);
        assertThat(waits("still on its way")).isFalse();
        ConversationTest.noFindings(scene.alice, scene.bob);
    }

    private boolean waits(String text) {
        try {
            return scene.alicesDevice().says(text);
        } catch (Exception e) {
            throw new AssertionError(e);
        }
    }

    /** What waited longer than the account holds anything can be read for a day. */
    @Test
    void whoWasAwayCanReadWhatWaited() throws Exception {
        scene.alice.close();
        scene.bob.say(scene.alice, "while you were away");
        scene.bob.awaitAccepted();
        scene.clock.goOn(Forgetful.DAY.multipliedBy(20));
        scene.logIn();
        assertThat(Forgetful.shown(scene.alice.history(scene.bob)))
                .containsExactly("forgotten", "forgotten", "while you were away");
        scene.forgets(Forgetful.DAY.minus(Duration.ofMinutes(5)), 2);
        assertThat(scene.alicesDevice().says("while you were away")).isTrue();
        scene.forgets(Duration.ofMinutes(10), 3);
        assertThat(scene.alicesDevice().says("while you were away")).isFalse();
    }

    @Test
    void unreadMessagesStayUnreadWhenTheyAreForgotten() throws Exception {
        assertThat(scene.alice.with(scene.bob).unread()).isEqualTo(1);
        scene.forgets(Forgetful.WEEK, 2);
        scene.restart();
        assertThat(scene.alice.with(scene.bob).unread()).isEqualTo(1);
    }
}
