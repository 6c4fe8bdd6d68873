package dev.pychat.envelope;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pychat.model.Bytes;
import dev.pychat.model.Position;
import dev.pychat.model.StoredMessage;
import org.junit.jupiter.api.Test;

/** What ENVELOPE.md, section 9.2, says of lanes and views where a message is repeated, closed, late or the first one seen. */
class SurroundingsTest {

    private static final Bytes WRONG = Bytes.adopt(new byte[32]);

    private final Party alice = Party.alice();
    private final Party bob = Party.bob();
    private final Talk talk = new Talk(alice, bob, 71);
    private final Receiver receiver = new Receiver(bob, alice);

    @Test
    void aRepeatedMessageAccountsForNoNumber() {
        Sealed one = talk.say("one");
        receiver.take(talk, one);
        assertCodes(receiver.take(talk, one), FindingCode.REPLAYED);
        talk.say("two, never delivered");
        assertCodes(receiver.take(talk, talk.say("three")), FindingCode.GAP);
    }

    @Test
    void twoMessagesAtOnePlaceOfAnEpochAreEquivocated() {
        Talk twin = new Talk(alice, bob, 71);
        receiver.take(talk, talk.say("first"));
        twin.say("first");
        twin.random.goOnFrom(1_000);
        Sealed second = talk.say("second");
        Sealed other = twin.say("another second");
        assertThat(other.epoch()).isEqualTo(second.epoch());
        assertThat(other.id()).isNotEqualTo(second.id());
        receiver.take(talk, second);
        Taken taken = receiver.take(twin, other);
        assertCodes(taken, FindingCode.EQUIVOCATED);
        assertThat(taken.shown()).isEmpty();
    }

    @Test
    void whatWasShownIsOpenedAgainWhereItStands() {
        Sealed sealed = talk.say("once");
        receiver.take(talk, sealed);
        StoredMessage message = talk.at(1, sealed);
        Taken again = receiver.transcript.takeAgain(message, opened(sealed, 1), receiver.index);
        assertCodes(again);
        assertThat(again.shown()).isPresent();
        assertThat(again.after()).isEqualTo(receiver.transcript);
    }

    @Test
    void aClosedMessageOfALaneThatIsNotHeldCountsNowhere() {
        Receiver late = new Receiver(bob, alice).startingAt(5);
        Sealed one = talk.say("one");
        talk.say("two");
        assertCodes(late.takeGarbage(talk, one), FindingCode.MALFORMED);
        assertCodes(late.take(talk, talk.say("three")));
        assertCodes(late.takeGarbage(talk, talk.say("four")), FindingCode.MALFORMED);
        assertCodes(late.take(talk, talk.say("five")));
    }

    @Test
    void theAnchorSaysWhatItsSenderHadAndHadRead() {
        Receiver late = new Receiver(bob, alice).startingAt(6);
        late.take(talk, talk.say("with a view", view(5), new Position(3)));
        assertThat(late.transcript.anchor()).contains(new Position(5));
        assertThat(late.transcript.agreed()).isEqualTo(new Position(5));
        assertThat(late.transcript.seenBy(alice.name)).isEqualTo(new Seen(new Position(5), new Position(3)));
    }

    @Test
    void aViewWhoseNextStepsAreNotHeldIsNoAnchor() {
        Receiver late = new Receiver(bob, alice).startingAt(6);
        late.take(talk, talk.say("before it", view(3)));
        late.take(talk, talk.say("before it too", view(4)));
        assertThat(late.transcript.anchor()).isEmpty();
        Sealed sealed = talk.say("names the first of them", view(5));
        StoredMessage message = talk.at(8, sealed);
        Taken taken = late.transcript.take(message, opened(sealed, 8), new MessageIndex());
        assertCodes(taken);
        assertThat(taken.shown()).isPresent();
        assertThat(taken.after().anchor()).isEmpty();
        assertThat(taken.after().seenBy(alice.name)).isEqualTo(Seen.NOTHING);
        Taken held = late.transcript.take(message, opened(sealed, 8), late.index);
        assertThat(held.after().anchor()).contains(new Position(5));
        assertThat(held.views()).hasSize(4);
    }

    @Test
    void aViewBelowTheAnchorMakesNoDifferenceForgotten() {
        Receiver late = new Receiver(bob, alice).startingAt(6);
        late.take(talk, talk.say("anchor", view(5)));
        assertCodes(late.take(talk, talk.say("differs", view(6))), FindingCode.VIEWS_DIFFER);
        assertCodes(late.take(talk, talk.say("not checked", view(3))));
        assertCodes(late.take(talk, talk.say("the same difference", then(late, view(6)))));
    }

    @Test
    void aRightViewOfEarlierMakesNoDifferenceForgotten() {
        receiver.take(talk, talk.say("one"));
        View right = receiver.transcript.view();
        receiver.take(talk, talk.say("two"));
        receiver.take(talk, talk.say("three"));
        assertCodes(receiver.take(talk, talk.say("differs", view(3))), FindingCode.VIEWS_DIFFER);
        assertCodes(receiver.take(talk, talk.say("right so far", right)));
        assertCodes(receiver.take(talk, talk.say("the same difference", then(receiver, then(receiver, view(3))))));
    }

    @Test
    void aRightViewOfTheSamePlaceOrLaterEndsADifference() {
        receiver.take(talk, talk.say("one"));
        View right = receiver.transcript.view();
        receiver.take(talk, talk.say("two"));
        assertCodes(receiver.take(talk, talk.say("differs", view(1))), FindingCode.VIEWS_DIFFER);
        assertCodes(receiver.take(talk, talk.say("right again", right)));
        View before = then(receiver, view(1));
        assertCodes(receiver.take(talk, talk.say("differs anew", before)), FindingCode.VIEWS_DIFFER);
    }

    @Test
    void aDifferenceFromTheStartIsFollowedThroughTheFirstMessage() {
        receiver.take(talk, talk.say("one"));
        View wrong = view(0);
        assertCodes(receiver.take(talk, talk.say("began elsewhere", wrong)), FindingCode.VIEWS_DIFFER);
        assertCodes(receiver.take(talk, talk.say("the same difference", then(receiver, wrong))));
    }

    @Test
    void aReadMarkAboveTheMessageItselfDiffersAndIsNotRemembered() {
        receiver.take(talk, talk.say("one"));
        View right = receiver.transcript.view();
        assertCodes(receiver.take(talk, talk.say("read itself", right, new Position(2))), FindingCode.VIEWS_DIFFER);
        assertCodes(receiver.take(talk, talk.say("read what was there", right, new Position(2))));
    }

    private void assertCodes(Taken taken, FindingCode... expected) {
        assertThat(Receiver.codes(taken)).containsExactly(expected);
    }

    private MessageOpening opened(Sealed sealed, long position) {
        return bob.open(alice, talk.at(position, sealed), talk.header(sealed));
    }

    private static View view(long position) {
        return new View(new Position(position), WRONG);
    }

    private static View then(Receiver receiver, View view) {
        KnownMessages.Step step = receiver.index.stepAt(view.position().next()).orElseThrow();
        return view.then(step.id(), step.envelopeHash());
    }
}
