package dev.pychat.envelope;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pychat.crypto.SeededRandom;
import dev.pychat.crypto.open.MalformedException;
import dev.pychat.model.Bytes;
import dev.pychat.model.Content;
import dev.pychat.model.EpochName;
import dev.pychat.model.LaneId;
import dev.pychat.model.MessageId;
import dev.pychat.model.Position;
import java.time.Instant;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The canonical forms of ENVELOPE.md, sections 6 and 7: the outermost values that are taken, and the next ones. */
class EnvelopeFormTest {

    private static final Bytes ANY = Bytes.fromHex("aa".repeat(32));
    private static final LaneId LANE = LaneId.random(new SeededRandom(1));
    private static final MessageId ID = MessageId.random(new SeededRandom(2));

    private final Talk talk = new Talk(Party.alice(), Party.bob(), 5);
    private final EpochHeader header =
            talk.epochs.get(talk.say("hello").epoch()).opened().fields();

    @ParameterizedTest
    @CsvSource({"0, 256", "256, 256", "257, 272", "272, 272", "273, 288", "512, 512", "513, 544", "65536, 65536"})
    void lengthsArePaddedAsTheDocumentSays(int length, int padded) {
        assertThat(Padme.padded(length)).isEqualTo(padded);
        assertThat(Padme.isPadded(length)).isEqualTo(length == padded && length >= 256);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 7, 129})
    void paddingIsZeroUpToItsLastBit(int fromTheEnd) {
        byte[] padded = plaintext(Content.text("hi")).unsigned();
        assertThatCode(() -> Plaintext.parse(Bytes.copyOf(padded))).doesNotThrowAnyException();
        int last = padded.length - 1 - fromTheEnd;
        for (int bit = 0; bit < 8; bit++) {
            byte[] altered = padded.clone();
            altered[last - (fromTheEnd == 129 ? -2 : 0)] ^= (byte) (1 << bit);
            assertMalformed(() -> Plaintext.parse(Bytes.adopt(altered)), "padding that is not zero");
        }
    }

    @Test
    void aPlaintextIsPaddedByNoMoreAndNoLessThanItsLengthAsks() {
        Bytes padded = Bytes.adopt(plaintext(Content.text("hi")).unsigned());
        assertThat(padded.size()).isEqualTo(256);
        assertMalformed(() -> Plaintext.parse(padded.slice(0, 255)), "padded to 255 bytes, must be 256");
        assertMalformed(
                () -> Plaintext.parse(Bytes.concat(padded, Bytes.adopt(new byte[16]))),
                "padded to 272 bytes, must be 256");
    }

    @Test
    void contentHasATypeAndTextIsUtf8() throws Exception {
        byte[] padded = plaintext(new Content(2, Bytes.fromHex("ff"))).unsigned();
        assertThat(Plaintext.parse(Bytes.copyOf(padded)).content()).isEqualTo(new Content(2, Bytes.fromHex("ff")));
        byte[] none = padded.clone();
        none[Plaintext.SIGNATURE + 1] = 0;
        assertMalformed(() -> Plaintext.parse(Bytes.adopt(none)), "content type 0");
        byte[] text = padded.clone();
        text[Plaintext.SIGNATURE + 1] = Content.TEXT;
        assertMalformed(() -> Plaintext.parse(Bytes.adopt(text)), "text that is not UTF-8");
    }

    @Test
    void anEnvelopeHasANumberALaneAndAnId() {
        assertThatCode(() -> parse(parts(0, LANE, 1, ID, 272))).doesNotThrowAnyException();
        assertThatCode(() -> parse(parts(255, LANE, Long.MAX_VALUE, ID, 272))).doesNotThrowAnyException();
        assertMalformed(() -> parse(parts(256, LANE, 1, ID, 272)), "n 256");
        assertMalformed(() -> parse(parts(0, LANE, 0, ID, 272)), "lane number 0");
        assertMalformed(() -> parse(parts(0, LaneId.NONE, 1, ID, 272)), "malformed envelope: n 0");
        assertMalformed(() -> parse(parts(0, LANE, 1, MessageId.NONE, 272)), "malformed envelope: n 0");
    }

    @Test
    void aCiphertextHasAPaddedLength() {
        int most = Plaintext.MAX_PADDED;
        assertThat(most).isEqualTo(67_584);
        assertThatCode(() -> parse(parts(0, LANE, 1, ID, most + 16))).doesNotThrowAnyException();
        for (int size : new int[] {0, 16, 256, 271, 273, most + 15, most + 17, most + 16 + 2048}) {
            assertMalformed(() -> parse(parts(0, LANE, 1, ID, size)), "a ciphertext of " + size + " bytes");
        }
    }

    @Test
    void anEpochHasALaneAndAnOrdinalFromOne() {
        assertThat(reparsed(LANE, 1, LaneHead.NONE).ordinal()).isEqualTo(1);
        assertThat(reparsed(LANE, Integer.MAX_VALUE, LaneHead.NONE).ordinal()).isEqualTo(Integer.MAX_VALUE);
        assertMalformed(() -> EpochHeader.parse(encoded(LANE, 0, LaneHead.NONE)), "epoch ordinal 0");
        assertMalformed(() -> EpochHeader.parse(encoded(LaneId.NONE, 1, LaneHead.NONE)), "no lane");
        Bytes largest = encoded(LANE, Integer.MAX_VALUE, LaneHead.NONE);
        Bytes above = Bytes.fromHex(largest.hex()
                .replaceFirst(LANE.value().hex() + "7fffffff", LANE.value().hex() + "80000000"));
        assertMalformed(() -> EpochHeader.parse(above), "epoch ordinal 2147483648");
    }

    @Test
    void thePreviousHeadIsAnEarlierOneOfTheSameLane() {
        assertThat(reparsed(LANE, 3, head(LANE, 2)).previous()).isEqualTo(head(LANE, 2));
        assertMalformed(() -> EpochHeader.parse(encoded(LANE, 3, head(LANE, 3))), "and epoch 3");
        assertMalformed(() -> EpochHeader.parse(encoded(LANE, 3, head(LANE, 4))), "and epoch 4");
        LaneId other = LaneId.random(new SeededRandom(9));
        assertMalformed(() -> EpochHeader.parse(encoded(LANE, 3, head(other, 2))), "previous head of lane " + other);
    }

    @Test
    void aHeaderEndsWithItsSignature() {
        Bytes whole = encoded(LANE, 1, LaneHead.NONE);
        assertMalformed(() -> EpochHeader.parse(whole.slice(0, whole.size() - 1)), "ends inside signature");
        assertMalformed(() -> EpochHeader.parse(Bytes.concat(whole, Bytes.fromHex("00"))), "1 bytes after its end");
        assertMalformed(
                () -> EpochHeader.parse(Bytes.concat(whole, Bytes.adopt(new byte[32_769 - whole.size()]))),
                "32769 bytes, allowed are 32768");
    }

    @Test
    void aLaneHeadIsAllOrNothing() throws Exception {
        assertThat(LaneHead.decode(head(LANE, 2).encode())).isEqualTo(head(LANE, 2));
        LaneHead latest = head(LANE, Integer.MAX_VALUE);
        assertThat(LaneHead.decode(latest.encode())).isEqualTo(latest);
        assertThat(new LaneHead(LANE, 1, new EpochName(ANY), 255, 1, ID, ANY).n())
                .isEqualTo(255);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new LaneHead(LANE, 1, new EpochName(ANY), 256, 1, ID, ANY));
        assertThat(LaneHead.NONE.isNone()).isTrue();
        assertThat(head(LANE, 2).isNone()).isFalse();
        assertMalformed(
                () -> LaneHead.decode(Bytes.concat(head(LANE, 2).encode(), Bytes.fromHex("00"))), "allowed are");
        Bytes ordinal =
                Bytes.fromHex(head(LANE, Integer.MAX_VALUE).encode().hex().replaceFirst("7fffffff", "80000000"));
        assertMalformed(() -> LaneHead.decode(ordinal), "epoch ordinal 2147483648");
    }

    private static Plaintext plaintext(Content content) {
        return new Plaintext(content, Instant.EPOCH, Position.NONE, new View(Position.NONE, ANY));
    }

    private static EnvelopeParts parts(int n, LaneId lane, long number, MessageId id, int ciphertext) {
        return new EnvelopeParts(
                new EpochName(ANY), n, lane, number, ANY, id, ANY.slice(0, 16), ANY, Bytes.adopt(new byte[ciphertext]));
    }

    private static EnvelopeParts parse(EnvelopeParts parts) throws MalformedException {
        EnvelopeParts parsed = EnvelopeParts.parse(parts.envelope());
        assertThat(parsed).isEqualTo(parts);
        return parsed;
    }

    private static LaneHead head(LaneId lane, int ordinal) {
        return new LaneHead(lane, ordinal, new EpochName(ANY), 0, 1, ID, ANY);
    }

    private EpochHeader reparsed(LaneId lane, int ordinal, LaneHead previous) {
        try {
            return EpochHeader.parse(encoded(lane, ordinal, previous));
        } catch (MalformedException e) {
            throw new AssertionError(e);
        }
    }

    private Bytes encoded(LaneId lane, int ordinal, LaneHead previous) {
        EpochHeader other = new EpochHeader(
                header.suite(),
                header.realm(),
                header.conversation(),
                header.senderKey(),
                header.recipient(),
                lane,
                ordinal,
                previous,
                header.nonce(),
                header.terms(),
                header.commitment(),
                header.wraps());
        return Bytes.concat(other.unsigned(), Bytes.adopt(new byte[EpochHeader.SIGNATURE]));
    }

    private static void assertMalformed(ThrowingCallable parsing, String what) {
        assertThatThrownBy(parsing).isInstanceOf(MalformedException.class).hasMessageContaining(what);
    }
}
