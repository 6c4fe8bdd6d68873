package dev.pychat.ref.client.terminal;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;

/**
 * Reads lines of UTF-8, strictly: a line that is something else, or too long to be a message, is reported and never
 * altered. A line ends with LF or CR LF; the last one may end with the input.
 *
 * <p>Confined to the thread that asks for lines.
 */
final class Utf8Lines {
    /** More than any message may have, so that the one who sends can say how much too long it is. */
    static final int LONGEST = 1024 * 1024;

    private final InputStream in;
    private long number;

    Utf8Lines(InputStream in) {
        this.in = new BufferedInputStream(in);
    }

    Answer next() {
        try {
            return read();
        } catch (IOException e) {
            return new Answer.End();
        }
    }

    private Answer read() throws IOException {
        ByteArrayOutputStream line = new ByteArrayOutputStream();
        long size = 0;
        int next = in.read();
        if (next < 0) {
            return new Answer.End();
        }
        number++;
        while (next >= 0 && next != '\n') {
            size++;
            if (size <= LONGEST) {
                line.write(next);
            }
            next = in.read();
        }
        return size > LONGEST ? unusable("has " + size + " bytes, allowed are " + LONGEST) : decode(line.toByteArray());
    }

    private Answer decode(byte[] line) {
        int size = line.length > 0 && line[line.length - 1] == '\r' ? line.length - 1 : line.length;
        try {
            return new Answer.Line(StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(line, 0, size))
                    .toString());
        } catch (CharacterCodingException e) {
            return unusable("is not UTF-8");
        }
    }

    private Answer unusable(String why) {
        return new Answer.Unusable("Line " + number + " of the input " + why + ".");
    }
}
