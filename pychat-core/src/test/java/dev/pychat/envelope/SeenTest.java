package dev.pychat.envelope;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pychat.crypto.open.MalformedException;
import dev.pychat.model.Bytes;
import dev.pychat.model.Position;
import org.junit.jupiter.api.Test;

class SeenTest {

    private final Party alice = Party.alice();
    private final Party bob = Party.bob();
    private final Talk hers = new Talk(alice, bob, 31);
    private final Talk his = new Talk(bob, alice, 32);
    private final Receiver atAlice = new Receiver(alice, bob);
    private final Receiver atBob = new Receiver(bob, alice);

    @Test
    void nobodyHasSeenAnythingBeforeTheySaySo() {
        deliver(hers, hers.say("one", atAlice.transcript.view()));
        assertThat(atAlice.transcript.seenBy(bob.name)).isEqualTo(Seen.NOTHING);
    }

    @Test
    void messageSaysWhatItsSenderHadAndHadRead() {
        deliver(hers, hers.say("one", atAlice.transcript.view()));
        deliver(hers, hers.say("two", atAlice.transcript.view()));
        deliver(his, his.say("I read the first", atBob.transcript.view(), Position.FIRST));
        assertThat(atAlice.transcript.seenBy(bob.name)).isEqualTo(new Seen(new Position(2), Position.FIRST));
        assertThat(atBob.transcript.seenBy(alice.name)).isEqualTo(new Seen(Position.FIRST, Position.NONE));
    }

    @Test
    void itNeverGoesBack() {
        View early = atBob.transcript.view();
        deliver(hers, hers.say("one", atAlice.transcript.view()));
        deliver(his, his.say("seen and read", atBob.transcript.view(), Position.FIRST));
        deliver(his, his.say("by another device, which had nothing", early));
        assertThat(atAlice.transcript.seenBy(bob.name)).isEqualTo(new Seen(Position.FIRST, Position.FIRST));
    }

    @Test
    void wordAboutAnotherHistoryDoesNotCount() {
        Sealed swapped = hers.say("bob gets another one", atAlice.transcript.view());
        atAlice.take(hers, swapped);
        atBob.take(hers, hers.say("this one", View.empty(atBob.transcript.conversation())));
        Sealed answer = his.say("seen and read", atBob.transcript.view(), Position.FIRST);
        Taken taken = atAlice.take(his, answer);
        assertThat(Receiver.codes(taken)).containsExactly(FindingCode.VIEWS_DIFFER);
        assertThat(taken.after().seenBy(bob.name)).isEqualTo(Seen.NOTHING);
    }

    @Test
    void whatAnEarlierVersionHasKeptIsReadAsNothingKnown() throws MalformedException {
        deliver(hers, hers.say("one", atAlice.transcript.view()));
        byte[] now =
                Transcript.fromStart(atAlice.transcript.conversation()).encode().toArray();
        byte[] before = java.util.Arrays.copyOf(now, now.length - 1);
        before[0] = 1;
        assertThat(Transcript.decode(Bytes.adopt(before)).seenBy(bob.name)).isEqualTo(Seen.NOTHING);
    }

    private void deliver(Talk talk, Sealed sealed) {
        atAlice.take(talk, sealed);
        atBob.take(talk, sealed);
    }
}
