package dev.pychat.wire;

import java.io.Writer;

/** Collects a header's text without the locks of {@link java.io.StringWriter}. Confined to one thread. */
final class HeaderText extends Writer {

    private final StringBuilder text = new StringBuilder(256);

    @Override
    public void write(char[] source, int from, int length) {
        text.append(source, from, length);
    }

    @Override
    public void write(String source) {
        text.append(source);
    }

    @Override
    public void write(String source, int from, int length) {
        text.append(source, from, from + length);
    }

    @Override
    public void write(int character) {
        text.append((char) character);
    }

    @Override
    public void flush() {
        // Nothing is held back.
    }

    @Override
    public void close() {
        // Nothing is held open.
    }

    @Override
    public String toString() {
        return text.toString();
    }
}
