package dev.pychat.envelope;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pychat.crypto.SeededRandom;
import dev.pychat.model.Bytes;
import dev.pychat.model.Envelope;
import dev.pychat.model.LaneId;
import dev.pychat.model.StoredMessage;
import dev.pychat.model.Username;
import org.junit.jupiter.api.Test;

/** The first checks of ENVELOPE.md, section 9.2, and check 8, with the secret and without it. */
class InspectionTest {

    private final Party alice = Party.alice();
    private final Party bob = Party.bob();
    private final Talk talk = new Talk(alice, bob, 91);
    private final Sealed sealed = talk.say("hello");
    private final ConversationContext bobs = bob.with(alice);
    private final OpenedEpoch opened = talk.epochs.get(sealed.epoch()).opened();
    private final SignedEpoch signed = signed(sealed);

    @Test
    void bothSeeTheSameMessage() {
        StoredMessage message = talk.at(1, sealed);
        SealedMessage outside = (SealedMessage) new MessageOpener(bobs).inspect(message, signed);
        OpenedMessage inside = (OpenedMessage) new MessageOpener(bobs).open(message, opened);
        assertThat(outside.head()).isEqualTo(inside.head()).isEqualTo(sealed.after());
        assertThat(outside.envelopeHash()).isEqualTo(inside.envelopeHash());
        assertThat(outside.place()).isEqualTo(inside.place());
    }

    @Test
    void bytesThatAreNoEnvelopeAreMalformed() {
        Envelope cut = new Envelope(sealed.envelope().value().slice(0, 40));
        assertBoth(message(alice.name, cut), FindingCode.MALFORMED, "malformed envelope");
    }

    @Test
    void aMessageOfAnotherEpochIsNotOfThisOne() {
        talk.restart();
        Sealed other = talk.say("other epoch");
        assertBoth(message(alice.name, other.envelope()), FindingCode.UNKNOWN_EPOCH, "the message names another epoch");
    }

    @Test
    void aMessageOfAnotherLaneThanItsEpochIsAltered() {
        LaneId other = LaneId.random(new SeededRandom(5));
        String hex = sealed.envelope().value().hex();
        String lane = sealed.lane().value().hex();
        assertThat(hex).containsOnlyOnce(lane);
        Envelope moved =
                new Envelope(Bytes.fromHex(hex.replace(lane, other.value().hex())));
        assertBoth(message(alice.name, moved), FindingCode.ALTERED, "it names another lane than its epoch");
    }

    @Test
    void whoIsNamedByTheServerIsWhoSealedIt() {
        Username carol = new Username("carol");
        Envelope envelope = sealed.envelope();
        assertBoth(message(bob.name, envelope), FindingCode.RE_ATTRIBUTED, "the peer's message, served as bob's");
        assertBoth(message(carol, envelope), FindingCode.RE_ATTRIBUTED, "the peer's message, served as carol's");
        MessageOpener alices = new MessageOpener(alice.with(bob));
        assertFinds(
                alices.open(message(bob.name, envelope), opened),
                FindingCode.REFLECTED,
                "our own message, served as bob's");
        assertFinds(
                alices.open(message(carol, envelope), opened),
                FindingCode.RE_ATTRIBUTED,
                "our own message, served as carol's");
        assertThat(alices.open(message(alice.name, envelope), opened)).isInstanceOf(OpenedMessage.class);
    }

    private SignedEpoch signed(Sealed of) {
        return (SignedEpoch) new EpochInspector(bobs).inspect(talk.at(1, of), talk.header(of));
    }

    private void assertBoth(StoredMessage message, FindingCode code, String what) {
        assertFinds(new MessageOpener(bobs).inspect(message, signed), code, what);
        assertFinds(new MessageOpener(bobs).open(message, opened), code, what);
    }

    private static void assertFinds(Object opening, FindingCode code, String what) {
        assertThat(opening).isInstanceOfSatisfying(Finding.class, finding -> {
            assertThat(finding.code()).isEqualTo(code);
            assertThat(finding.what()).contains(what);
        });
    }

    private StoredMessage message(Username servedAs, Envelope envelope) {
        return talk.message(1, servedAs, sealed.id(), sealed.lane(), sealed.epoch(), envelope);
    }
}
