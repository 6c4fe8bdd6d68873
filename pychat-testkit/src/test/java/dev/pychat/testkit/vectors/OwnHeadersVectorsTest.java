package dev.pychat.testkit.vectors;

import static dev.pychat.testkit.vectors.Vectors.ALICE;
import static dev.pychat.testkit.vectors.Vectors.BOB;
import static dev.pychat.testkit.vectors.Vectors.REALM;
import static dev.pychat.testkit.vectors.Vectors.hex;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import dev.pychat.envelope.OwnHeader;
import dev.pychat.key.BundleMark;
import dev.pychat.key.Fingerprint;
import dev.pychat.key.Suite;
import dev.pychat.model.EpochName;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** Epoch headers that a new device of alice is given for her conversation with bob, each with what it tells her. */
class OwnHeadersVectorsTest {

    @TestFactory
    Stream<DynamicTest> eachHeaderTellsWhatItShould() {
        return Stream.concat(
                each("suite 1: ", Vectors.list("ownHeaders")), each("suite 2: ", HybridVectors.list("ownHeaders")));
    }

    private static Stream<DynamicTest> each(String suite, List<JsonObject> headers) {
        return headers.stream()
                .map(given -> DynamicTest.dynamicTest(
                        suite + Vectors.string(given, "name"),
                        () -> assertThat(read(given)).isEqualTo(expected(given.get("says")))));
    }

    private static Optional<OwnHeader> read(JsonObject given) {
        EpochName name = new EpochName(hex(given, "epoch"));
        return OwnHeader.read(ALICE.with(BOB, REALM, 1), name, hex(given, "header"));
    }

    private static Optional<OwnHeader> expected(JsonElement says) {
        if (says.isJsonNull()) {
            return Optional.empty();
        }
        JsonObject said = says.getAsJsonObject();
        return Optional.of(new OwnHeader(
                new Fingerprint(hex(said, "recipient")),
                new BundleMark(said.get("serial").getAsLong(), hex(said, "hash")),
                said.get("vault").getAsLong(),
                new Suite(said.get("suite").getAsInt())));
    }
}
