package dev.pychat.envelope;

import dev.pychat.crypto.open.BinaryReader;
import dev.pychat.crypto.open.BinaryWriter;
import dev.pychat.crypto.open.MalformedException;
import java.time.Instant;

/** Times in milliseconds since 1970, up to the end of the year 9999. Stateless. */
final class Times {

    static final long LATEST = 253_402_300_799_999L;

    private Times() {}

    static Instant read(BinaryReader in, String field) throws MalformedException {
        long millis = in.u64(field);
        if (millis > LATEST) {
            throw in.malformed(field + " lies after the year 9999");
        }
        return Instant.ofEpochMilli(millis);
    }

    static void write(BinaryWriter out, Instant time) {
        long millis = time.toEpochMilli();
        if (millis < 0 || millis > LATEST) {
            throw new IllegalArgumentException("time " + time + ", allowed are the years 1970 to 9999");
        }
        out.u64(millis);
    }
}
