package dev.pychat.envelope;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.pychat.crypto.open.Label;
import dev.pychat.crypto.open.MalformedException;
import dev.pychat.crypto.secret.AesGcm;
import dev.pychat.crypto.secret.SecretBytes;
import dev.pychat.model.Bytes;
import dev.pychat.model.Content;
import dev.pychat.model.Envelope;
import dev.pychat.model.Position;
import dev.pychat.model.StoredMessage;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.provider.MethodSource;

/** Whatever a server serves as an envelope, and whatever the peer itself has sealed into one: opened, or a finding. */
class EnvelopeFuzzTest {

    private static final Talk TALK = new Talk(Party.alice(), Party.bob(), 44);
    private static final Sealed SEALED = TALK.say("something");
    private static final OpenedEpoch EPOCH = opened();
    private static final ConversationContext BOBS = TALK.peer.with(TALK.sender);

    private static OpenedEpoch opened() {
        EpochOpener opener = TALK.peer.opener(TALK.peer.with(TALK.sender));
        return (OpenedEpoch) opener.open(TALK.at(1, SEALED), TALK.header(SEALED));
    }

    static Stream<byte[]> envelopes() {
        return Stream.of(SEALED, TALK.say("Größe ✓", View.empty(BOBS.conversation()), new Position(1)))
                .map(each -> each.envelope().value().toArray());
    }

    static Stream<byte[]> contents() throws MalformedException {
        OpenedMessage opened = (OpenedMessage) new MessageOpener(BOBS).open(TALK.at(1, SEALED), EPOCH);
        View view = View.empty(BOBS.conversation());
        List<Content> contents = List.of(
                opened.content(),
                new RewrapRequest(List.of(SEALED.epoch())).content(),
                RewrapAnswer.content(List.of(EPOCH)));
        return contents.stream().map(content -> new Plaintext(content, TALK.now, new Position(1), view).unsigned());
    }

    @MethodSource("envelopes")
    @FuzzTest
    void anyEnvelopeIsOpenedOrAFinding(byte[] input) {
        if (input.length == 0 || input.length > Envelope.MAX_SIZE) {
            return;
        }
        check(new Envelope(Bytes.copyOf(input)));
    }

    /** The bytes are what a peer signs and seals, his signature left out. */
    @MethodSource("contents")
    @FuzzTest
    void anyContentIsReadOrAFinding(byte[] input) throws MalformedException {
        int room = Plaintext.MAX_PADDED - Plaintext.SIGNATURE;
        if (input.length == 0 || input.length > room) {
            return;
        }
        byte[] padded = new byte[Padme.padded(Plaintext.SIGNATURE + input.length)];
        System.arraycopy(input, 0, padded, 0, Math.min(input.length, padded.length));
        check(sealed(padded));
    }

    private static Envelope sealed(byte[] padded) throws MalformedException {
        EnvelopeParts honest = EnvelopeParts.parse(SEALED.envelope());
        Bytes aad = Aad.of(EPOCH.fields(), ConversationContext.fingerprint(EPOCH.sender()), honest);
        try (SecretBytes key = EPOCH.messageKey(honest.n());
                MessageKeys keys = MessageKeys.derive(key, honest.hedge(), aad)) {
            sign(padded, aad, keys.commitment());
            Bytes ciphertext = AesGcm.seal(keys.key(), keys.nonce(), aad, padded);
            return honest.sealed(keys.commitment(), ciphertext).envelope();
        }
    }

    /** Where the content makes sense; where it makes none, nobody comes as far as the signature. */
    private static void sign(byte[] padded, Bytes aad, Bytes commitment) {
        try {
            Bytes hash = Plaintext.parse(Bytes.copyOf(padded)).contentHash();
            Bytes signed = Aad.signedPart(aad, commitment, hash);
            System.arraycopy(
                    Party.key(1).sign(Label.MESSAGE_SIGNATURE, signed).toArray(), 0, padded, 0, Plaintext.SIGNATURE);
        } catch (MalformedException unsigned) {
            assertThat(unsigned).hasMessageStartingWith("malformed ");
        }
    }

    private static void check(Envelope envelope) {
        StoredMessage message = TALK.message(1, TALK.sender.name, SEALED.id(), SEALED.lane(), SEALED.epoch(), envelope);
        EpochOpener.epochOf(envelope);
        MessageOpening opening = new MessageOpener(BOBS).open(message, EPOCH);
        if (opening instanceof OpenedMessage opened) {
            read(opened.content());
            Transcript transcript = Transcript.fromStart(BOBS.conversation());
            assertThat(transcript.take(message, opening, new MessageIndex()).after())
                    .isNotEqualTo(transcript);
        } else {
            assertThat(((Finding) opening).what()).isNotBlank();
        }
    }

    private static void read(Content content) {
        content.asText();
        RewrapRequest.of(content);
        RewrapAnswer.of(content).ifPresent(RewrapAnswer::close);
    }
}
