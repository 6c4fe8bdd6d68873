package dev.pychat.wire;

import com.google.gson.stream.JsonWriter;
import dev.pychat.model.Bytes;
import java.io.IOException;

/** Bytes as base64url without padding, in a range of sizes. */
record BytesKind(int min, int max) implements Kind<Bytes> {

    @Override
    public Bytes read(HeaderSource in) throws IOException, MalformedFrameException {
        String text = in.text(allowed());
        try {
            Bytes value = Bytes.fromBase64Url(text);
            if (value.size() >= min && value.size() <= max) {
                return value;
            }
        } catch (IllegalArgumentException e) {
            // Falls through to the one refusal, which says what is allowed.
        }
        throw in.refused("\"" + text + "\"", allowed());
    }

    @Override
    public void write(JsonWriter out, Bytes value) throws IOException {
        if (value.size() < min || value.size() > max) {
            throw new IllegalArgumentException(value.size() + " bytes given, allowed: " + allowed());
        }
        out.value(value.base64Url());
    }

    private String allowed() {
        String size = min == max ? Integer.toString(min) : min + " to " + max;
        return "base64url without padding of " + size + " bytes";
    }
}
