package dev.pychat.testkit.vectors;

import dev.pychat.crypto.open.BinaryReader;
import dev.pychat.crypto.open.MalformedException;
import dev.pychat.envelope.View;
import dev.pychat.model.Bytes;
import dev.pychat.model.Position;
import java.time.Instant;

/**
 * What a vector's plaintext says besides its text.
 *
 * @param time the sender's time
 * @param readUpTo read up to
 * @param view the view
 */
record VectorPlaintext(Instant time, Position readUpTo, View view) {

    static VectorPlaintext read(Bytes plaintext) throws MalformedException {
        BinaryReader in = new BinaryReader("plaintext", plaintext.slice(66, 56));
        return new VectorPlaintext(
                in.time("time"),
                new Position(in.u64("read up to")),
                new View(new Position(in.u64("view position")), in.raw("view hash", 32)));
    }
}
