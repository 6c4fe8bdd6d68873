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
import dev.pychat.model.Content;
import dev.pychat.model.LaneId;
import dev.pychat.model.MessageId;
import dev.pychat.model.Position;
import java.security.SecureRandom;
import java.time.Instant;

/** Fresh messages of bob for alice, for the second implementation to open. */
final class Exchange {

    private static final int[] SIZES = {0, 1, 129, 130, 131, 1000, 65_536};

    private Exchange() {}

    static JsonObject seal() {
        SecureRandom random = new SecureRandom();
        Instant now = Vectors.time(Vectors.ALL, "now");
        ConversationContext context = BOB.with(ALICE, REALM, 1);
        Sealer sealer = Sealer.onNewLane(context, LaneId.random(random), random);
        SealedEpoch epoch = sealer.beginEpoch(
                EpochOffer.keeping(BOB.identity(), BOB.checked(REALM), ALICE.checked(REALM), now), now);
        JsonArray messages = new JsonArray();
        for (int size : SIZES) {
            String text = "ü".repeat(size / 2) + "x".repeat(size % 2);
            Sealed sealed = sealer.seal(
                    MessageId.random(random),
                    Content.text(text),
                    now,
                    Position.NONE,
                    View.empty(context.conversation()));
            JsonObject message = new JsonObject();
            message.addProperty("messageId", sealed.id().value().hex());
            message.addProperty("envelope", sealed.envelope().value().hex());
            message.addProperty("text", text);
            messages.add(message);
        }
        JsonObject exchange = new JsonObject();
        exchange.addProperty("realm", REALM.value().hex());
        exchange.add("sender", Vectors.list("parties").get(1));
        exchange.add("recipient", Vectors.list("parties").get(0));
        exchange.addProperty("lane", sealer.lane().value().hex());
        exchange.addProperty("header", epoch.header().hex());
        exchange.add("messages", messages);
        return exchange;
    }
}
