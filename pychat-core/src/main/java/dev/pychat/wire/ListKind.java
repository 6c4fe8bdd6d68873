package dev.pychat.wire;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** A JSON array with a bounded number of elements of one kind. */
record ListKind<T>(Kind<T> element, int min, int max) implements Kind<List<T>> {

    @Override
    public List<T> read(HeaderSource in) throws IOException, MalformedFrameException {
        in.beginArray(allowed());
        List<T> values = new ArrayList<>();
        while (in.hasNext()) {
            if (values.size() == max) {
                throw in.refused("more than " + max + " elements", allowed());
            }
            values.add(element.read(in));
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
        for (T value : values) {
            element.write(out, value);
        }
        out.endArray();
    }

    private String allowed() {
        return "an array of " + min + " to " + max + " elements";
    }
}
