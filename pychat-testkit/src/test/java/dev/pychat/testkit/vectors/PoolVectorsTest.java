package dev.pychat.testkit.vectors;

import static dev.pychat.testkit.vectors.HybridVectors.ALICE;
import static dev.pychat.testkit.vectors.HybridVectors.BOB;
import static dev.pychat.testkit.vectors.HybridVectors.REALM;
import static dev.pychat.testkit.vectors.Vectors.string;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import dev.pychat.envelope.ConversationContext;
import dev.pychat.envelope.EpochOffer;
import dev.pychat.envelope.FindingCode;
import dev.pychat.envelope.OpenedEpoch;
import dev.pychat.envelope.PoolWatch;
import dev.pychat.envelope.Sealer;
import dev.pychat.model.LaneId;
import dev.pychat.model.StoredMessage;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** Runs of what a server tells a device about its pool, each with what has to be found at each answer. */
class PoolVectorsTest {

    private final SecureRandom random = new SecureRandom();

    @TestFactory
    Stream<DynamicTest> eachAnswerGivesItsFindings() {
        return HybridVectors.list("pools").stream()
                .map(pool -> DynamicTest.dynamicTest(string(pool, "name"), () -> run(pool)));
    }

    private void run(JsonObject pool) throws Exception {
        PoolWatch watch = PoolWatch.NONE;
        for (JsonObject step : Vectors.objects(pool.getAsJsonArray("steps"))) {
            if (step.has("told")) {
                PoolWatch.Answer answer = watch.told(
                        Vectors.time(step, "told"),
                        step.get("left").getAsInt(),
                        step.get("added").getAsInt());
                assertThat(answer.withheld())
                        .hasSize(step.get("withheld").getAsInt())
                        .allSatisfy(found -> assertThat(found.code()).isEqualTo(FindingCode.POOL_WITHHELD));
                watch = PoolWatch.decode(answer.after().encode());
            } else {
                watch = watch.lastResortUsed(message(), epoch(step));
            }
        }
    }

    private OpenedEpoch epoch(JsonObject step) {
        ConversationContext context = ALICE.with(BOB, REALM, 1);
        Sealer sealer = Sealer.onNewLane(context, LaneId.random(random), random);
        Instant fetched = Vectors.time(step, "fetched");
        EpochOffer offer = EpochOffer.keeping(ALICE.identity(), ALICE.checked(REALM), BOB.checked(REALM), fetched);
        return sealer.beginEpoch(offer, Vectors.time(step, "made")).opened();
    }

    private static StoredMessage message() {
        return new Delivery(
                        HybridVectors.list("messages").get(0),
                        HybridVectors.list("epochs").get(0))
                .message();
    }
}
