package dev.pychat.envelope;

import dev.pychat.crypto.secret.RsaPrivateKey;
import dev.pychat.key.KeyId;
import java.util.Optional;

/** The private wrapping keys that a device holds, past ones too. Called on the thread that opens. */
@FunctionalInterface
public interface WrappingKeys {

    /**
     * Finds a key.
     *
     * @param id its id
     * @return the key; empty if this device does not hold it
     */
    Optional<RsaPrivateKey> byId(KeyId id);
}
