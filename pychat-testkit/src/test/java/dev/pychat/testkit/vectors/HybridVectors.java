package dev.pychat.testkit.vectors;

import com.google.gson.JsonObject;
import dev.pychat.model.Realm;
import java.util.List;

/** The committed vectors of suite 2, which the second implementation made. */
final class HybridVectors {

    static final String RESOURCE = "/dev/pychat/testkit/vectors/envelope-suite-2.json";
    static final JsonObject ALL = Vectors.load(RESOURCE);
    static final Realm REALM = new Realm(Vectors.hex(ALL, "realm"));
    static final VectorParty ALICE = VectorParty.of(list("parties").get(0));
    static final VectorParty BOB = VectorParty.of(list("parties").get(1));
    static final List<VectorDevice> ALICES =
            VectorDevice.of(ALICE, list("parties").get(0));
    static final List<VectorDevice> BOBS = VectorDevice.of(BOB, list("parties").get(1));

    private HybridVectors() {}

    static List<JsonObject> list(String name) {
        return Vectors.objects(ALL.getAsJsonArray(name));
    }
}
