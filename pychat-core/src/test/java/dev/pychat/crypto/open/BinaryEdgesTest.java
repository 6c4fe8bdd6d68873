package dev.pychat.crypto.open;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pychat.model.Bytes;
import java.time.Instant;
import org.junit.jupiter.api.Test;

/** The first value that is allowed, the last one, and the first that is not. */
class BinaryEdgesTest {

    private static final Instant LATEST = Instant.parse("9999-12-31T23:59:59.999Z");

    @Test
    void anInputOfExactlyItsLimitIsRead() throws Exception {
        BinaryReader reader = BinaryReader.limited("thing", Bytes.fromHex("0102"), 2);
        assertThat(reader.u16("number")).isEqualTo(0x0102);
        assertThatThrownBy(() -> BinaryReader.limited("thing", Bytes.fromHex("010203"), 2))
                .hasMessage("malformed thing: 3 bytes, allowed are 2");
    }

    @Test
    void numbersBeginAtZero() throws Exception {
        assertThat(reader("0000000000000000").u64("number")).isZero();
        assertThatThrownBy(() -> reader("8000000000000000").u64("number"))
                .hasMessage("malformed thing: number is 2^63 or more");
    }

    @Test
    void momentsReachFrom1970To9999() throws Exception {
        for (Instant moment : new Instant[] {Instant.EPOCH, Instant.ofEpochMilli(1), LATEST}) {
            try (BinaryWriter writer = new BinaryWriter()) {
                Bytes written = writer.time(moment).toBytes();
                assertThat(written.size()).isEqualTo(8);
                assertThat(new BinaryReader("thing", written).time("time")).isEqualTo(moment);
            }
        }
    }

    @Test
    void aMomentAfter9999IsMalformedAndIsNotWritten() {
        assertThatThrownBy(() -> reader("0000e677d21fdc00").time("time"))
                .isInstanceOf(MalformedException.class)
                .hasMessage("malformed thing: time lies after the year 9999");
        try (BinaryWriter writer = new BinaryWriter()) {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> writer.time(LATEST.plusMillis(1)))
                    .withMessageContaining("outside the years 1970 to 9999");
            assertThatIllegalArgumentException().isThrownBy(() -> writer.time(Instant.ofEpochMilli(-1)));
        }
    }

    @Test
    void aStructureBeginsWithItsOwnLabel() throws Exception {
        BinaryReader reader = new BinaryReader("thing", Label.PIN.bytes());
        reader.expect(Label.PIN);
        assertThat(reader.position()).isEqualTo(Label.PIN.bytes().size());
        assertThat(reader.remaining()).isZero();
        assertThatThrownBy(() -> new BinaryReader("thing", Label.DRAFT.bytes()).expect(Label.PIN))
                .isInstanceOf(MalformedException.class);
        Bytes ofTheSameLength = new BinaryWriter(Label.DRAFT).toBytes();
        assertThatThrownBy(() -> new BinaryReader("thing", ofTheSameLength).expect(Label.VAULT))
                .hasMessage("malformed thing: does not begin with the label \"pychat/1 vault\"");
    }

    @Test
    void moreIsWrittenThanTheFirstBufferHolds() {
        byte[] large = new byte[1000];
        large[999] = 7;
        try (BinaryWriter arrays = new BinaryWriter();
                BinaryWriter bytes = new BinaryWriter();
                BinaryWriter numbers = new BinaryWriter()) {
            assertThat(arrays.raw(large).raw(large).size()).isEqualTo(2000);
            assertThat(bytes.raw(Bytes.adopt(large)).toBytes()).isEqualTo(Bytes.copyOf(large));
            for (int i = 0; i < 300; i++) {
                numbers.u8(i & 0xff);
            }
            assertThat(arrays.toBytes()).isEqualTo(Bytes.concat(Bytes.copyOf(large), Bytes.copyOf(large)));
            assertThat(numbers.toBytes().at(299)).isEqualTo((byte) (299 & 0xff));
        }
    }

    /** Read from its field, as nothing else may show what is left of a secret. */
    @Test
    void growingAndClosingEraseWhatWasWritten() throws Exception {
        BinaryWriter writer = new BinaryWriter();
        writer.raw(new byte[] {1, 2, 3});
        byte[] first = buffer(writer);
        writer.raw(new byte[300]);
        assertThat(first).containsOnly(0);
        byte[] second = buffer(writer);
        assertThat(second).startsWith(1, 2, 3);
        writer.close();
        assertThat(second).containsOnly(0);
        assertThat(writer.size()).isZero();
    }

    private static byte[] buffer(BinaryWriter writer) throws ReflectiveOperationException {
        var field = BinaryWriter.class.getDeclaredField("buffer");
        field.setAccessible(true);
        return (byte[]) field.get(writer);
    }

    private static BinaryReader reader(String hex) {
        return new BinaryReader("thing", Bytes.fromHex(hex));
    }
}
