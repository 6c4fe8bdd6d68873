package dev.pychat.backup;

import dev.pychat.crypto.open.BinaryReader;
import dev.pychat.crypto.open.BinaryWriter;
import dev.pychat.crypto.open.Label;
import dev.pychat.crypto.open.MalformedException;
import dev.pychat.crypto.open.PasswordCost;
import dev.pychat.crypto.secret.ExportKey;
import dev.pychat.keyring.UnreadableException;
import dev.pychat.keyring.UnreadableException.Reason;
import dev.pychat.model.Bytes;
import java.io.IOException;
import java.io.InputStream;

/**
 * What stands in clear before a backup: how its key is made of the passphrase, and the commitment to that key. It says nothing of
 * whose backup it is. Immutable.
 */
record BackupHeader(Bytes salt, PasswordCost cost, Bytes commitment) {

    static final int FORMAT = 1;

    private static final int SIZE =
            Label.EXPORT.bytes().size() + 1 + ExportKey.SALT_SIZE + 4 + 1 + 1 + ExportKey.COMMITMENT_SIZE;

    Bytes encode() {
        try (BinaryWriter out = new BinaryWriter(Label.EXPORT)) {
            out.u8(FORMAT).raw(salt);
            out.u32(cost.memoryKiB()).u8(cost.iterations()).u8(cost.parallelism());
            return out.raw(commitment).toBytes();
        }
    }

    static BackupHeader read(InputStream from) throws IOException, UnreadableException {
        byte[] bytes = from.readNBytes(SIZE);
        BinaryReader in = new BinaryReader("backup", Bytes.adopt(bytes));
        try {
            in.expect(Label.EXPORT);
            int format = in.u8("format");
            if (format != FORMAT) {
                throw new UnreadableException(
                        Reason.NEWER_VERSION,
                        "this backup has format " + format + ", this program knows format " + FORMAT);
            }
            Bytes salt = in.raw("salt", ExportKey.SALT_SIZE);
            PasswordCost cost = cost(in);
            return new BackupHeader(salt, cost, in.raw("commitment", ExportKey.COMMITMENT_SIZE));
        } catch (MalformedException e) {
            throw new UnreadableException(
                    Reason.DAMAGED, "this is no backup of pychat or a damaged one: " + e.getMessage(), e);
        }
    }

    private static PasswordCost cost(BinaryReader in) throws MalformedException {
        long memory = in.u32("memory");
        int iterations = in.u8("passes");
        int parallelism = in.u8("lanes");
        try {
            return new PasswordCost((int) Math.min(memory, Integer.MAX_VALUE), iterations, parallelism);
        } catch (IllegalArgumentException e) {
            throw in.malformed(String.valueOf(e.getMessage()));
        }
    }
}
