package dev.pychat.store;

import dev.pychat.model.Bytes;

/**
 * How a log-in is checked: what the client needs to derive its login secret, and the server's hash of that secret.
 *
 * <p>Immutable and thread-safe.
 *
 * @param salt the client's 32-byte Argon2id salt
 * @param memoryKiB the client's Argon2id memory in KiB
 * @param iterations the client's Argon2id passes
 * @param parallelism the client's Argon2id lanes
 * @param hash the bcrypt string of the base64 login secret
 */
public record LoginRecord(Bytes salt, int memoryKiB, int iterations, int parallelism, String hash) {

    /** Leaves the hash out. */
    @Override
    public String toString() {
        return "LoginRecord[argon2id m=" + memoryKiB + " t=" + iterations + " p=" + parallelism + "]";
    }
}
