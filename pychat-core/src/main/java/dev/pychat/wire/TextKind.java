package dev.pychat.wire;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** Text of a bounded number of UTF-16 units, without lone surrogates. */
record TextKind(int max) implements Kind<String> {

    @Override
    public String read(HeaderSource in) throws IOException, MalformedFrameException {
        String text = in.text(allowed());
        if (!isAllowed(text)) {
            throw in.refused("\"" + text + "\"", allowed());
        }
        return text;
    }

    @Override
    public void write(HeaderWriter out, String value) {
        if (!isAllowed(value)) {
            throw new IllegalArgumentException("text of " + value.length() + " characters, allowed: " + allowed());
        }
        out.value(value);
    }

    @Override
    public @Nullable String plain(PlainHeader in) {
        return in.form() == PlainHeader.Form.TEXT && in.length() <= max ? in.asText() : null;
    }

    private boolean isAllowed(String text) {
        return text.length() <= max && StandardCharsets.UTF_8.newEncoder().canEncode(text);
    }

    private String allowed() {
        return "well-formed text of at most " + max + " characters";
    }
}
