package dev.pychat.wire;

import dev.pychat.model.Bytes;
import java.io.IOException;
import java.util.Base64;
import org.jspecify.annotations.Nullable;

/** Bytes as base64url without padding, in a range of sizes. */
record BytesKind(int min, int max) implements Kind<Bytes> {

    static final String DIGITS = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";

    @Override
    public Bytes read(HeaderSource in) throws IOException, MalformedFrameException {
        String text = in.text(allowed());
        if (text.length() >= encodedLength(min) && text.length() <= encodedLength(max) && isCanonical(text)) {
            try {
                return Bytes.adopt(Base64.getUrlDecoder().decode(text));
            } catch (IllegalArgumentException e) {
                // Falls through to the one refusal, which says what is allowed.
            }
        }
        throw in.refused("\"" + text + "\"", allowed());
    }

    @Override
    public void write(HeaderWriter out, Bytes value) {
        if (value.size() < min || value.size() > max) {
            throw new IllegalArgumentException(value.size() + " bytes given, allowed: " + allowed());
        }
        out.value(value);
    }

    @Override
    public @Nullable Bytes plain(PlainHeader in) {
        if (in.form() != PlainHeader.Form.TEXT
                || in.length() < encodedLength(min)
                || in.length() > encodedLength(max)) {
            return null;
        }
        byte[] bytes = in.asBytes();
        return bytes == null ? null : Bytes.adopt(bytes);
    }

    private static int encodedLength(int size) {
        return (4 * size + 2) / 3;
    }

    /** Whether there is no padding, and the bits of the last digit that encode nothing are zero. */
    private static boolean isCanonical(String text) {
        int digits = text.length() % 4;
        if (digits == 0) {
            return !text.endsWith("=");
        }
        int last = DIGITS.indexOf(text.charAt(text.length() - 1));
        return last >= 0 && (digits == 2 ? last % 16 == 0 : digits == 3 && last % 4 == 0);
    }

    private String allowed() {
        String size = min == max ? Integer.toString(min) : min + " to " + max;
        return "base64url without padding of " + size + " bytes";
    }
}
