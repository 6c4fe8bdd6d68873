package dev.pychat.testkit.vectors;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import dev.pychat.model.Bytes;
import dev.pychat.model.Realm;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.stream.StreamSupport;

/** The committed vectors, which the second implementation made. */
final class Vectors {

    static final String RESOURCE = "/dev/pychat/testkit/vectors/envelope-suite-1.json";
    static final JsonObject ALL = load(RESOURCE);
    static final Realm REALM = new Realm(hex(ALL, "realm"));
    static final VectorParty ALICE = VectorParty.of(list("parties").get(0));
    static final VectorParty BOB = VectorParty.of(list("parties").get(1));

    private Vectors() {}

    static String text(String resource) {
        try (InputStream in = Vectors.class.getResourceAsStream(resource)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static List<JsonObject> list(String name) {
        return objects(ALL.getAsJsonArray(name));
    }

    static List<JsonObject> objects(JsonArray array) {
        return StreamSupport.stream(array.spliterator(), false)
                .map(JsonElement::getAsJsonObject)
                .toList();
    }

    static Bytes hex(JsonObject object, String name) {
        return Bytes.fromHex(object.get(name).getAsString());
    }

    static String string(JsonObject object, String name) {
        return object.get(name).getAsString();
    }

    static Instant time(JsonObject object, String name) {
        return Instant.ofEpochMilli(object.get(name).getAsLong());
    }

    static JsonObject load(String resource) {
        return JsonParser.parseString(text(resource)).getAsJsonObject();
    }
}
