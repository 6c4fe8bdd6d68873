package dev.pychat.wire;

import java.io.IOException;
import org.jspecify.annotations.Nullable;

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
    public @Nullable T plain(PlainHeader in) {
        return kind.plain(in);
    }

    @Override
    public void write(HeaderWriter out, T value) {
        kind.write(out, value);
    }
}
