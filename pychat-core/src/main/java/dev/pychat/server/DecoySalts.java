package dev.pychat.server;

import dev.pychat.crypto.open.HmacSha256;
import dev.pychat.model.Bytes;
import dev.pychat.model.Username;
import java.nio.charset.StandardCharsets;

/**
 * The salts of accounts that do not exist: for each name always the same one, which nobody without the server's secret can
 * tell from one that a client drew. Thread-safe.
 */
final class DecoySalts {

    private static final byte[] PURPOSE = "pychat/1 decoy salt\0".getBytes(StandardCharsets.US_ASCII);

    private final Bytes secret;

    DecoySalts(Bytes secret) {
        this.secret = secret;
    }

    Bytes of(Username name) {
        return Bytes.adopt(
                HmacSha256.tag(secret.toArray(), PURPOSE, name.value().getBytes(StandardCharsets.US_ASCII)));
    }
}
