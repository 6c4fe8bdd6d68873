package dev.pychat.crypto.open;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pychat.model.Bytes;
import org.junit.jupiter.api.Test;

/** One spelling for each length and each number. */
class DerReaderTest {

    @Test
    void eachLengthIsReadInItsShortestForm() throws Exception {
        assertThat(value("0400").size()).isZero();
        assertThat(value("047f" + "00".repeat(0x7f)).size()).isEqualTo(0x7f);
        assertThat(value("048180" + "00".repeat(0x80)).size()).isEqualTo(0x80);
        assertThat(value("0481ff" + "00".repeat(0xff)).size()).isEqualTo(0xff);
        assertThat(value("04820100" + "00".repeat(0x100)).size()).isEqualTo(0x100);
    }

    @Test
    void aLongerFormOfALengthIsMalformed() {
        assertNotMinimal("04817f" + "00".repeat(0x7f));
        assertNotMinimal("048200ff" + "00".repeat(0xff));
        assertNotMinimal("0483000100" + "00".repeat(0x100));
    }

    /** BER's indefinite length. */
    @Test
    void aLengthThatIsNotStatedIsMalformed() {
        assertNotMinimal("0480" + "00".repeat(0x80));
    }

    @Test
    void aNumberHasNoZerosBeforeItButWhereItsFirstBitIsSet() throws Exception {
        assertThat(new DerReader(Bytes.fromHex("020100")).positiveInteger()).isEqualTo(Bytes.fromHex("00"));
        assertThat(new DerReader(Bytes.fromHex("02020080")).positiveInteger()).isEqualTo(Bytes.fromHex("0080"));
        for (String other : new String[] {"0200", "020180", "0202007f", "02020000"}) {
            assertThatThrownBy(() -> new DerReader(Bytes.fromHex(other)).positiveInteger())
                    .as(other)
                    .isInstanceOf(MalformedException.class)
                    .hasMessageContaining("not a minimal positive one");
        }
    }

    private static Bytes value(String hex) throws MalformedException {
        return new DerReader(Bytes.fromHex(hex)).value(4);
    }

    private static void assertNotMinimal(String hex) {
        assertThatThrownBy(() -> value(hex))
                .isInstanceOf(MalformedException.class)
                .hasMessageContaining("a length that is not minimal");
    }
}
