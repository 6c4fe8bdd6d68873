package dev.pychat.envelope;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.pychat.crypto.open.Label;
import dev.pychat.model.Bytes;
import dev.pychat.model.Envelope;
import dev.pychat.model.EpochName;
import dev.pychat.model.LaneId;
import dev.pychat.model.StoredMessage;
import java.util.stream.Stream;
import org.junit.jupiter.params.provider.MethodSource;

/** Whatever a server serves as an epoch header, and whatever the peer itself has signed as one: opened, or a finding. */
class EpochHeaderFuzzTest {

    private static final Talk TALK = new Talk(Party.alice(), Party.bob(), 43);
    private static final Sealed SEALED = TALK.say("something");
    private static final HybridParty ALICE = new HybridParty("alice", 1, 1, 0);
    private static final HybridParty BOB = new HybridParty("bob", 2, 2, 0, 3);

    static Stream<byte[]> headers() {
        Sealer sealer = Sealer.onNewLane(ALICE.with(BOB), LaneId.random(ALICE.random), ALICE.random);
        Bytes hybrid = sealer.beginEpoch(ALICE.offer(BOB), Party.NOW).header();
        return Stream.of(TALK.header(SEALED).toArray(), hybrid.toArray());
    }

    @MethodSource("headers")
    @FuzzTest
    void anyHeaderIsOpenedOrAFinding(byte[] input) {
        open(Bytes.copyOf(input));
        int unsigned = input.length - EpochHeader.SIGNATURE;
        if (unsigned > 0) {
            Bytes content = Bytes.copyOf(input, 0, unsigned);
            open(Bytes.concat(content, Party.key(1).sign(Label.EPOCH_SIGNATURE, content)));
        }
    }

    private static void open(Bytes header) {
        StoredMessage message = namedBy(EpochHeader.name(header));
        Party bob = TALK.peer;
        EpochOpener opener = bob.opener(bob.with(TALK.sender));
        opener.lacksKey(header);
        check(header, opener.open(message, header));
        check(header, BOB.open(0, ALICE, message, header));
        OwnHeader.read(TALK.sender.with(bob), message.epoch(), header);
    }

    private static void check(Bytes header, EpochOpening opening) {
        if (opening instanceof OpenedEpoch epoch) {
            assertThat(epoch.header()).isEqualTo(header);
            epoch.close();
        } else {
            assertThat(((Finding) opening).what()).isNotBlank();
        }
    }

    /** A message of the peer that names the header, as a server makes it up. */
    private static StoredMessage namedBy(EpochName name) {
        Bytes envelope = SEALED.envelope().value();
        int at = Label.ENVELOPE.bytes().size();
        int after = at + EpochName.SIZE;
        Bytes renamed =
                Bytes.concat(envelope.slice(0, at), name.value(), envelope.slice(after, envelope.size() - after));
        return TALK.message(1, TALK.sender.name, SEALED.id(), SEALED.lane(), name, new Envelope(renamed));
    }
}
