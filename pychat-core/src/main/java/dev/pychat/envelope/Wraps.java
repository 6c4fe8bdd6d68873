package dev.pychat.envelope;

import dev.pychat.crypto.open.BinaryReader;
import dev.pychat.crypto.open.BinaryWriter;
import dev.pychat.crypto.open.MalformedException;
import dev.pychat.crypto.open.MlKem;
import dev.pychat.key.DeviceKeys;
import dev.pychat.model.Bytes;
import dev.pychat.model.DeviceId;
import java.util.ArrayList;
import java.util.List;

/**
 * The shared ciphertexts and the wraps of an epoch header (ENVELOPE.md, section 6). Immutable.
 *
 * @param shared 1 to 4 ciphertexts
 * @param all 1 to 16 wraps
 */
record Wraps(List<Bytes> shared, List<Wrap> all) {

    static final int MAX_SHARED = 4;
    private static final int MAX_WRAPS = 16;
    private static final int SEALED_SIZE = 48;

    Wraps {
        shared = List.copyOf(shared);
        all = List.copyOf(all);
    }

    static Wraps read(BinaryReader in) throws MalformedException {
        int sharedCount = in.u8("count of shared ciphertexts", 1, MAX_SHARED);
        List<Bytes> shared = new ArrayList<>(sharedCount);
        for (int i = 0; i < sharedCount; i++) {
            shared.add(in.bytes16("shared ciphertext", Wrap.MAX_CT));
        }
        int count = in.u8("count of wraps", 1, MAX_WRAPS);
        List<Wrap> all = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            all.add(readNext(in, all, sharedCount));
        }
        for (int i = 0; i < sharedCount; i++) {
            if (uses(all, i) == 0) {
                throw in.malformed("shared ciphertext " + i + " that no wrap names");
            }
        }
        return new Wraps(shared, all);
    }

    private static Wrap readNext(BinaryReader in, List<Wrap> before, int sharedCount) throws MalformedException {
        Wrap wrap = Wrap.read(in);
        if (wrap.shared() >= sharedCount && wrap.shared() != Wrap.NOT_SHARED) {
            throw in.malformed("a wrap naming shared ciphertext " + wrap.shared() + " of " + sharedCount);
        }
        if (before.stream().anyMatch(wrap::sameSeat)) {
            throw in.malformed("two wraps for one role, device and key");
        }
        return wrap;
    }

    void write(BinaryWriter out) {
        out.u8(shared.size());
        shared.forEach(out::bytes16);
        out.u8(all.size());
        all.forEach(wrap -> wrap.write(out));
    }

    /** The rules that suite 1 adds. */
    void checkSuite1() throws MalformedException {
        for (Wrap wrap : all) {
            boolean isShared = wrap.shared() != Wrap.NOT_SHARED;
            if (isShared == !wrap.ct().isEmpty() || wrap.sealed().size() != SEALED_SIZE) {
                throw new MalformedException("epoch header", "a wrap that is not one ciphertext and 48 sealed bytes");
            }
            if (isShared && uses(all, wrap.shared()) > 1) {
                throw new MalformedException("epoch header", "two wraps naming one shared ciphertext");
            }
        }
    }

    /** The rules that suite 2 adds. */
    void checkSuite2() throws MalformedException {
        for (Bytes each : shared) {
            RsaPart.requireSize(each.size());
        }
        for (Wrap wrap : all) {
            boolean isShared = wrap.shared() != Wrap.NOT_SHARED;
            int rest = wrap.ct().size() - MlKem.CIPHERTEXT_SIZE;
            if (isShared ? rest != 0 : !RsaPart.canHave(rest)) {
                throw new MalformedException(
                        "epoch header", "a wrap of suite 2 with " + wrap.ct().size() + " bytes");
            }
            if (wrap.device().equals(DeviceId.ACCOUNT) || wrap.sealed().size() != SEALED_SIZE) {
                throw new MalformedException("epoch header", "a wrap that is not of a device and 48 sealed bytes");
            }
        }
        checkKeysAndDevices();
    }

    private void checkKeysAndDevices() throws MalformedException {
        if (all.stream().map(Wrap::keyId).distinct().count() != all.size()) {
            throw new MalformedException("epoch header", "two wraps for one key");
        }
        for (Role role : Role.values()) {
            if (all.stream().filter(wrap -> wrap.role() == role).count() > DeviceKeys.MAX_DEVICES) {
                throw new MalformedException("epoch header", "wraps for more than 8 devices of one side");
            }
        }
    }

    /** The ciphertext of a wrap of suite 1. */
    Bytes ciphertext(Wrap wrap) {
        return wrap.shared() == Wrap.NOT_SHARED ? wrap.ct() : shared.get(wrap.shared());
    }

    /** The RSA half of a wrap of suite 2. */
    RsaPart rsaPart(Wrap wrap) {
        return RsaPart.of(
                wrap.shared() == Wrap.NOT_SHARED
                        ? wrap.ct().slice(0, wrap.ct().size() - MlKem.CIPHERTEXT_SIZE)
                        : shared.get(wrap.shared()));
    }

    /** The ML-KEM half of a wrap of suite 2. */
    static Bytes kemPart(Wrap wrap) {
        return wrap.ct().slice(wrap.ct().size() - MlKem.CIPHERTEXT_SIZE, MlKem.CIPHERTEXT_SIZE);
    }

    private static long uses(List<Wrap> wraps, int index) {
        return wraps.stream().filter(wrap -> wrap.shared() == index).count();
    }
}
