package dev.pychat.crypto.secret;

import dev.pychat.crypto.open.PasswordCost;
import dev.pychat.model.Bytes;
import java.util.concurrent.Semaphore;
import org.bouncycastle.crypto.generators.Argon2BytesGenerator;
import org.bouncycastle.crypto.params.Argon2Parameters;

/**
 * Argon2id, version 1.3 (RFC 9106), of Bouncy Castle. A derivation takes much memory, so only a few run at once in a
 * process, whoever asks; the others wait in line.
 */
final class Argon2id {

    static final int SIZE = 32;

    /** Process-wide on purpose: memory is shared by all clients of a process. */
    static final Semaphore SLOTS = new Semaphore(slots(), true);

    private Argon2id() {}

    static SecretBytes derive(SecretBytes password, Bytes salt, PasswordCost cost) throws InterruptedException {
        SLOTS.acquire();
        try {
            return password.reveal(raw -> SecretBytes.adopt(run(raw, salt, cost)));
        } finally {
            SLOTS.release();
        }
    }

    static int slots() {
        return Math.max(1, Math.min(4, Runtime.getRuntime().availableProcessors()));
    }

    private static byte[] run(byte[] password, Bytes salt, PasswordCost cost) {
        Argon2Parameters parameters = new Argon2Parameters.Builder(Argon2Parameters.ARGON2_id)
                .withVersion(Argon2Parameters.ARGON2_VERSION_13)
                .withMemoryAsKB(cost.memoryKiB())
                .withIterations(cost.iterations())
                .withParallelism(cost.parallelism())
                .withSalt(salt.toArray())
                .build();
        Argon2BytesGenerator generator = new Argon2BytesGenerator();
        generator.init(parameters);
        byte[] output = new byte[SIZE];
        generator.generateBytes(password, output);
        return output;
    }
}
