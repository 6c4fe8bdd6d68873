package dev.pychat.ref.client.home;

import dev.pychat.ref.client.home.HomeException.Problem;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;

/** The first 8 bytes of each file: {@code pychat}, what it is (one letter) and the version of its format (1). */
record FileHeader(char kind) {
    static final int SIZE = 8;

    private static final byte[] MAGIC = "pychat".getBytes(StandardCharsets.US_ASCII);
    private static final byte VERSION = 1;

    byte[] bytes() {
        return ByteBuffer.allocate(SIZE)
                .put(MAGIC)
                .put((byte) kind)
                .put(VERSION)
                .array();
    }

    /** Checks the beginning of a file. */
    void check(Path file, byte[] content) throws HomeException {
        byte[] expected = bytes();
        if (content.length < SIZE || !Arrays.equals(expected, 0, SIZE - 1, content, 0, SIZE - 1)) {
            throw damaged(file, "does not begin as such a file does");
        }
        if (content[SIZE - 1] != VERSION) {
            throw new HomeException(
                    Problem.UNKNOWN_FORMAT,
                    file + " has format " + (content[SIZE - 1] & 0xff) + ", this version of pychat knows format "
                            + VERSION + "; it was left as it is");
        }
    }

    static HomeException damaged(Path file, String how) {
        return new HomeException(
                Problem.DAMAGED, file + " is damaged: it " + how + "; it was left as it is, restore it from a backup");
    }
}
