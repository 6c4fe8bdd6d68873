package dev.pychat.crypto.open;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pychat.model.Bytes;
import dev.pychat.model.Username;
import java.util.Random;
import org.junit.jupiter.api.Test;

class BinaryFormTest {

    @Test
    void whatIsWrittenIsReadBack() throws Exception {
        BinaryWriter writer = new BinaryWriter()
                .u8(255)
                .u16(65535)
                .u32(0xffffffffL)
                .u64(Long.MAX_VALUE)
                .bool(true)
                .bool(false)
                .raw(Bytes.fromHex("0102"))
                .raw(new byte[] {3})
                .bytes8(Bytes.fromHex("04"))
                .bytes16(Bytes.EMPTY)
                .bytes32(Bytes.fromHex("0506"))
                .username(new Username("ann"));
        BinaryReader reader = new BinaryReader("thing", writer.toBytes());
        assertThat(reader.u8("a")).isEqualTo(255);
        assertThat(reader.u16("b")).isEqualTo(65535);
        assertThat(reader.u32("c")).isEqualTo(0xffffffffL);
        assertThat(reader.u64("d")).isEqualTo(Long.MAX_VALUE);
        assertThat(reader.bool("e")).isTrue();
        assertThat(reader.bool("f")).isFalse();
        assertThat(reader.raw("g", 3)).isEqualTo(Bytes.fromHex("010203"));
        assertThat(reader.bytes8("h", 1)).isEqualTo(Bytes.fromHex("04"));
        assertThat(reader.bytes16("i", 0)).isEqualTo(Bytes.EMPTY);
        assertThat(reader.bytes32("j", 2)).isEqualTo(Bytes.fromHex("0506"));
        assertThat(reader.username("k")).isEqualTo(new Username("ann"));
        reader.end();
    }

    @Test
    void numbersAreBigEndian() {
        assertThat(new BinaryWriter()
                        .u16(0x0102)
                        .u32(0x03040506L)
                        .u64(0x0708090a0b0c0d0eL)
                        .toBytes())
                .isEqualTo(Bytes.fromHex("0102030405060708090a0b0c0d0e"));
    }

    @Test
    void aNumberThatDoesNotFitIsTheCallersBug() {
        BinaryWriter writer = new BinaryWriter();
        assertThatIllegalArgumentException().isThrownBy(() -> writer.u8(256));
        assertThatIllegalArgumentException().isThrownBy(() -> writer.u8(-1));
        assertThatIllegalArgumentException().isThrownBy(() -> writer.u16(65536));
        assertThatIllegalArgumentException().isThrownBy(() -> writer.u32(1L << 32));
        assertThatIllegalArgumentException().isThrownBy(() -> writer.u64(-1));
    }

    @Test
    void aLengthBeyondTheEndIsMalformedAndTakesNoMemory() {
        BinaryReader reader = new BinaryReader("thing", Bytes.fromHex("7fffffff01"));
        assertThatThrownBy(() -> reader.bytes32("body", Integer.MAX_VALUE))
                .isInstanceOf(MalformedException.class)
                .hasMessageContaining("thing")
                .hasMessageContaining("body");
    }

    @Test
    void aLengthAboveTheLimitIsMalformed() {
        assertMalformed("ffffffff01", reader -> reader.bytes32("body", 1000));
        assertMalformed("0002aabb", reader -> reader.bytes16("body", 1));
        assertMalformed("02aabb", reader -> reader.bytes8("body", 1));
    }

    @Test
    void anInputAboveItsLimitIsMalformed() {
        assertThatThrownBy(() -> BinaryReader.limited("thing", Bytes.fromHex("010203"), 2))
                .isInstanceOf(MalformedException.class);
    }

    @Test
    void trailingBytesAreMalformed() {
        assertMalformed("0100", reader -> {
            reader.u8("a");
            reader.end();
        });
    }

    @Test
    void aTruthValueHasTwoForms() {
        assertMalformed("02", reader -> reader.bool("flag"));
    }

    @Test
    void aNumberOfTwoToTheSixtyThreeIsMalformed() {
        assertMalformed("8000000000000000", reader -> reader.u64("serial"));
    }

    @Test
    void aNameThatIsNotCanonicalIsMalformed() {
        assertMalformed("03416e6e", reader -> reader.username("name"));
        assertMalformed("0161", reader -> reader.username("name"));
        assertMalformed("03c3a962", reader -> reader.username("name"));
    }

    @Test
    void anyBytesGiveValuesOrTheOneException() {
        long seed = System.nanoTime();
        Random random = new Random(seed);
        for (int i = 0; i < 20_000; i++) {
            byte[] input = new byte[random.nextInt(24)];
            random.nextBytes(input);
            BinaryReader reader = new BinaryReader("thing", Bytes.adopt(input));
            try {
                while (reader.remaining() > 0) {
                    readSomething(reader, random.nextInt(8));
                }
            } catch (MalformedException expected) {
                assertThat(expected).as("seed %d", seed).hasMessageStartingWith("malformed thing");
            } catch (RuntimeException e) {
                throw new AssertionError("seed " + seed, e);
            }
        }
    }

    @Test
    void closingErasesWhatWasWritten() {
        BinaryWriter writer = new BinaryWriter().raw(new byte[] {1, 2, 3});
        writer.close();
        assertThat(writer.size()).isZero();
        assertThat(writer.toBytes()).isEqualTo(Bytes.EMPTY);
    }

    @Test
    void growsBeyondItsFirstBuffer() {
        byte[] large = new byte[100_000];
        new Random(1).nextBytes(large);
        assertThat(new BinaryWriter().u8(7).raw(large).toArray())
                .hasSize(100_001)
                .endsWith(large);
    }

    private static void readSomething(BinaryReader reader, int which) throws MalformedException {
        switch (which) {
            case 0 -> reader.u8("a");
            case 1 -> reader.u16("a");
            case 2 -> reader.u32("a");
            case 3 -> reader.u64("a");
            case 4 -> reader.bytes8("a", 200);
            case 5 -> reader.bytes16("a", 65535);
            case 6 -> reader.bytes32("a", Integer.MAX_VALUE);
            default -> reader.username("a");
        }
    }

    private interface Reading {
        void read(BinaryReader reader) throws MalformedException;
    }

    private static void assertMalformed(String hex, Reading reading) {
        assertThatThrownBy(() -> reading.read(new BinaryReader("thing", Bytes.fromHex(hex))))
                .isInstanceOf(MalformedException.class)
                .hasMessageStartingWith("malformed thing: ");
    }
}
