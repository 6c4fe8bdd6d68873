package dev.pychat.wire;

import com.google.gson.stream.JsonWriter;
import java.io.IOException;

/** A value that nobody else may see: what stood in its place is not repeated, since what is told ends in logs. */
record SecretKind<T>(Kind<T> kind) implements Kind<T> {

    @Override
    public T read(HeaderSource in) throws IOException, MalformedFrameException {
        try {
            return kind.read(in);
        } catch (MalformedFrameException e) {
            throw e.withoutGiven();
        }
    }

    @Override
    public void write(JsonWriter out, T value) throws IOException {
        kind.write(out, value);
    }
}
