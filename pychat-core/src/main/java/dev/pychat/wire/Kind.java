package dev.pychat.wire;

import com.google.gson.stream.JsonWriter;
import java.io.IOException;
import java.util.function.Function;

/**
 * How one sort of value is read from a header and written to it.
 *
 * @param <T> the type of the value
 */
interface Kind<T> {

    /** Reads one value at the source's place, or says what stands there instead. */
    T read(HeaderSource in) throws IOException, MalformedFrameException;

    /** Writes one value. A value out of range is the caller's bug: IllegalArgumentException. */
    void write(JsonWriter out, T value) throws IOException;

    /** The same value as a type of its own, whose constructor may refuse it with an IllegalArgumentException. */
    default <U> Kind<U> as(Function<? super T, ? extends U> into, Function<? super U, ? extends T> from) {
        Kind<T> raw = this;
        return new Kind<>() {
            @Override
            public U read(HeaderSource in) throws IOException, MalformedFrameException {
                T value = raw.read(in);
                try {
                    return into.apply(value);
                } catch (IllegalArgumentException e) {
                    throw in.refusedAs(String.valueOf(e.getMessage()));
                }
            }

            @Override
            public void write(JsonWriter out, U value) throws IOException {
                raw.write(out, from.apply(value));
            }
        };
    }
}
