package dev.pychat.wire;

import java.io.IOException;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * How one sort of value is read from a header and written to it.
 *
 * @param <T> the type of the value
 */
interface Kind<T> {

    /** Reads one value at the source's place, or says what stands there instead. */
    T read(HeaderSource in) throws IOException, MalformedFrameException;

    /** Writes one value. A value out of range is the caller's bug: IllegalArgumentException. */
    void write(HeaderWriter out, T value);

    /** The value that was read plainly; null, and nothing is said, if it is none of this kind or is never plain. */
    default @Nullable T plain(PlainHeader in) {
        return null;
    }

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
            public @Nullable U plain(PlainHeader in) {
                T value = raw.plain(in);
                try {
                    return value == null ? null : into.apply(value);
                } catch (IllegalArgumentException e) {
                    return null;
                }
            }

            @Override
            public void write(HeaderWriter out, U value) {
                raw.write(out, from.apply(value));
            }
        };
    }
}
