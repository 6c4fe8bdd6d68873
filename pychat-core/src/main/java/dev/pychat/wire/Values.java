package dev.pychat.wire;

import dev.pychat.model.Bytes;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The values that one object of a header gave, and its part of the body. Confined to one thread. */
final class Values {

    private final Shape<?> shape;
    private final @Nullable Object[] slots;
    private final Body body;
    private final int element;

    /** For the array element with a number, which is also that of its part in the body. */
    Values(Shape<?> shape, @Nullable Object[] slots, Body body, int element) {
        this.shape = shape;
        this.slots = slots;
        this.body = body;
        this.element = element;
    }

    /** The value of a field of the shape, given or standing in for an absent one. */
    @SuppressWarnings("unchecked") // only ever filled by the field's own kind
    <T> T get(Field<T> field) {
        Object value = slots[shape.slot(field)];
        if (value == null) {
            throw new IllegalStateException("no value for " + field.name());
        }
        return (T) value;
    }

    /** The whole body. */
    Bytes body() {
        return body.whole();
    }

    /** The part of the body that belongs to the array element being read. */
    Bytes part() throws MalformedFrameException {
        return body.part(element);
    }

    /** The part of the body with a number. */
    Bytes part(int index) throws MalformedFrameException {
        return body.part(index);
    }

    /** All parts of the body, for a frame whose header does not number them. */
    List<Bytes> parts() {
        return body.parts();
    }

    /** Checks that the body has exactly as many parts as the header speaks of. */
    void parts(int expected) throws MalformedFrameException {
        body.expect(expected);
    }

    boolean has(int slot) {
        return slots[slot] != null;
    }

    void put(int slot, @Nullable Object value) {
        slots[slot] = value;
    }

    @Nullable
    Object slot(int slot) {
        return slots[slot];
    }
}
