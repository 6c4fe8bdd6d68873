package dev.pychat.wire;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** A JSON array of objects of one shape, in which a field may be left out where it equals that of the object before. */
record ShapesKind<T>(Shape<T> shape, int min, int max) implements Kind<List<T>> {

    @Override
    public List<T> read(HeaderSource in) throws IOException, MalformedFrameException {
        in.beginArray(allowed());
        List<T> values = new ArrayList<>();
        Values before = null;
        while (in.hasNext()) {
            if (values.size() == max) {
                throw in.refused("more than " + max + " elements", allowed());
            }
            in.element(values.size());
            in.beginObject("an object");
            before = shape.fill(in, new TreeSet<>(), before);
            values.add(shape.make(before, in));
        }
        in.endArray();
        if (values.size() < min) {
            throw in.refused(values.size() + " elements", allowed());
        }
        return List.copyOf(values);
    }

    @Override
    public void write(HeaderWriter out, List<T> values) {
        if (values.size() < min || values.size() > max) {
            throw new IllegalArgumentException(values.size() + " elements given, allowed: " + allowed());
        }
        out.beginArray();
        @Nullable T before = null;
        for (T value : values) {
            out.beginObject();
            shape.writeFields(out, value, before);
            out.endObject();
            before = value;
        }
        out.endArray();
    }

    private String allowed() {
        return "an array of " + min + " to " + max + " objects";
    }
}
