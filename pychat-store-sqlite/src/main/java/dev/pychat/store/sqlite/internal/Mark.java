package dev.pychat.store.sqlite.internal;

import java.nio.ByteBuffer;

/**
 * How far the write-ahead log had come when somebody was last told that something is kept. Immutable and thread-safe.
 *
 * @param salt the salts of the log
 * @param frames how many of its frames were acknowledged; 0 if all of it had gone into the database
 * @param sum the checksums of the last of these frames, which cover all before it
 */
record Mark(long salt, long frames, long sum) {

    static final Mark START = new Mark(0, 0, 0);

    private static final int SIZE = 28;

    static Mark read(ByteBuffer payload) {
        return new Mark(payload.getLong(), payload.getLong(), payload.getLong());
    }

    ByteBuffer write() {
        return ByteBuffer.allocate(SIZE)
                .putLong(salt)
                .putLong(frames)
                .putLong(sum)
                .putInt(0)
                .flip();
    }

    /** Whether a log has everything that was acknowledged. */
    boolean isIn(WalFile log) {
        return frames == 0 || log.salt() == salt && log.frames() >= frames;
    }
}
