package dev.pychat.envelope;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.pychat.crypto.open.Sha256;
import dev.pychat.crypto.secret.SecretBytes;
import dev.pychat.model.Bytes;
import dev.pychat.model.Envelope;
import dev.pychat.model.LaneId;
import dev.pychat.model.MessageId;
import dev.pychat.model.StoredMessage;
import dev.pychat.model.Username;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What can be said of epochs and messages without any private key, and with a secret that somebody gives. */
class FromOutsideTest {

    private final Party alice = Party.alice();
    private final Party bob = Party.bob();
    private final Talk talk = new Talk(alice, bob, 71);
    private final ConversationContext context = bob.with(alice);
    private final MessageIndex index = new MessageIndex();
    private Transcript transcript = Transcript.fromStart(context.conversation());

    @Test
    void honestLaneHoldsWithoutAnySecret() {
        for (Sealed sealed : List.of(talk.say("one"), talk.say("two"))) {
            assertThat(take(talk.at(next(), sealed), sealed)).isEmpty();
        }
        talk.restart();
        Sealed third = talk.say("three");
        assertThat(take(talk.at(next(), third), third)).isEmpty();
        assertThat(bob.privateOperations).hasValue(0);
    }

    @Test
    void replacedContentIsFoundByTheNextMessageOfTheLane() {
        Sealed first = talk.say("one");
        Sealed second = talk.say("two");
        assertThat(take(
                        talk.message(1, alice.name, first.id(), first.lane(), first.epoch(), flipped(first.envelope())),
                        first))
                .isEmpty();
        assertThat(take(talk.at(2, second), second)).containsExactly(FindingCode.LANE_FORKED);
    }

    @Test
    void missingMessageIsAGap() {
        Sealed first = talk.say("one");
        talk.say("two");
        Sealed third = talk.say("three");
        assertThat(take(talk.at(1, first), first)).isEmpty();
        assertThat(take(talk.at(2, third), third)).containsExactly(FindingCode.GAP);
    }

    @Test
    void sameMessageAgainIsFound() {
        Sealed first = talk.say("one");
        assertThat(take(talk.at(1, first), first)).isEmpty();
        assertThat(take(talk.at(2, first), first)).containsExactly(FindingCode.REPLAYED);
    }

    @Test
    void senderAndLabelsAreThoseOfTheHeader() {
        Sealed first = talk.say("one");
        assertThat(take(talk.stored(1, bob.name, first), first)).containsExactly(FindingCode.RE_ATTRIBUTED);
        assertThat(take(talk.stored(2, new Username("carol"), first), first))
                .containsExactly(FindingCode.RE_ATTRIBUTED);
        MessageId other = MessageId.random(talk.random);
        assertThat(take(talk.message(3, alice.name, other, first.lane(), first.epoch(), first.envelope()), first))
                .containsExactly(FindingCode.ALTERED);
        Talk own = new Talk(bob, alice, 72);
        Sealed ours = own.say("mine");
        Taken taken = took(own.stored(4, alice.name, ours), own.header(ours));
        assertThat(Receiver.codes(taken)).containsExactly(FindingCode.REFLECTED);
    }

    @Test
    void headerOfAnotherConversationIsMoved() {
        Talk elsewhere = new Talk(alice, new Party("carol", 3, 3), 73);
        Sealed sealed = elsewhere.say("for carol");
        Taken taken = took(talk.stored(1, alice.name, sealed), elsewhere.header(sealed));
        assertThat(Receiver.codes(taken)).containsExactly(FindingCode.MOVED);
    }

    @Test
    void givenSecretOpensAndAnotherDoesNot() {
        Sealed sealed = talk.say("hello");
        StoredMessage message = talk.at(1, sealed);
        SignedEpoch epoch = (SignedEpoch) new EpochInspector(context).inspect(message, talk.header(sealed));
        try (SecretBytes secret = talk.epochs.get(sealed.epoch()).opened().secret();
                OpenedEpoch opened = (OpenedEpoch) epoch.open(message, secret)) {
            assertThat(new MessageOpener(context).open(message, opened))
                    .isInstanceOfSatisfying(
                            OpenedMessage.class,
                            read -> assertThat(read.content().asText()).contains("hello"));
        }
        try (SecretBytes other = SecretBytes.adopt(new byte[SignedEpoch.SECRET_SIZE])) {
            assertThat(epoch.open(message, other))
                    .isInstanceOfSatisfying(
                            Finding.class,
                            finding -> assertThat(finding.code()).isEqualTo(FindingCode.EPOCH_INCONSISTENT));
        }
        assertThat(epoch.sender()).isEqualTo(alice.identity.publicKey());
        assertThat(epoch.sentByUs()).isFalse();
        assertThat(epoch.lane()).isEqualTo(sealed.lane());
        assertThat(epoch.recipientBundle()).isEqualTo(bob.bundle.bundle().hash());
    }

    @Test
    void messageThatIsNotAtHandKeepsItsPlaceInViewAndLane() {
        List<Sealed> said = new ArrayList<>(List.of(talk.say("one"), talk.say("two"), talk.say("three")));
        assertThat(take(talk.at(1, said.get(0)), said.get(0))).isEmpty();
        Receiver receiver = new Receiver(bob, alice);
        receiver.take(talk, said.get(0));
        receiver.take(talk, said.get(1));
        pass(said.get(1), said.get(1).lane());
        assertThat(transcript.view()).isEqualTo(receiver.transcript.view());
        assertThat(take(talk.at(3, said.get(2)), said.get(2))).isEmpty();
    }

    @Test
    void messageOfUnknownLaneThatIsNotAtHandExcusesNoGap() {
        Sealed first = talk.say("one");
        Sealed second = talk.say("two");
        pass(first, LaneId.NONE);
        assertThat(take(talk.at(2, second), second)).containsExactly(FindingCode.GAP);
    }

    @Test
    void onlyTheNextMessageIsTaken() {
        Sealed first = talk.say("one");
        StoredMessage message = talk.at(2, first);
        SealedMessage sealed = sealed(message, talk.header(first));
        assertThatIllegalArgumentException().isThrownBy(() -> transcript.takeSealed(message, sealed, index));
    }

    private long next() {
        return transcript.last().value() + 1;
    }

    private void pass(Sealed sealed, LaneId lane) {
        Bytes hash = Sha256.of(sealed.envelope().value());
        Taken taken = transcript.pass(alice.name, lane, new KnownMessages.Step(sealed.id(), hash));
        assertThat(taken.findings()).isEmpty();
        taken.views().forEach(index::addView);
        transcript = taken.after();
    }

    private List<FindingCode> take(StoredMessage message, Sealed sealed) {
        return Receiver.codes(took(message, talk.header(sealed)));
    }

    private Taken took(StoredMessage message, Bytes header) {
        EpochInspection epoch = new EpochInspector(context).inspect(message, header);
        MessageInspection seen = epoch instanceof SignedEpoch signed
                ? new MessageOpener(context).inspect(message, signed)
                : (Finding) epoch;
        Taken taken = seen instanceof SealedMessage sealed
                ? transcript.takeSealed(message, sealed, index)
                : transcript.take(message, (Finding) seen, index);
        index.add(message, taken);
        if (seen instanceof SealedMessage sealed && taken.findings().isEmpty()) {
            LaneHead head = sealed.head();
            index.addMessage(message.position(), head.id(), head.epoch(), head.n(), sealed.envelopeHash());
        }
        transcript = taken.after();
        return taken;
    }

    private SealedMessage sealed(StoredMessage message, Bytes header) {
        SignedEpoch epoch = (SignedEpoch) new EpochInspector(context).inspect(message, header);
        return (SealedMessage) new MessageOpener(context).inspect(message, epoch);
    }

    private static Envelope flipped(Envelope envelope) {
        byte[] bytes = envelope.value().toArray();
        bytes[bytes.length - 1] ^= 1;
        return new Envelope(Bytes.adopt(bytes));
    }
}
