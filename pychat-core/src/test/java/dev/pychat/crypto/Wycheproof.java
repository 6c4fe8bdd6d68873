package dev.pychat.crypto;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.abort;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import dev.pychat.model.Bytes;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;

/**
 * The test vectors of Project Wycheproof against our own wrappers. They are not part of this project: they are looked for in
 * the folder that the system property {@code wycheproof.dir} names, from the project's root, and then in
 * {@code ../shared/wycheproof}.
 */
public final class Wycheproof {

    /** What becomes of a vector here. Everything but the first two is a limit of ours that the vector lies outside of. */
    public enum Outcome {
        /** The wrapper takes the input, and its output is the vector's. */
        TAKEN,
        /** The wrapper refuses the input. */
        REFUSED,
        /** Another key size than ours: AES with 256 bits, RSA with 3,072 to 4,096. */
        OTHER_KEY_SIZE,
        /** A nonce that has not 12 bytes. */
        OTHER_NONCE_SIZE,
        /** A tag cut shorter than 32 bytes. */
        SHORTENED_TAG,
        /** OAEP or MGF1 with another hash than SHA-256. */
        OTHER_HASH,
        /** OAEP with a label. */
        LABELLED
    }

    /** Runs one vector against a wrapper. */
    @FunctionalInterface
    public interface Trial {
        /**
         * What the wrapper makes of the vector. A wrong output fails the test at once.
         *
         * @param group what the vector shares with its neighbours
         * @param vector the vector
         * @return the outcome
         * @throws Exception what the wrapper must not throw
         */
        Outcome run(JsonObject group, JsonObject vector) throws Exception;
    }

    /** What the vector's own fields make of it. */
    @FunctionalInterface
    public interface Limits {
        /**
         * The limit that the vector lies outside of.
         *
         * @param group what the vector shares with its neighbours
         * @param vector the vector
         * @return one of the limits; empty if there is none
         */
        Optional<Outcome> of(JsonObject group, JsonObject vector);
    }

    private static final List<Path> FOLDERS = folders();
    private static final String MISSING = "the Wycheproof vectors are in none of " + FOLDERS + ": clone"
            + " https://github.com/C2SP/wycheproof and name its folder testvectors_v1 with -Dwycheproof.dir";

    private Wycheproof() {}

    /** One test for each vector of a file, and one that says which outcomes there must be. */
    public static Stream<DynamicTest> tests(String file, Set<Outcome> outcomes, Limits limits, Trial trial) {
        Optional<Path> folder = FOLDERS.stream().filter(Files::isDirectory).findFirst();
        if (folder.isEmpty()) {
            return Stream.of(DynamicTest.dynamicTest(file, () -> abort(MISSING)));
        }
        Set<Outcome> seen = EnumSet.noneOf(Outcome.class);
        List<DynamicTest> tests = new ArrayList<>();
        for (JsonObject group : objects(read(folder.get().resolve(file)), "testGroups")) {
            for (JsonObject vector : objects(group, "tests")) {
                Outcome expected = limits.of(group, vector).orElseGet(() -> verdict(vector));
                seen.add(expected);
                tests.add(DynamicTest.dynamicTest(
                        name(vector, expected),
                        () -> assertThat(trial.run(group, vector)).isEqualTo(expected)));
            }
        }
        tests.add(DynamicTest.dynamicTest(
                file + " has vectors of each outcome", () -> assertThat(seen).isEqualTo(outcomes)));
        return tests.stream();
    }

    public static Bytes hex(JsonObject object, String field) {
        return Bytes.fromHex(object.get(field).getAsString());
    }

    public static int number(JsonObject object, String field) {
        return object.get(field).getAsInt();
    }

    private static Outcome verdict(JsonObject vector) {
        return switch (vector.get("result").getAsString()) {
            case "valid" -> Outcome.TAKEN;
            case "invalid" -> Outcome.REFUSED;
            default -> throw new AssertionError("a verdict that is neither, inside our limits: " + vector);
        };
    }

    private static String name(JsonObject vector, Outcome expected) {
        String comment = vector.has("comment") ? vector.get("comment").getAsString() : "";
        return vector.get("tcId") + " " + comment + ": " + expected;
    }

    private static List<JsonObject> objects(JsonObject parent, String field) {
        return parent.getAsJsonArray(field).asList().stream()
                .map(JsonElement::getAsJsonObject)
                .toList();
    }

    private static JsonObject read(Path file) {
        try {
            return JsonParser.parseString(Files.readString(file, StandardCharsets.UTF_8))
                    .getAsJsonObject();
        } catch (IOException e) {
            throw new AssertionError("the folder is there, the file is not: " + file, e);
        }
    }

    /** Maven runs a module's tests in the module's folder, and hands on what it was given with -D. */
    private static List<Path> folders() {
        Path root = Path.of("").toAbsolutePath().getParent();
        Stream<String> named = Stream.ofNullable(System.getProperty("wycheproof.dir"));
        return Stream.concat(named, Stream.of("../shared/wycheproof"))
                .map(folder -> root.resolve(folder).normalize())
                .toList();
    }
}
