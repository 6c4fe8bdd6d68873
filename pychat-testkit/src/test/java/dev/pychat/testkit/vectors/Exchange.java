package dev.pychat.testkit.vectors;

import static dev.pychat.testkit.vectors.Vectors.ALICE;
import static dev.pychat.testkit.vectors.Vectors.BOB;
import static dev.pychat.testkit.vectors.Vectors.REALM;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import dev.pychat.envelope.ConversationContext;
import dev.pychat.envelope.EpochOffer;
import dev.pychat.envelope.Sealed;
import dev.pychat.envelope.SealedEpoch;
import dev.pychat.envelope.Sealer;
import dev.pychat.envelope.View;
import dev.pychat.key.OneTimeKey;
import dev.pychat.model.Content;
import dev.pychat.model.LaneId;
import dev.pychat.model.MessageId;
import dev.pychat.model.Position;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.List;

/** Fresh messages of bob for alice, for the second implementation to open. */
final class Exchange {

    private static final int[] SIZES = {0, 1, 129, 130, 131, 1000, 65_536};

    private static final Instant NOW = Vectors.time(Vectors.ALL, "now");

    private Exchange() {}

    static JsonObject seal() {
        EpochOffer offer = EpochOffer.keeping(BOB.identity(), BOB.checked(REALM), ALICE.checked(REALM), NOW);
        return seal(offer, BOB.with(ALICE, REALM, 1), Vectors.list("parties"));
    }

    /** The same in suite 2, to a one-time key of alice's device. */
    static JsonObject sealHybrid() throws Exception {
        VectorParty alice = HybridVectors.ALICE;
        VectorParty bob = HybridVectors.BOB;
        EpochOffer offer = EpochOffer.keeping(bob.identity(), bob.checked(REALM), alice.checked(REALM), NOW);
        OneTimeKey oneTime = HybridVectors.ALICES.get(0).oneTime(2, REALM);
        return seal(offer.with(List.of(oneTime)), bob.with(alice, REALM, 2), HybridVectors.list("parties"));
    }

    private static JsonObject seal(EpochOffer offer, ConversationContext context, List<JsonObject> parties) {
        SecureRandom random = new SecureRandom();
        Sealer sealer = Sealer.onNewLane(context, LaneId.random(random), random);
        SealedEpoch epoch = sealer.beginEpoch(offer, NOW);
        JsonArray messages = new JsonArray();
        for (int size : SIZES) {
            messages.add(message(sealer, "ü".repeat(size / 2) + "x".repeat(size % 2), random));
        }
        JsonObject exchange = new JsonObject();
        exchange.addProperty("realm", REALM.value().hex());
        exchange.add("sender", parties.get(1));
        exchange.add("recipient", parties.get(0));
        exchange.addProperty("lane", sealer.lane().value().hex());
        exchange.addProperty("header", epoch.header().hex());
        exchange.add("messages", messages);
        return exchange;
    }

    private static JsonObject message(Sealer sealer, String text, SecureRandom random) {
        View view = View.empty(BOB.with(ALICE, REALM, 1).conversation());
        Sealed sealed = sealer.seal(MessageId.random(random), Content.text(text), NOW, Position.NONE, view);
        JsonObject message = new JsonObject();
        message.addProperty("messageId", sealed.id().value().hex());
        message.addProperty("envelope", sealed.envelope().value().hex());
        message.addProperty("text", text);
        return message;
    }
}
