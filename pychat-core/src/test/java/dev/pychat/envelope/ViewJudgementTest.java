package dev.pychat.envelope;

import static dev.pychat.envelope.Receiver.codes;
import static org.assertj.core.api.Assertions.assertThat;

import dev.pychat.model.Bytes;
import dev.pychat.model.Position;
import org.junit.jupiter.api.Test;

class ViewJudgementTest {

    private final Party alice = Party.alice();
    private final Party bob = Party.bob();
    private final Talk hers = new Talk(alice, bob, 21);
    private final Talk his = new Talk(bob, alice, 22);
    private final Receiver atAlice = new Receiver(alice, bob);
    private final Receiver atBob = new Receiver(bob, alice);

    @Test
    void sameHistoryAgrees() {
        deliver(hers, hers.say("one", atAlice.transcript.view()));
        deliver(his, his.say("two", atBob.transcript.view()));
        Taken last = deliver(hers, hers.say("three", atAlice.transcript.view()));
        assertThat(last.findings()).isEmpty();
        assertThat(last.after().agreed()).isEqualTo(new Position(2));
        assertThat(last.after().view()).isEqualTo(atAlice.transcript.view());
    }

    @Test
    void droppedMessageShowsInThePeersNextView() {
        deliver(hers, hers.say("one", atAlice.transcript.view()));
        deliver(his, his.say("I saw one", atBob.transcript.view()));
        atAlice.take(hers, hers.say("bob never gets this", atAlice.transcript.view()));
        Sealed next = hers.say("two", atAlice.transcript.view());
        atAlice.take(hers, next);
        Taken taken = atBob.take(hers, next);
        assertThat(codes(taken)).containsExactly(FindingCode.GAP, FindingCode.VIEWS_DIFFER);
        assertThat(taken.shown()).isPresent();
    }

    @Test
    void swappedHistoryOfAnotherSenderShowsWithItsSpan() {
        deliver(hers, hers.say("agreed", atAlice.transcript.view()));
        Sealed second = hers.say("second", atAlice.transcript.view());
        Sealed other = his.say("meanwhile", View.empty(atBob.transcript.conversation()));
        atAlice.take(hers, second);
        atAlice.take(his, other);
        atBob.take(his, other);
        atBob.take(hers, second);
        Taken taken = deliver(hers, hers.say("after", atAlice.transcript.view()));
        assertThat(codes(taken)).containsExactly(FindingCode.VIEWS_DIFFER);
        Finding finding = taken.findings().get(0);
        assertThat(finding.from()).isEqualTo(new Position(2));
        assertThat(finding.to()).isEqualTo(new Position(3));
    }

    @Test
    void oneDifferenceIsReportedOnce() {
        swappedHistoryOfAnotherSenderShowsWithItsSpan();
        assertThat(deliver(hers, hers.say("more", atAlice.transcript.view())).findings())
                .isEmpty();
        assertThat(deliver(hers, hers.say("and more", atAlice.transcript.view()))
                        .findings())
                .isEmpty();
    }

    @Test
    void droppedMessageIsReportedOnce() {
        deliver(hers, hers.say("one", atAlice.transcript.view()));
        atAlice.take(hers, hers.say("bob never gets this", atAlice.transcript.view()));
        Taken taken = deliver(hers, hers.say("two", atAlice.transcript.view()));
        assertThat(codes(taken)).containsExactly(FindingCode.GAP, FindingCode.VIEWS_DIFFER);
        for (int i = 0; i < 3; i++) {
            deliver(his, his.say("his " + i, View.empty(atBob.transcript.conversation())));
            assertThat(deliver(hers, hers.say("hers " + i, atAlice.transcript.view()))
                            .findings())
                    .isEmpty();
        }
    }

    @Test
    void messagesPutInAreReportedOnce() {
        deliver(hers, hers.say("one", atAlice.transcript.view()));
        for (int i = 0; i < 16; i++) {
            atBob.takeGarbage(his, his.say("put in"));
        }
        deliver(hers, hers.say("two", atAlice.transcript.view()));
        Taken taken = deliver(hers, hers.say("three", atAlice.transcript.view()));
        assertThat(codes(taken)).containsExactly(FindingCode.VIEWS_DIFFER);
        assertThat(deliver(hers, hers.say("four", atAlice.transcript.view())).findings())
                .isEmpty();
    }

    @Test
    void dropBehindADropIsReportedAgain() {
        droppedMessageIsReportedOnce();
        atAlice.take(hers, hers.say("bob does not get this either", atAlice.transcript.view()));
        Taken taken = deliver(hers, hers.say("after", atAlice.transcript.view()));
        assertThat(codes(taken)).containsExactly(FindingCode.GAP, FindingCode.VIEWS_DIFFER);
    }

    @Test
    void lateMessageDoesNotMakeADifferenceForgotten() {
        deliver(hers, hers.say("one", atAlice.transcript.view()));
        Sealed late = hers.say("late at bob", atAlice.transcript.view());
        atAlice.take(hers, late);
        Taken taken = deliver(hers, hers.say("two", atAlice.transcript.view()));
        assertThat(codes(taken)).containsExactly(FindingCode.GAP, FindingCode.VIEWS_DIFFER);
        assertThat(codes(atBob.take(hers, late))).containsExactly(FindingCode.GAP);
        assertThat(deliver(hers, hers.say("three", atAlice.transcript.view())).findings())
                .isEmpty();
        assertThat(deliver(hers, hers.say("four", atAlice.transcript.view())).findings())
                .isEmpty();
    }

    @Test
    void secondDifferenceIsReportedAgain() {
        swappedHistoryOfAnotherSenderShowsWithItsSpan();
        deliver(hers, hers.say("more", atAlice.transcript.view()));
        atAlice.take(his, his.say("bob's device does not get its own back", atBob.transcript.view()));
        Taken taken = deliver(hers, hers.say("again", atAlice.transcript.view()));
        assertThat(codes(taken)).contains(FindingCode.VIEWS_DIFFER);
    }

    @Test
    void differenceIsFollowedOnlySoFar() {
        View wrong = new View(new Position(1), Bytes.adopt(new byte[32]));
        deliver(hers, hers.say("first"));
        assertThat(codes(deliver(hers, hers.say("differs", wrong)))).containsExactly(FindingCode.VIEWS_DIFFER);
        View far = wrong;
        for (int i = 0; i < 1100; i++) {
            deliver(his, his.say("message " + i));
        }
        for (long p = 2; p < atBob.next(); p++) {
            KnownMessages.Step step = atBob.index.stepAt(new Position(p)).orElseThrow();
            far = far.then(step.id(), step.envelopeHash());
        }
        assertThat(codes(deliver(hers, hers.say("the same difference", far))))
                .containsExactly(FindingCode.VIEWS_DIFFER);
    }

    @Test
    void garbageIsPartOfTheView() {
        Sealed garbage = his.say("never mind");
        atAlice.takeGarbage(his, garbage);
        atBob.takeGarbage(his, garbage);
        Taken taken = deliver(hers, hers.say("after", atAlice.transcript.view()));
        assertThat(taken.findings()).isEmpty();
        assertThat(taken.after().agreed()).isEqualTo(new Position(1));
    }

    @Test
    void viewOfWhatWasNotThereYetDiffers() {
        View early = new View(new Position(1), Bytes.adopt(new byte[32]));
        assertThat(codes(deliver(hers, hers.say("from the future", early)))).containsExactly(FindingCode.VIEWS_DIFFER);
    }

    @Test
    void emptyViewOfAnotherConversationDiffers() {
        deliver(hers, hers.say("one"));
        View wrong = new View(Position.NONE, Bytes.adopt(new byte[32]));
        assertThat(codes(deliver(hers, hers.say("two", wrong)))).containsExactly(FindingCode.VIEWS_DIFFER);
    }

    @Test
    void deviceFromNothingTakesTheFirstSignedViewAsAnchor() {
        for (int i = 1; i <= 5; i++) {
            deliver(hers, hers.say("old " + i, atAlice.transcript.view()));
        }
        Receiver late = new Receiver(bob, alice).startingAt(6);
        late.take(his, deliverHis("unanchored", View.empty(atBob.transcript.conversation())));
        assertThat(late.transcript.anchor()).isEmpty();
        Sealed sealed = hers.say("with a view", atAlice.transcript.view());
        deliver(hers, sealed);
        Taken taken = late.take(hers, sealed);
        assertThat(taken.findings()).isEmpty();
        assertThat(taken.after().anchor()).contains(new Position(6));
        assertThat(taken.after().view()).isEqualTo(atAlice.transcript.view());
        assertThat(taken.views()).extracting(View::position).containsExactly(new Position(6), new Position(7));
    }

    @Test
    void viewBelowTheAnchorIsUnchecked() {
        for (int i = 1; i <= 5; i++) {
            deliver(hers, hers.say("old " + i, atAlice.transcript.view()));
        }
        Receiver late = new Receiver(bob, alice).startingAt(6);
        Sealed anchor = hers.say("anchor", atAlice.transcript.view());
        deliver(hers, anchor);
        late.take(hers, anchor);
        assertThat(late.transcript.anchor()).contains(new Position(5));
        View below = new View(new Position(3), Bytes.adopt(new byte[32]));
        assertThat(late.take(his, his.say("old view", below)).findings()).isEmpty();
    }

    private Sealed deliverHis(String text, View view) {
        Sealed sealed = his.say(text, view);
        deliver(his, sealed);
        return sealed;
    }

    private Taken deliver(Talk talk, Sealed sealed) {
        Taken own = (talk == hers ? atAlice : atBob).take(talk, sealed);
        assertThat(own.shown()).isPresent();
        return (talk == hers ? atBob : atAlice).take(talk, sealed);
    }
}
