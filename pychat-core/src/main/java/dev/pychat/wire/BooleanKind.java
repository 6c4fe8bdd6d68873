package dev.pychat.wire;

import com.google.gson.stream.JsonWriter;
import java.io.IOException;

/** {@code true} or {@code false}. */
record BooleanKind() implements Kind<Boolean> {

    @Override
    public Boolean read(HeaderSource in) throws IOException, MalformedFrameException {
        return in.truth();
    }

    @Override
    public void write(JsonWriter out, Boolean value) throws IOException {
        out.value(value.booleanValue());
    }
}
