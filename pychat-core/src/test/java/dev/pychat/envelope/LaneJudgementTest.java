package dev.pychat.envelope;

import static dev.pychat.envelope.Receiver.codes;
import static org.assertj.core.api.Assertions.assertThat;

import dev.pychat.model.Bytes;
import dev.pychat.model.EpochName;
import dev.pychat.model.LaneId;
import dev.pychat.model.MessageId;
import dev.pychat.model.StoredMessage;
import org.junit.jupiter.api.Test;

class LaneJudgementTest {

    private final Party alice = Party.alice();
    private final Party bob = Party.bob();
    private final Talk talk = new Talk(alice, bob, 11);
    private final Receiver receiver = new Receiver(bob, alice);

    @Test
    void honestRunGivesNoFinding() {
        for (int i = 0; i < 600; i++) {
            if (i == 100 || i == 101) {
                talk.restart();
            }
            Taken taken = receiver.take(talk, talk.say("message " + i, receiver.transcript.view()));
            assertThat(taken.findings()).isEmpty();
            assertThat(taken.shown()).isPresent();
        }
        assertThat(talk.epochs).hasSize(4);
        assertThat(receiver.transcript.agreed().value()).isEqualTo(599);
    }

    @Test
    void replayedMessageIsRejected() {
        Sealed first = talk.say("once");
        receiver.take(talk, first);
        receiver.take(talk, talk.say("between"));
        Taken again = receiver.take(talk, first);
        assertThat(codes(again)).containsExactly(FindingCode.REPLAYED);
        assertThat(again.shown()).isEmpty();
        assertThat(receiver.take(talk, talk.say("after")).findings()).isEmpty();
    }

    @Test
    void replayUnderAnotherIdIsReplayedToo() {
        Sealed first = talk.say("once");
        receiver.take(talk, first);
        StoredMessage again = talk.message(
                2, alice.name, MessageId.random(talk.random), first.lane(), first.epoch(), first.envelope());
        assertThat(codes(receiver.take(again, talk.header(first)))).containsExactly(FindingCode.REPLAYED);
    }

    @Test
    void twoMessagesUnderOneIdAreEquivocated() {
        Sealed first = talk.say("one thing");
        talk.sealer.stepFailed(first);
        Sealed second = talk.sealer.seal(
                first.id(),
                dev.pychat.model.Content.text("another thing"),
                talk.now,
                dev.pychat.model.Position.NONE,
                receiver.transcript.view());
        receiver.take(talk, first);
        Taken taken = receiver.take(talk, second);
        assertThat(codes(taken)).containsExactly(FindingCode.EQUIVOCATED);
        assertThat(taken.shown()).isEmpty();
    }

    @Test
    void missingMessagesAreAGapAndTheRestIsShown() {
        receiver.take(talk, talk.say("one"));
        talk.say("two");
        talk.say("three");
        Taken taken = receiver.take(talk, talk.say("four"));
        assertThat(codes(taken)).containsExactly(FindingCode.GAP);
        assertThat(taken.findings().get(0).what()).contains("2 to 3");
        assertThat(taken.shown()).isPresent();
        assertThat(receiver.take(talk, talk.say("five")).findings()).isEmpty();
    }

    @Test
    void missingFirstMessageIsAGap() {
        talk.say("one");
        assertThat(codes(receiver.take(talk, talk.say("two")))).containsExactly(FindingCode.GAP);
    }

    @Test
    void messageThatComesLateIsAGapAgainAndNoFork() {
        receiver.take(talk, talk.say("one"));
        Sealed two = talk.say("two");
        receiver.take(talk, talk.say("three"));
        Taken late = receiver.take(talk, two);
        assertThat(codes(late)).containsExactly(FindingCode.GAP);
        assertThat(late.shown()).isPresent();
        assertThat(receiver.take(talk, talk.say("four")).findings()).isEmpty();
    }

    @Test
    void messageThatDoesNotOpenAccountsForItsNumber() {
        receiver.take(talk, talk.say("one"));
        assertThat(codes(receiver.takeGarbage(talk, talk.say("two")))).containsExactly(FindingCode.MALFORMED);
        assertThat(receiver.take(talk, talk.say("three")).findings()).isEmpty();
    }

    @Test
    void relabelledMessageIsAlteredAndTheNextIsNoGap() {
        receiver.take(talk, talk.say("one"));
        Sealed two = talk.say("two");
        LaneId other = LaneId.random(talk.random);
        StoredMessage moved = talk.message(2, alice.name, two.id(), other, two.epoch(), two.envelope());
        assertThat(codes(receiver.take(moved, talk.header(two)))).containsExactly(FindingCode.ALTERED);
        assertThat(receiver.take(talk, talk.say("three")).findings()).isEmpty();
    }

    @Test
    void secondSuccessorOfOneHeadIsAFork() {
        receiver.take(talk, talk.say("common"));
        Talk copy = new Talk(alice, bob, 12);
        copy.sealer = Sealer.continuing(alice.with(bob), talk.sealer.head(), copy.random);
        receiver.take(talk, talk.say("mine"));
        Taken taken = receiver.take(copy, copy.say("the copy's"));
        assertThat(codes(taken)).containsExactly(FindingCode.LANE_FORKED);
        assertThat(taken.shown()).isPresent();
        assertThat(receiver.take(talk, talk.say("mine again")).findings()).isEmpty();
    }

    @Test
    void successorOfAnotherMessageIsAFork() {
        receiver.take(talk, talk.say("common"));
        Talk copy = new Talk(alice, bob, 13);
        copy.sealer = Sealer.continuing(alice.with(bob), talk.sealer.head(), copy.random);
        receiver.take(talk, talk.say("mine"));
        copy.say("never delivered");
        assertThat(codes(receiver.take(copy, copy.say("follows that")))).containsExactly(FindingCode.LANE_FORKED);
    }

    @Test
    void messageOfALeftEpochIsAfterClose() {
        receiver.take(talk, talk.say("one"));
        Sealed held = talk.say("held back");
        talk.sealer.stepFailed(held);
        talk.restart();
        receiver.take(talk, talk.say("new epoch"));
        assertThat(codes(receiver.take(talk, held))).containsExactly(FindingCode.AFTER_CLOSE);
    }

    @Test
    void spanThatStartsLaterTakesALaneAsItIs() {
        talk.say("one");
        talk.say("two");
        Receiver late = new Receiver(bob, alice).startingAt(3);
        assertThat(late.take(talk, talk.say("three")).findings()).isEmpty();
        talk.say("lost");
        assertThat(codes(late.take(talk, talk.say("five")))).containsExactly(FindingCode.GAP);
    }

    @Test
    void ownMessageServedAsThePeersIsReflected() {
        Sealed mine = talk.say("mine");
        Receiver self = new Receiver(alice, bob);
        Taken taken = self.take(talk.stored(1, bob.name, mine), talk.header(mine));
        assertThat(codes(taken)).containsExactly(FindingCode.REFLECTED);
        assertThat(self.take(talk, mine).findings()).isEmpty();
    }

    @Test
    void missingHeaderIsAnUnknownEpoch() {
        Sealed sealed = talk.say("one");
        assertThat(EpochOpener.headerMissing(talk.at(1, sealed)).code()).isEqualTo(FindingCode.UNKNOWN_EPOCH);
        assertThat(EpochOpener.epochOf(sealed.envelope())).contains(sealed.epoch());
        Taken taken = receiver.take(talk.at(1, sealed), Bytes.EMPTY);
        assertThat(codes(taken)).containsExactly(FindingCode.UNKNOWN_EPOCH);
        assertThat(EpochName.NONE).isNotEqualTo(sealed.epoch());
    }
}
