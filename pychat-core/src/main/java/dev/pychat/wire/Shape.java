package dev.pychat.wire;

import dev.pychat.model.Bytes;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The fields of a record on the wire, in their order, and how the record is made of them. Reading and writing come from
 * this one list.
 *
 * @param <R> the record
 */
final class Shape<R> implements Kind<R> {

    /** Makes a record of its fields' values. */
    interface Maker<R> {
        R make(Values values) throws MalformedFrameException;
    }

    /** One field: where its value comes from, and what an absent one stands for. */
    private record Row<R, T>(
            Field<T> field,
            Function<? super R, T> getter,
            @Nullable T absent,
            boolean inherited) {

        void write(HeaderWriter out, R record, @Nullable R before) {
            T value = getter.apply(record);
            if (value.equals(absent) || inherited && before != null && value.equals(getter.apply(before))) {
                return;
            }
            out.name(field.name());
            field.kind().write(out, value);
        }
    }

    private final List<Row<R, ?>> rows;
    private final List<byte[]> names;
    private final Body.Form form;
    private final Function<R, List<Bytes>> bodies;
    private final Maker<R> maker;

    private Shape(Builder<R> builder, Maker<R> maker) {
        this.rows = List.copyOf(builder.rows);
        this.names = rows.stream()
                .map(row -> row.field().name().getBytes(StandardCharsets.US_ASCII))
                .toList();
        this.form = builder.form;
        this.bodies = builder.bodies;
        this.maker = maker;
    }

    static <R> Builder<R> of(Class<R> record) {
        return new Builder<>(record);
    }

    Body.Form form() {
        return form;
    }

    /** What of a record goes into the body: one run of bytes, or the parts in order. */
    List<Bytes> bodies(R record) {
        return bodies.apply(record);
    }

    int slot(Field<?> field) {
        for (int i = 0; i < rows.size(); i++) {
            if (rows.get(i).field().equals(field)) {
                return i;
            }
        }
        throw new IllegalStateException("the shape has no field " + field.name());
    }

    @Override
    public R read(HeaderSource in) throws IOException, MalformedFrameException {
        in.beginObject("an object");
        return make(fill(in, new TreeSet<>(), null), in);
    }

    @Override
    public void write(HeaderWriter out, R record) {
        out.beginObject();
        writeFields(out, record, null);
        out.endObject();
    }

    void writeFields(HeaderWriter out, R record, @Nullable R before) {
        for (Row<R, ?> row : rows) {
            row.write(out, record, before);
        }
    }

    /**
     * Reads the rest of an object of which some names may have been read already.
     *
     * @param before the element before this one in an array, from which absent fields may be taken over
     */
    Values fill(HeaderSource in, Set<String> seen, @Nullable Values before)
            throws IOException, MalformedFrameException {
        Values values = new Values(this, new Object[rows.size()], in.body(), in.element());
        while (in.hasNext()) {
            String name = in.name();
            int slot = slot(name);
            if (slot < 0) {
                in.once(seen, name);
                in.skip();
            } else if (values.has(slot)) {
                throw in.duplicate();
            } else {
                values.put(slot, rows.get(slot).field().kind().read(in));
            }
        }
        complete(in, values, before);
        in.endObject();
        return values;
    }

    /** The values of the fields of an object of which the type was read; null if it is not plain, or wrong. */
    @Nullable
    Object @Nullable [] fillPlainly(PlainHeader in) {
        @Nullable Object[] slots = new Object[rows.size()];
        int likely = 0;
        while (!in.ends()) {
            int slot = in.next() ? plainSlot(in, likely) : -1;
            if (slot < 0 || slots[slot] != null || !in.value()) {
                return null;
            }
            slots[slot] = rows.get(slot).field().kind().plain(in);
            if (slots[slot] == null) {
                return null;
            }
            likely = slot + 1;
        }
        for (int slot = 0; slot < slots.length; slot++) {
            if (slots[slot] == null) {
                slots[slot] = rows.get(slot).absent();
            }
            if (slots[slot] == null) {
                return null;
            }
        }
        return slots;
    }

    /** Fields come in the order of their rows, most likely. */
    private int plainSlot(PlainHeader in, int likely) {
        for (int i = 0; i < rows.size(); i++) {
            int slot = (likely + i) % rows.size();
            if (in.isNamed(names.get(slot))) {
                return slot;
            }
        }
        return -1;
    }

    /** The record of values that were read plainly; null if they do not go together. */
    @Nullable
    R makePlainly(@Nullable Object[] slots, Body body) throws MalformedFrameException {
        try {
            return maker.make(new Values(this, slots, body, 0));
        } catch (IllegalArgumentException e) {
            return null;
        }
    }

    R make(Values values, HeaderSource in) throws MalformedFrameException {
        try {
            return maker.make(values);
        } catch (IllegalArgumentException e) {
            throw in.refusedAs(String.valueOf(e.getMessage()));
        }
    }

    private void complete(HeaderSource in, Values values, @Nullable Values before) throws MalformedFrameException {
        for (int slot = 0; slot < rows.size(); slot++) {
            if (values.has(slot)) {
                continue;
            }
            Row<R, ?> row = rows.get(slot);
            Object standIn = row.inherited() && before != null ? before.slot(slot) : row.absent();
            if (standIn == null) {
                throw in.missing(row.field().name());
            }
            values.put(slot, standIn);
        }
    }

    private int slot(String name) {
        for (int i = 0; i < rows.size(); i++) {
            if (rows.get(i).field().name().equals(name)) {
                return i;
            }
        }
        return -1;
    }

    /** Collects the fields of a shape. */
    static final class Builder<R> {
        private final Class<R> record;
        private final List<Row<R, ?>> rows = new ArrayList<>();
        private Body.Form form = Body.Form.NONE;
        private Function<R, List<Bytes>> bodies = record -> List.of();

        private Builder(Class<R> record) {
            this.record = record;
        }

        <T> Builder<R> with(Field<T> field, Function<? super R, T> getter) {
            rows.add(new Row<>(field, getter, null, false));
            return this;
        }

        <T> Builder<R> orElse(Field<T> field, T absent, Function<? super R, T> getter) {
            rows.add(new Row<>(field, getter, absent, false));
            return this;
        }

        /** An array element's field that is left out where it equals that of the element before. */
        <T> Builder<R> inherited(Field<T> field, Function<? super R, T> getter) {
            rows.add(new Row<>(field, getter, null, true));
            return this;
        }

        Builder<R> body(Function<R, Bytes> body) {
            form = Body.Form.WHOLE;
            bodies = record -> List.of(body.apply(record));
            return this;
        }

        Builder<R> parts(Function<R, List<Bytes>> parts) {
            form = Body.Form.PARTS;
            bodies = parts;
            return this;
        }

        Shape<R> make(Maker<R> maker) {
            if (rows.stream().map(row -> row.field().name()).distinct().count() != rows.size()) {
                throw new IllegalStateException("a field of " + record.getSimpleName() + " is there twice");
            }
            return new Shape<>(this, maker);
        }
    }
}
