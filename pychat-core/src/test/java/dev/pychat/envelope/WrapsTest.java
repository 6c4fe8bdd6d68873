package dev.pychat.envelope;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pychat.crypto.open.BinaryReader;
import dev.pychat.crypto.open.BinaryWriter;
import dev.pychat.crypto.open.MalformedException;
import dev.pychat.model.Bytes;
import dev.pychat.model.DeviceId;
import java.util.ArrayList;
import java.util.List;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;

/** The rules of wraps in ENVELOPE.md, section 6, each by itself. */
class WrapsTest {

    private static final Bytes RSA = Bytes.adopt(new byte[384]);
    private static final Bytes SEALED = Bytes.adopt(new byte[48]);

    @Test
    void oneToSixteenWrapsAndOneToFourSharedCiphertextsAreRead() throws Exception {
        List<Wrap> sixteen = new ArrayList<>();
        for (int i = 0; i < 16; i++) {
            sixteen.add(wrap(i % 2 == 0 ? Role.SELF : Role.RECIPIENT, i, i < 4 ? i : 255, Bytes.EMPTY));
        }
        Wraps most = new Wraps(List.of(RSA, RSA, RSA, RSA), sixteen);
        assertThat(read(most)).isEqualTo(most);
        Wraps least = new Wraps(List.of(RSA), sixteen.subList(0, 1));
        assertThat(read(least)).isEqualTo(least);
        sixteen.add(wrap(Role.SELF, 16, 255, Bytes.EMPTY));
        assertMalformed(() -> read(new Wraps(List.of(RSA, RSA, RSA, RSA), sixteen)), "allowed are 1 to 16");
        assertMalformed(() -> read(new Wraps(List.of(), sixteen.subList(4, 5))), "allowed are 1 to 4");
        assertMalformed(() -> read(new Wraps(List.of(RSA), List.of())), "allowed are 1 to 16");
    }

    @Test
    void aWrapNamesASharedCiphertextThatIsThere() {
        assertMalformed(
                () -> read(new Wraps(List.of(RSA), List.of(shared(1, 0), shared(2, 1)))),
                "naming shared ciphertext 1 of 1");
        assertMalformed(
                () -> read(new Wraps(List.of(RSA), List.of(shared(1, 0), shared(2, 254)))),
                "naming shared ciphertext 254 of 1");
        assertMalformed(
                () -> read(new Wraps(List.of(RSA, RSA), List.of(shared(1, 0)))), "shared ciphertext 1 that no wrap");
    }

    @Test
    void aSeatIsTakenOnce() {
        Wrap one = shared(1, 0);
        assertMalformed(() -> read(new Wraps(List.of(RSA), List.of(one, one))), "two wraps for one role");
        Wrap otherRole = new Wrap(Role.RECIPIENT, one.device(), one.keyId(), 0, one.ct(), one.sealed());
        Wrap otherDevice = new Wrap(one.role(), device(9), one.keyId(), 0, one.ct(), one.sealed());
        Wrap otherKey = new Wrap(one.role(), one.device(), name(9), 0, one.ct(), one.sealed());
        assertThatCode(() -> read(new Wraps(List.of(RSA), List.of(one, otherRole, otherDevice, otherKey))))
                .doesNotThrowAnyException();
    }

    @Test
    void inSuiteOneAWrapIsOneCiphertextAnd48Bytes() {
        assertThatCode(() -> new Wraps(List.of(RSA), List.of(shared(1, 0))).checkSuite1())
                .doesNotThrowAnyException();
        assertThatCode(() -> new Wraps(List.of(), List.of(wrap(Role.SELF, 1, 255, RSA))).checkSuite1())
                .doesNotThrowAnyException();
        assertThatCode(() -> new Wraps(List.of(RSA, RSA), List.of(shared(1, 0), shared(2, 1))).checkSuite1())
                .doesNotThrowAnyException();
        String neither = "a wrap that is not one ciphertext and 48 sealed bytes";
        assertMalformed(() -> new Wraps(List.of(RSA), List.of(wrap(Role.SELF, 1, 0, RSA))).checkSuite1(), neither);
        assertMalformed(
                () -> new Wraps(List.of(), List.of(wrap(Role.SELF, 1, 255, Bytes.EMPTY))).checkSuite1(), neither);
        for (int size : new int[] {47, 49}) {
            Wrap other = new Wrap(Role.SELF, device(1), name(1), 0, Bytes.EMPTY, Bytes.adopt(new byte[size]));
            assertMalformed(() -> new Wraps(List.of(RSA), List.of(other)).checkSuite1(), neither);
        }
        assertMalformed(
                () -> new Wraps(List.of(RSA), List.of(shared(1, 0), shared(2, 0))).checkSuite1(),
                "two wraps naming one shared ciphertext");
    }

    @Test
    void inSuiteOneWrapsMayHaveCiphertextsOfTheirOwn() {
        Wrap own = wrap(Role.SELF, 1, 255, RSA);
        Wrap other = wrap(Role.RECIPIENT, 2, 255, RSA);
        assertThatCode(() -> new Wraps(List.of(), List.of(own, other)).checkSuite1())
                .doesNotThrowAnyException();
    }

    @Test
    void inSuiteTwoAWrapIsOfADeviceWithBothCiphertexts() {
        Bytes kem = Bytes.adopt(new byte[1088]);
        Wrap good = wrap(Role.SELF, 1, 0, kem);
        assertThatCode(() -> new Wraps(List.of(rsaPart(384)), List.of(good)).checkSuite2())
                .doesNotThrowAnyException();
        Wrap own = wrap(Role.SELF, 1, 255, Bytes.concat(rsaPart(384), kem));
        assertThatCode(() -> new Wraps(List.of(), List.of(own)).checkSuite2()).doesNotThrowAnyException();
        Wrap account = new Wrap(Role.SELF, DeviceId.ACCOUNT, name(1), 0, kem, SEALED);
        assertMalformed(() -> new Wraps(List.of(rsaPart(384)), List.of(account)).checkSuite2(), "not of a device");
        Wrap cut = wrap(Role.SELF, 1, 0, kem.slice(0, 1087));
        assertMalformed(() -> new Wraps(List.of(rsaPart(384)), List.of(cut)).checkSuite2(), "with 1087 bytes");
        for (int size : new int[] {383, 513}) {
            assertMalformed(
                    () -> new Wraps(List.of(rsaPart(size)), List.of(good)).checkSuite2(),
                    "an RSA half of " + (32 + size) + " bytes");
        }
        assertThatCode(() -> new Wraps(List.of(rsaPart(512)), List.of(good)).checkSuite2())
                .doesNotThrowAnyException();
        Wrap noRsa = wrap(Role.SELF, 1, 255, kem);
        assertMalformed(() -> new Wraps(List.of(), List.of(noRsa)).checkSuite2(), "with 1088 bytes");
    }

    @Test
    void inSuiteTwoEachSideHasUpToEightDevicesWithAKeyEach() {
        List<Wrap> wraps = new ArrayList<>();
        for (int i = 0; i < 16; i++) {
            wraps.add(wrap(i < 8 ? Role.SELF : Role.RECIPIENT, i, 0, Bytes.adopt(new byte[1088])));
        }
        assertThatCode(() -> new Wraps(List.of(rsaPart(384)), wraps).checkSuite2())
                .doesNotThrowAnyException();
        wraps.set(8, wrap(Role.SELF, 8, 0, Bytes.adopt(new byte[1088])));
        assertMalformed(() -> new Wraps(List.of(rsaPart(384)), wraps).checkSuite2(), "more than 8 devices of one side");
        wraps.set(8, new Wrap(Role.RECIPIENT, device(8), name(0), 0, Bytes.adopt(new byte[1088]), SEALED));
        assertMalformed(() -> new Wraps(List.of(rsaPart(384)), wraps).checkSuite2(), "two wraps for one key");
    }

    /** A key id, then a ciphertext of an RSA key of so many bytes. */
    private static Bytes rsaPart(int modulus) {
        return Bytes.adopt(new byte[32 + modulus]);
    }

    private static Wrap shared(int number, int index) {
        return wrap(Role.SELF, number, index, Bytes.EMPTY);
    }

    private static Wrap wrap(Role role, int number, int shared, Bytes ct) {
        return new Wrap(role, device(number), name(number), shared, ct, SEALED);
    }

    private static DeviceId device(int number) {
        return new DeviceId(Bytes.fromHex(String.format("%032x", number + 1)));
    }

    private static Bytes name(int number) {
        return Bytes.fromHex(String.format("%064x", number + 1));
    }

    private static Wraps read(Wraps wraps) throws MalformedException {
        try (BinaryWriter out = new BinaryWriter()) {
            wraps.write(out);
            return Wraps.read(new BinaryReader("epoch header", out.toBytes()));
        }
    }

    private static void assertMalformed(ThrowingCallable check, String what) {
        assertThatThrownBy(check).isInstanceOf(MalformedException.class).hasMessageContaining(what);
    }
}
