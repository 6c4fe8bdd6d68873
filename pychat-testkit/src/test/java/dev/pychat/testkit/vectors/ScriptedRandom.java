package dev.pychat.testkit.vectors;

import dev.pychat.model.Bytes;
import java.security.SecureRandom;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;

/** Gives out the vectors' randomness in the order in which it is asked for, and nothing else. */
final class ScriptedRandom extends SecureRandom {

    private static final long serialVersionUID = 1L;

    private final transient Deque<Bytes> script = new ArrayDeque<>();

    ScriptedRandom() {
        super(null, null);
    }

    ScriptedRandom then(Bytes... draws) {
        script.addAll(Arrays.asList(draws));
        return this;
    }

    boolean isUsedUp() {
        return script.isEmpty();
    }

    @Override
    public void nextBytes(byte[] bytes) {
        Bytes next = script.poll();
        if (next == null || next.size() != bytes.length) {
            throw new AssertionError("asked for " + bytes.length + " random bytes, the script has " + next);
        }
        System.arraycopy(next.toArray(), 0, bytes, 0, bytes.length);
    }
}
