package dev.pychat.benchmarks.contender;

import io.netty.buffer.ByteBuf;
import java.util.concurrent.ThreadLocalRandom;

/** Bodies of 400 bytes: their message's number, the moment at which it was due, and bytes that no server can compress. */
final class Body {

    static final int SIZE = 400;

    static final byte[] FILLING = new byte[SIZE - 2 * Long.BYTES];

    static {
        ThreadLocalRandom.current().nextBytes(FILLING);
    }

    private Body() {}

    static void write(ByteBuf to, long number, long due) {
        to.writeLong(number).writeLong(due).writeBytes(FILLING);
    }

    /** Counts one that has arrived. */
    static void read(ByteBuf from, Party by) {
        by.delivered(from.readLong(), from.readLong());
    }
}
