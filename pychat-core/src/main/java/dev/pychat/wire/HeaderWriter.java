package dev.pychat.wire;

import dev.pychat.model.Bytes;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;

/**
 * Writes a header as the UTF-8 bytes that travel, with room in front for the lengths of the frame. What is written is JSON
 * (RFC 8259) as long as the calls make objects and arrays of it. Confined to one thread.
 */
final class HeaderWriter {

    private static final int AT_FIRST = 512;
    private static final byte[] HEX = "0123456789abcdef".getBytes(StandardCharsets.US_ASCII);
    private static final Base64.Encoder BASE64_URL = Base64.getUrlEncoder().withoutPadding();
    private static final int FIRST_PRINTABLE = 0x20;
    private static final int BEHIND_ASCII = 0x80;

    private final int start;
    private byte[] bytes;
    private int size;
    private boolean commaNext;

    HeaderWriter(int roomInFront) {
        start = roomInFront;
        bytes = new byte[AT_FIRST];
        size = roomInFront;
    }

    HeaderWriter beginObject() {
        return begin('{');
    }

    HeaderWriter endObject() {
        return end('}');
    }

    HeaderWriter beginArray() {
        return begin('[');
    }

    HeaderWriter endArray() {
        return end(']');
    }

    HeaderWriter name(String name) {
        value(name);
        put(':');
        commaNext = false;
        return this;
    }

    HeaderWriter value(String text) {
        before();
        put('"');
        for (int i = 0; i < text.length(); i++) {
            char unit = text.charAt(i);
            if (unit >= BEHIND_ASCII) {
                putAll(text.substring(i).getBytes(StandardCharsets.UTF_8), '"');
                return this;
            }
            putAscii(unit);
        }
        put('"');
        return this;
    }

    HeaderWriter value(long number) {
        before();
        String digits = Long.toString(number);
        for (int i = 0; i < digits.length(); i++) {
            put(digits.charAt(i));
        }
        return this;
    }

    HeaderWriter value(boolean truth) {
        before();
        String word = Boolean.toString(truth);
        for (int i = 0; i < word.length(); i++) {
            put(word.charAt(i));
        }
        return this;
    }

    /** Bytes as a string of base64url without padding (RFC 4648, section 5). */
    HeaderWriter value(Bytes content) {
        before();
        put('"');
        ByteBuffer digits = BASE64_URL.encode(content.asByteBuffer());
        reserve(digits.remaining());
        int count = digits.remaining();
        digits.get(bytes, size, count);
        size += count;
        put('"');
        return this;
    }

    /** How many bytes were written, those in front left out. */
    int length() {
        return size - start;
    }

    /** All that was written, with what is to follow room behind it. */
    byte[] withRoomBehind(int room) {
        return Arrays.copyOf(bytes, size + room);
    }

    /** What follows a character that is no ASCII: rare enough to take the long way. */
    private void putAll(byte[] utf8, char end) {
        for (byte one : utf8) {
            if (one < 0) {
                put((char) Byte.toUnsignedInt(one));
            } else {
                putAscii((char) one);
            }
        }
        put(end);
    }

    private void putAscii(char unit) {
        if (unit == '"' || unit == '\\') {
            put('\\');
            put(unit);
        } else if (unit < FIRST_PRINTABLE) {
            putControl(unit);
        } else {
            put(unit);
        }
    }

    private void putControl(char control) {
        put('\\');
        switch (control) {
            case '\t' -> put('t');
            case '\b' -> put('b');
            case '\n' -> put('n');
            case '\r' -> put('r');
            case '\f' -> put('f');
            default -> {
                put('u');
                put('0');
                put('0');
                put((char) HEX[control >> 4]);
                put((char) HEX[control & 0xF]);
            }
        }
    }

    private HeaderWriter begin(char bracket) {
        before();
        put(bracket);
        commaNext = false;
        return this;
    }

    private HeaderWriter end(char bracket) {
        put(bracket);
        commaNext = true;
        return this;
    }

    private void before() {
        if (commaNext) {
            put(',');
        }
        commaNext = true;
    }

    private void put(char one) {
        reserve(1);
        bytes[size++] = (byte) one;
    }

    private void reserve(int count) {
        if (size + count > bytes.length) {
            bytes = Arrays.copyOf(bytes, Math.max(2 * bytes.length, size + count));
        }
    }
}
