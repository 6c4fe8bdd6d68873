package dev.pychat.wire;

import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** {@code true} or {@code false}. */
record BooleanKind() implements Kind<Boolean> {

    @Override
    public Boolean read(HeaderSource in) throws IOException, MalformedFrameException {
        return in.truth();
    }

    @Override
    public @Nullable Boolean plain(PlainHeader in) {
        return in.form() == PlainHeader.Form.TRUTH ? in.asTruth() : null;
    }

    @Override
    public void write(HeaderWriter out, Boolean value) {
        out.value(value.booleanValue());
    }
}
