package dev.pychat.benchmarks;

import dev.pychat.crypto.secret.RsaKeySource;
import dev.pychat.crypto.secret.RsaPrivateKey;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.List;

/**
 * A few RSA keys that many people share, so that setting up takes no third of a second for each of them. One after the other, so that a
 * person never has the same twice in a row. Thread-safe.
 */
final class ReusedKeys implements RsaKeySource {

    /** One for all in this process. */
    static final ReusedKeys SHARED = new ReusedKeys();

    private static final int KEYS = 2;

    private final RsaKeySource generating = RsaKeySource.generating();
    private final List<RsaPrivateKey> keys = new ArrayList<>();
    private int handedOut;

    private ReusedKeys() {}

    @Override
    public synchronized RsaPrivateKey next(SecureRandom random) {
        if (keys.size() < KEYS) {
            keys.add(generating.next(random));
        }
        return keys.get(handedOut++ % KEYS);
    }
}
