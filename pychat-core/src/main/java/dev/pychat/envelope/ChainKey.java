package dev.pychat.envelope;

import dev.pychat.crypto.open.Label;
import dev.pychat.crypto.secret.SecretBytes;
import dev.pychat.model.Bytes;
import dev.pychat.model.EpochName;

/**
 * One step of an epoch's chain (ENVELOPE.md, section 7). A step has no way back; whoever moves on closes it.
 *
 * <p>Immutable but for closing. Confined to one thread.
 */
final class ChainKey implements AutoCloseable {

    private static final byte[] MESSAGE = {1};
    private static final byte[] CHAIN = {2};

    private final int n;
    private final SecretBytes key;

    private ChainKey(int n, SecretBytes key) {
        this.n = n;
        this.key = key;
    }

    static ChainKey first(SecretBytes epochSecret, EpochName name) {
        return new ChainKey(0, epochSecret.expand(Bytes.concat(Label.CHAIN_START.bytes(), name.value()), 32));
    }

    int n() {
        return n;
    }

    SecretBytes messageKey() {
        return key.hmac(MESSAGE);
    }

    ChainKey next() {
        return new ChainKey(n + 1, key.hmac(CHAIN));
    }

    @Override
    public void close() {
        key.close();
    }
}
