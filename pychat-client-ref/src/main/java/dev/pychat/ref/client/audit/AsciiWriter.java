package dev.pychat.ref.client.audit;

import java.io.FilterWriter;
import java.io.IOException;
import java.io.Writer;
import java.util.Locale;

/**
 * Writes JSON in printable ASCII: whatever else a string holds is escaped, so that it steers no terminal on which it is looked at.
 * Confined to one thread.
 */
final class AsciiWriter extends FilterWriter {

    AsciiWriter(Writer out) {
        super(out);
    }

    @Override
    public void write(int character) throws IOException {
        char plain = (char) character;
        if (plain == '\n' || plain >= ' ' && plain < 0x7f) {
            out.write(plain);
        } else {
            out.write(String.format(Locale.ROOT, "\\u%04x", (int) plain));
        }
    }

    @Override
    public void write(char[] characters, int from, int length) throws IOException {
        for (int i = from; i < from + length; i++) {
            write(characters[i]);
        }
    }

    @Override
    public void write(String text, int from, int length) throws IOException {
        write(text.toCharArray(), from, length);
    }
}
