package dev.pychat.envelope;

import dev.pychat.crypto.open.BinaryReader;
import dev.pychat.crypto.open.BinaryWriter;
import dev.pychat.crypto.open.MalformedException;
import dev.pychat.model.Bytes;
import dev.pychat.model.DeviceId;

/**
 * One epoch secret, sealed to one key (ENVELOPE.md, section 6). Immutable.
 *
 * @param role for which side
 * @param device for which device, or the account
 * @param keyId the wrapping key, 32 bytes
 * @param shared index of a shared ciphertext, or {@link #NOT_SHARED}
 * @param ct its own ciphertext, empty if there is none
 * @param sealed the sealed epoch secret
 */
record Wrap(Role role, DeviceId device, Bytes keyId, int shared, Bytes ct, Bytes sealed) {

    static final int NOT_SHARED = 255;
    static final int MAX_CT = 4096;
    static final int MAX_SEALED = 1024;

    static Wrap read(BinaryReader in) throws MalformedException {
        Role role = Role.of(in.u8("role", 1, 2));
        DeviceId device = new DeviceId(in.raw("device", DeviceId.SIZE));
        Bytes keyId = in.raw("key id", 32);
        int shared = in.u8("shared index");
        return new Wrap(role, device, keyId, shared, in.bytes16("ct", MAX_CT), in.bytes16("sealed", MAX_SEALED));
    }

    void write(BinaryWriter out) {
        out.u8(role.code())
                .raw(device.value())
                .raw(keyId)
                .u8(shared)
                .bytes16(ct)
                .bytes16(sealed);
    }

    boolean sameSeat(Wrap other) {
        return role == other.role && device.equals(other.device) && keyId.equals(other.keyId);
    }
}
