package dev.pychat.crypto;

import dev.pychat.model.Bytes;
import java.security.SecureRandom;

/** Gives one draw, once. Tests only. */
public final class FixedRandom extends SecureRandom {

    private static final long serialVersionUID = 1L;

    private transient Bytes draw;

    public FixedRandom(Bytes draw) {
        super(null, null);
        this.draw = draw;
    }

    @Override
    public void nextBytes(byte[] bytes) {
        if (bytes.length != draw.size()) {
            throw new AssertionError("asked for " + bytes.length + " random bytes, there are " + draw.size());
        }
        System.arraycopy(draw.toArray(), 0, bytes, 0, bytes.length);
        draw = Bytes.EMPTY;
    }
}
