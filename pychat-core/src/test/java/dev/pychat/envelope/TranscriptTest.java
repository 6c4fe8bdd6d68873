package dev.pychat.envelope;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pychat.crypto.SeededRandom;
import dev.pychat.crypto.open.MalformedException;
import dev.pychat.crypto.open.Sha256;
import dev.pychat.model.Bytes;
import dev.pychat.model.ConversationId;
import dev.pychat.model.LaneId;
import dev.pychat.model.Position;
import org.junit.jupiter.api.Test;

class TranscriptTest {

    private final Party alice = Party.alice();
    private final Party bob = Party.bob();
    private final Talk talk = new Talk(alice, bob, 72);
    private final Receiver receiver = new Receiver(bob, alice);
    private final ConversationId conversation = bob.with(alice).conversation();

    @Test
    void oneThatBeginsAtTheFirstPositionHoldsAllFromTheStart() {
        Transcript all = Transcript.fromStart(conversation);
        assertThat(Transcript.from(conversation, Position.FIRST)).isEqualTo(all);
        assertThat(all.anchor()).contains(Position.NONE);
        Transcript later = Transcript.from(conversation, new Position(2));
        assertThat(later.anchor()).isEmpty();
        assertThat(later).isNotEqualTo(all).isNotEqualTo(later.encode());
        assertThat(later.hashCode()).isNotEqualTo(all.hashCode());
        assertThat(later).hasSameHashCodeAs(Transcript.from(conversation, new Position(2)));
        assertThat(later).hasToString("Transcript[" + conversation + " 2 to 1]");
        ConversationId other = new ConversationId(Bytes.fromHex("cc".repeat(32)));
        assertThat(Transcript.from(other, new Position(2)).hashCode()).isNotEqualTo(later.hashCode());
    }

    @Test
    void whatGoesOnAfterItsEndIsNone() {
        Bytes encoded = Transcript.fromStart(conversation).encode();
        assertThatThrownBy(() -> Transcript.decode(Bytes.concat(encoded, Bytes.fromHex("00"))))
                .isInstanceOf(MalformedException.class)
                .hasMessageContaining("1 bytes after its end");
    }

    @Test
    void aMessageThatIsNotAtHandExcusesItsNumberWhereItsLaneIsHeld() {
        receiver.take(talk, talk.say("one"));
        pass(talk.say("two"), talk.sealer.lane());
        assertThat(receiver.take(talk, talk.say("three")).findings()).isEmpty();
        pass(talk.say("four"), LaneId.NONE);
        assertThat(Receiver.codes(receiver.take(talk, talk.say("five")))).containsExactly(FindingCode.GAP);
    }

    @Test
    void ofALaneThatWasNotSeenYetItCountsFromTheFirstPositionOnly() {
        pass(talk.say("one"), talk.sealer.lane());
        assertThat(receiver.take(talk, talk.say("two")).findings()).isEmpty();
        receiver.startingAt(9);
        pass(talk.say("three"), talk.sealer.lane());
        talk.say("four");
        assertThat(receiver.take(talk, talk.say("five")).findings()).isEmpty();
        pass(talk.say("six"), talk.sealer.lane());
        assertThat(receiver.take(talk, talk.say("seven")).findings()).isEmpty();
        pass(talk.say("eight"), LaneId.random(new SeededRandom(4)));
        assertThat(Receiver.codes(receiver.take(talk, talk.say("nine")))).containsExactly(FindingCode.GAP);
    }

    private void pass(Sealed sealed, LaneId lane) {
        Bytes hash = Sha256.of(sealed.envelope().value());
        receiver.transcript = receiver.transcript
                .pass(alice.name, lane, new KnownMessages.Step(sealed.id(), hash))
                .after();
    }
}
