package dev.pychat.wire;

import com.google.gson.Strictness;
import com.google.gson.stream.JsonReader;
import com.google.gson.stream.JsonToken;
import java.io.IOException;
import java.io.StringReader;
import java.util.HashSet;
import java.util.Set;

/** A header being read: tokens with their kinds checked, and the frame's body beside it. Confined to one thread. */
final class HeaderSource {

    private final String frame;
    private final JsonReader json;
    private final Body body;
    private int element;

    HeaderSource(String frame, String header, Body body) {
        this.frame = frame;
        this.json = new JsonReader(new StringReader(header));
        this.body = body;
        json.setStrictness(Strictness.STRICT);
        json.setNestingLimit(WireLimits.MAX_DEPTH);
    }

    /** The same place in the header, now that the frame's type and the form of its body are known. */
    HeaderSource(HeaderSource start, String frame, Body body) {
        this.frame = frame;
        this.json = start.json;
        this.body = body;
    }

    Body body() {
        return body;
    }

    /** The number of the array element that is being read, which is also that of its part in the body. */
    int element() {
        return element;
    }

    void element(int index) {
        element = index;
    }

    boolean hasNext() throws IOException {
        return json.hasNext();
    }

    String name() throws IOException {
        return json.nextName();
    }

    void beginObject(String allowed) throws IOException, MalformedFrameException {
        expect(JsonToken.BEGIN_OBJECT, allowed);
        json.beginObject();
    }

    void endObject() throws IOException {
        json.endObject();
    }

    void beginArray(String allowed) throws IOException, MalformedFrameException {
        expect(JsonToken.BEGIN_ARRAY, allowed);
        json.beginArray();
    }

    void endArray() throws IOException {
        json.endArray();
    }

    void end() throws IOException, MalformedFrameException {
        expect(JsonToken.END_DOCUMENT, "nothing after the object");
    }

    String text(String allowed) throws IOException, MalformedFrameException {
        expect(JsonToken.STRING, allowed);
        return json.nextString();
    }

    String number(String allowed) throws IOException, MalformedFrameException {
        expect(JsonToken.NUMBER, allowed);
        return json.nextString();
    }

    boolean truth() throws IOException, MalformedFrameException {
        expect(JsonToken.BOOLEAN, "true or false");
        return json.nextBoolean();
    }

    /** Passes over a value of a field that this version does not know; its syntax counts all the same. */
    void skip() throws IOException, MalformedFrameException {
        switch (json.peek()) {
            case BEGIN_OBJECT -> {
                json.beginObject();
                Set<String> names = new HashSet<>();
                while (json.hasNext()) {
                    once(names, json.nextName());
                    skip();
                }
                json.endObject();
            }
            case BEGIN_ARRAY -> {
                json.beginArray();
                while (json.hasNext()) {
                    skip();
                }
                json.endArray();
            }
            case NULL ->
                throw new MalformedFrameException(
                        frame + json.getPath().substring(1), "null", "a value; what is absent is left out");
            // Gson passes over a string without looking at it.
            case STRING -> text("a string");
            default -> json.skipValue();
        }
    }

    void once(Set<String> names, String name) throws MalformedFrameException {
        if (!names.add(name)) {
            throw duplicate();
        }
    }

    MalformedFrameException duplicate() {
        return refused("the same name twice", "each name once in an object");
    }

    MalformedFrameException missing(String name) {
        String last = json.getPath();
        return new MalformedFrameException(
                frame + last.substring(1, last.lastIndexOf('.') + 1) + name,
                "nothing",
                "a value, this field is required");
    }

    /** What was read there has a sentence of its own about what is wrong with it. */
    MalformedFrameException refusedAs(String sentence) {
        return MalformedFrameException.saying(frame + json.getPreviousPath().substring(1), sentence);
    }

    MalformedFrameException refused(String given, String allowed) {
        return new MalformedFrameException(frame + json.getPreviousPath().substring(1), given, allowed);
    }

    private void expect(JsonToken expected, String allowed) throws IOException, MalformedFrameException {
        JsonToken found = json.peek();
        if (found != expected) {
            throw new MalformedFrameException(frame + json.getPath().substring(1), describe(found), allowed);
        }
    }

    private String describe(JsonToken found) throws IOException {
        return switch (found) {
            case STRING -> "the string \"" + json.nextString() + "\"";
            case NUMBER -> "the number " + json.nextString();
            case BOOLEAN -> json.nextBoolean() ? "true" : "false";
            case NULL -> "null";
            case BEGIN_ARRAY -> "an array";
            case BEGIN_OBJECT -> "an object";
            default -> "more";
        };
    }
}
