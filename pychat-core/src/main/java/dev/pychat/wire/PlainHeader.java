package dev.pychat.wire;

import dev.pychat.model.Bytes;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Reads headers as nearly all are: one object without white space, its type first, its values text of printable ASCII without
 * escapes, whole numbers and truths. Whatever else there is, and whatever is wrong, is left to {@link HeaderSource}, which
 * tells what; so this either gives what that one would have given, or nothing. Confined to one thread.
 */
final class PlainHeader {

    /** What a value is written as. */
    enum Form {
        /** A string. */
        TEXT,
        /** A number. */
        NUMBER,
        /** A truth. */
        TRUTH
    }

    private static final int MOST_DIGITS = 16;
    private static final byte[] TYPE = "{\"t\":".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] YES = "true".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] NO = "false".getBytes(StandardCharsets.US_ASCII);
    private static final int[] SEXTETS = sextets();

    private final byte[] header;
    private int at;
    private Form form = Form.TEXT;
    private int from;
    private int to;
    private long number;

    private PlainHeader(byte[] header) {
        this.header = header;
    }

    /** The frame; empty if its header is not plain, or wrong. */
    static Optional<Frame> read(Direction direction, byte[] header, Bytes body) throws MalformedFrameException {
        PlainHeader plain = new PlainHeader(header);
        if (!plain.skip(TYPE) || !plain.text()) {
            return Optional.empty();
        }
        Optional<FrameType> type = FrameType.named(direction, plain.asText());
        return type.isEmpty()
                ? Optional.empty()
                : Optional.ofNullable(read(type.get().shape(), type.get().wireName(), plain, body));
    }

    private static <F extends Frame> @Nullable F read(Shape<F> shape, String name, PlainHeader plain, Bytes body)
            throws MalformedFrameException {
        @Nullable Object @Nullable [] slots = shape.fillPlainly(plain);
        return slots == null ? null : shape.makePlainly(slots, Body.cut(name, shape.form(), body));
    }

    /** Goes on to the next field; false if there is none, or what follows is not plain. */
    boolean next() {
        return skip(',') && text() && skip(':');
    }

    /** Whether the name that {@link #next} came to is this one. */
    boolean isNamed(byte[] name) {
        if (to - from != name.length) {
            return false;
        }
        for (int i = 0; i < name.length; i++) {
            if (header[from + i] != name[i]) {
                return false;
            }
        }
        return true;
    }

    /** Reads the value behind a name; false if it is not plain. */
    boolean value() {
        if (at == header.length) {
            return false;
        }
        return switch (header[at]) {
            case '"' -> text();
            case 't', 'f' -> truth();
            default -> number();
        };
    }

    /** Whether the object ends here, and nothing follows it. */
    boolean ends() {
        return at == header.length - 1 && header[at] == '}';
    }

    Form form() {
        return form;
    }

    /** How many characters a text has. */
    int length() {
        return to - from;
    }

    String asText() {
        return new String(header, from, to - from, StandardCharsets.US_ASCII);
    }

    long asNumber() {
        return number;
    }

    boolean asTruth() {
        return number == 1;
    }

    /** What a text of base64url without padding encodes; null if it is none, or not the one way to encode it. */
    byte @Nullable [] asBytes() {
        int rest = (to - from) % 4;
        byte[] bytes = new byte[(to - from) * 3 / 4];
        int bits = 0;
        int count = 0;
        int filled = 0;
        for (int i = from; i < to; i++) {
            int sextet = SEXTETS[header[i]];
            if (sextet < 0) {
                return null;
            }
            bits = bits << 6 | sextet;
            count += 6;
            if (count >= Byte.SIZE) {
                count -= Byte.SIZE;
                bytes[filled++] = (byte) (bits >> count);
            }
        }
        boolean canonical = rest != 1 && (bits & (1 << count) - 1) == 0;
        return canonical ? bytes : null;
    }

    private boolean text() {
        if (!skip('"')) {
            return false;
        }
        form = Form.TEXT;
        from = at;
        while (at < header.length && header[at] >= ' ' && header[at] < 0x7F && header[at] != '\\') {
            if (header[at] == '"') {
                to = at++;
                return true;
            }
            at++;
        }
        return false;
    }

    private boolean number() {
        form = Form.NUMBER;
        from = at;
        number = 0;
        while (at < header.length && header[at] >= '0' && header[at] <= '9' && at - from < MOST_DIGITS) {
            number = 10 * number + header[at++] - '0';
        }
        boolean leadingZero = at - from > 1 && header[from] == '0';
        return at > from && !leadingZero && isBehindValue();
    }

    private boolean truth() {
        form = Form.TRUTH;
        number = header[at] == 't' ? 1 : 0;
        return skip(number == 1 ? YES : NO) && isBehindValue();
    }

    private boolean isBehindValue() {
        return at < header.length && (header[at] == ',' || header[at] == '}');
    }

    private boolean skip(char expected) {
        boolean there = at < header.length && header[at] == expected;
        at += there ? 1 : 0;
        return there;
    }

    private boolean skip(byte[] expected) {
        for (byte one : expected) {
            if (!skip((char) one)) {
                return false;
            }
        }
        return true;
    }

    private static int[] sextets() {
        int[] sextets = new int[1 << Byte.SIZE];
        Arrays.fill(sextets, -1);
        String digits = BytesKind.DIGITS;
        for (int i = 0; i < digits.length(); i++) {
            sextets[digits.charAt(i)] = i;
        }
        return sextets;
    }
}
