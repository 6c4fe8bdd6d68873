package dev.pychat.key;

import static dev.pychat.key.TestBundles.ANN;
import static dev.pychat.key.TestBundles.BEGIN;
import static dev.pychat.key.TestBundles.END;
import static dev.pychat.key.TestBundles.IDENTITY;
import static dev.pychat.key.TestBundles.REALM;
import static dev.pychat.key.TestBundles.RSA_SECTION;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pychat.crypto.open.BinaryWriter;
import dev.pychat.crypto.open.Label;
import dev.pychat.model.Bytes;
import dev.pychat.model.DeviceId;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The rules of a bundle's content, for who makes one and for who receives one. */
class BundleFieldsTest {

    private static final Bytes NONE = BundleFields.NO_PREDECESSOR;
    private static final Bytes SOME = Bytes.fromHex("55".repeat(32));
    private static final KeySection OTHER = new KeySection(new Suite(2), DeviceId.ACCOUNT, Bytes.fromHex("01"));

    @Test
    void serialAndPredecessorBelongTogether() {
        assertRefused(0, NONE, BEGIN, END, List.of(1), List.of(RSA_SECTION));
        assertRefused(1, SOME, BEGIN, END, List.of(1), List.of(RSA_SECTION));
        assertRefused(2, NONE, BEGIN, END, List.of(1), List.of(RSA_SECTION));
    }

    @Test
    void anEndIsLaterThanItsBeginning() {
        assertRefused(1, NONE, BEGIN, BEGIN, List.of(1), List.of(RSA_SECTION));
        assertRefused(1, NONE, END, BEGIN, List.of(1), List.of(RSA_SECTION));
    }

    @Test
    void suitesAndSectionsStandInOrderAndOnce() {
        assertRefused(1, NONE, BEGIN, END, List.of(), List.of(RSA_SECTION));
        assertRefused(1, NONE, BEGIN, END, List.of(2, 1), List.of(RSA_SECTION));
        assertRefused(1, NONE, BEGIN, END, List.of(1, 1), List.of(RSA_SECTION));
        assertRefused(1, NONE, BEGIN, END, List.of(1), List.of(RSA_SECTION, RSA_SECTION));
        assertRefused(1, NONE, BEGIN, END, List.of(1), List.of(OTHER, RSA_SECTION));
    }

    @Test
    void numbersOfSuitesAndDevicesHaveLimits() {
        assertThatIllegalArgumentException().isThrownBy(() -> new Suite(0));
        assertThatIllegalArgumentException().isThrownBy(() -> new Suite(65536));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new KeySection(Suite.RSA, DeviceId.ACCOUNT, Bytes.adopt(new byte[8193])));
    }

    @Test
    void tooLargeABundleIsNotSigned() {
        List<KeySection> sections = java.util.stream.IntStream.rangeClosed(1, 5)
                .mapToObj(code -> new KeySection(new Suite(code), DeviceId.ACCOUNT, Bytes.adopt(new byte[8192])))
                .toList();
        assertThatIllegalArgumentException()
                .isThrownBy(() -> TestBundles.sections(sections))
                .withMessageContaining("allowed are 32768");
    }

    @Test
    void theBytesAreTheDocumentedOnes() {
        KeyBundle bundle = TestBundles.bundle(1, NONE);
        String hex = bundle.bytes().hex();
        assertThat(hex)
                .startsWith(
                        Label.BUNDLE_HASH.bytes().hex() + "01" + REALM.value().hex() + "03616e6e"
                                + IDENTITY.publicKey().value().hex() + "0000000000000001" + NONE.hex());
        assertThat(hex)
                .contains("01" + "0001" + "01" + "0001" + "00".repeat(16) + "01a6"
                        + RSA_SECTION.key().hex());
    }

    private static void assertRefused(
            long serial, Bytes predecessor, Instant begin, Instant end, List<Integer> suites, List<KeySection> keys) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new BundleFields(
                        REALM,
                        ANN,
                        IDENTITY.publicKey(),
                        serial,
                        predecessor,
                        begin,
                        end,
                        suites.stream().map(Suite::new).toList(),
                        keys));
        Bytes received = received(serial, predecessor, begin, end, suites, keys);
        assertThatThrownBy(() -> KeyBundle.parse(received))
                .isInstanceOfSatisfying(
                        BundleException.class, e -> assertThat(e.defect()).isEqualTo(BundleDefect.MALFORMED));
    }

    private static Bytes received(
            long serial, Bytes predecessor, Instant begin, Instant end, List<Integer> suites, List<KeySection> keys) {
        BinaryWriter out = new BinaryWriter(Label.BUNDLE_HASH)
                .u8(1)
                .raw(REALM.value())
                .username(ANN)
                .raw(IDENTITY.publicKey().value())
                .u64(serial)
                .raw(predecessor)
                .time(begin)
                .time(end);
        out.u8(suites.size());
        suites.forEach(out::u16);
        out.u8(keys.size());
        for (KeySection key : keys) {
            out.u16(key.suite().code()).raw(key.device().value()).bytes16(key.key());
        }
        Bytes unsigned = out.toBytes();
        return Bytes.concat(unsigned, TestBundles.signature(IDENTITY, unsigned));
    }
}
