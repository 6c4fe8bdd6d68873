package dev.pychat.envelope;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.pychat.model.StoredMessage;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Messages that could not be opened when their turn came are opened later. */
class LateOpeningTest {

    private final Party alice = Party.alice();
    private final Party bob = Party.bob();
    private final Talk talk = new Talk(alice, bob, 71);
    private final Receiver late = new Receiver(bob, alice);
    private final Receiver inTime = new Receiver(bob, alice);

    @Test
    void transcriptIsThatOfADeviceThatOpenedThemInTime() {
        List<StoredMessage> unopened = new ArrayList<>();
        for (int i = 1; i <= 6; i++) {
            Sealed sealed = talk.say("message " + i);
            inTime.take(talk, sealed);
            unopened.add(closed(sealed));
        }
        for (StoredMessage message : unopened) {
            assertThat(Receiver.codes(again(message))).isEmpty();
        }
        assertThat(late.transcript).isEqualTo(inTime.transcript);
    }

    @Test
    void laneThatHasGoneOnIsLeftAsItIs() {
        take("first");
        StoredMessage second = closed(both("second"));
        StoredMessage third = closed(both("third"));
        take("fourth");
        for (StoredMessage message : List.of(second, third)) {
            Taken taken = again(message);
            assertThat(Receiver.codes(taken)).isEmpty();
            assertThat(taken.shown()).isPresent();
        }
        assertThat(late.transcript).isEqualTo(inTime.transcript);
        assertThat(Receiver.codes(late.take(talk, talk.say("fifth")))).isEmpty();
    }

    @Test
    void oneThatStaysClosedAccountsForItsNumberBeforeAndBehindOthers() {
        StoredMessage first = closed(talk.say("first"));
        StoredMessage second = closed(talk.say("second"));
        StoredMessage third = closed(talk.say("third"));
        closed(talk.say("fourth"));
        assertThat(Receiver.codes(again(second))).isEmpty();
        assertThat(Receiver.codes(again(third))).isEmpty();
        assertThat(Receiver.codes(late.take(talk, talk.say("fifth")))).isEmpty();
        assertThat(Receiver.codes(again(first))).isEmpty();
    }

    @Test
    void missingMessageIsFoundWhenItsNeighboursOpen() {
        StoredMessage first = closed(talk.say("first"));
        talk.say("never delivered");
        StoredMessage third = closed(talk.say("third"));
        assertThat(Receiver.codes(again(first))).isEmpty();
        assertThat(Receiver.codes(again(third))).containsExactly(FindingCode.GAP);
    }

    @Test
    void viewOfItsSenderIsJudged() {
        View elsewhere = View.empty(bob.with(alice).conversation())
                .then(talk.say("other").id(), talk.say("x").envelopeHash());
        StoredMessage first = closed(talk.say("first"));
        StoredMessage second = closed(talk.say("second", elsewhere));
        again(first);
        Taken taken = again(second);
        assertThat(Receiver.codes(taken)).contains(FindingCode.VIEWS_DIFFER);
        assertThat(taken.shown()).isPresent();
    }

    @Test
    void viewThatAgreesIsRemembered() {
        StoredMessage first = closed(talk.say("first"));
        View after = late.transcript.view();
        StoredMessage second = closed(talk.say("second", after));
        again(first);
        assertThat(late.transcript.agreed().value()).isZero();
        again(second);
        assertThat(late.transcript.agreed()).isEqualTo(after.position());
    }

    @Test
    void messageKnownElsewhereIsNotShownTwice() {
        Sealed sealed = talk.say("once");
        StoredMessage first = closed(sealed);
        late.take(talk.at(2, sealed), talk.header(sealed));
        Taken taken = again(first);
        assertThat(Receiver.codes(taken)).containsExactly(FindingCode.REPLAYED);
        assertThat(taken.shown()).isEmpty();
    }

    @Test
    void onlyWhatWasTakenIsTakenAgain() {
        Sealed sealed = talk.say("first");
        StoredMessage message = talk.at(1, sealed);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> late.transcript.takeAgain(message, opened(message), late.index))
                .withMessageContaining("taken were 1 to 0");
    }

    private Sealed both(String text) {
        Sealed sealed = talk.say(text);
        inTime.take(talk, sealed);
        return sealed;
    }

    private void take(String text) {
        late.take(talk, both(text));
    }

    /** Delivers a message that the device can't open yet. */
    private StoredMessage closed(Sealed sealed) {
        StoredMessage message = talk.at(late.next(), sealed);
        Finding finding = Finding.at(message, FindingCode.UNPINNED_IDENTITY, "not accepted yet");
        Taken taken = late.transcript.take(message, finding, late.index);
        late.index.add(message, taken);
        late.transcript = taken.after();
        return message;
    }

    private Taken again(StoredMessage message) {
        Taken taken = late.transcript.takeAgain(message, opened(message), late.index);
        late.index.add(message, taken);
        late.transcript = taken.after();
        return taken;
    }

    private MessageOpening opened(StoredMessage message) {
        return bob.open(alice, message, talk.epochs.get(message.epoch()).header());
    }
}
