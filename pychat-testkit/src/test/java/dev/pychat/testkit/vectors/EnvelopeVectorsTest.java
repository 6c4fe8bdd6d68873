package dev.pychat.testkit.vectors;

import static dev.pychat.testkit.vectors.Vectors.ALICE;
import static dev.pychat.testkit.vectors.Vectors.BOB;
import static dev.pychat.testkit.vectors.Vectors.REALM;
import static dev.pychat.testkit.vectors.Vectors.hex;
import static dev.pychat.testkit.vectors.Vectors.string;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import dev.pychat.crypto.open.Ed25519PublicKey;
import dev.pychat.crypto.open.UnusableKeyException;
import dev.pychat.envelope.ConversationContext;
import dev.pychat.envelope.EpochOffer;
import dev.pychat.envelope.OpenedMessage;
import dev.pychat.envelope.Sealed;
import dev.pychat.envelope.SealedEpoch;
import dev.pychat.envelope.Sealer;
import dev.pychat.envelope.View;
import dev.pychat.envelope.ViewChain;
import dev.pychat.key.Fingerprint;
import dev.pychat.key.KeyId;
import dev.pychat.model.Bytes;
import dev.pychat.model.Content;
import dev.pychat.model.ConversationId;
import dev.pychat.model.LaneId;
import dev.pychat.model.MessageId;
import dev.pychat.model.Position;
import dev.pychat.model.StoredMessage;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class EnvelopeVectorsTest {

    private static final ConversationContext ALICES = ALICE.with(BOB, REALM, 1);
    private static final List<JsonObject> EPOCHS = Vectors.list("epochs");
    private static final List<JsonObject> MESSAGES = Vectors.list("messages");

    @Test
    void namesAndBundlesAreThoseOfTheVectors() {
        assertThat(ALICES.conversation().value()).isEqualTo(hex(Vectors.ALL, "conversation"));
        for (JsonObject value : Vectors.list("parties")) {
            VectorParty party = VectorParty.of(value);
            assertThat(party.identity().publicKey().value()).isEqualTo(hex(value, "identity"));
            assertThat(Fingerprint.of(party.identity().publicKey()).value()).isEqualTo(hex(value, "fingerprint"));
            assertThat(KeyId.of(party.wrapping().publicKey()).value()).isEqualTo(hex(value, "keyId"));
            assertThat(party.checked(REALM).bundle().hash()).isEqualTo(hex(value, "bundleHash"));
        }
    }

    @Test
    void sealingWithTheVectorsRandomnessMakesTheVectorsBytes() throws Exception {
        SealedVectors.assertSealedAlike(ALICES, EPOCHS, MESSAGES, EnvelopeVectorsTest::begin);
    }

    @Test
    void bothSidesReadEveryMessage() {
        for (JsonObject message : MESSAGES) {
            JsonObject epoch = EPOCHS.get(message.get("epoch").getAsInt() - 1);
            StoredMessage stored = new Delivery(message, epoch).message();
            for (VectorParty opener : List.of(ALICE, BOB)) {
                ConversationContext context = opener.with(opener.equals(ALICE) ? BOB : ALICE, REALM, 1);
                assertThat(opener.open(context, stored, hex(epoch, "header")))
                        .isInstanceOfSatisfying(OpenedMessage.class, opened -> {
                            assertThat(opened.content()).isEqualTo(Content.text(string(message, "text")));
                            assertThat(opened.head().encode()).isEqualTo(hex(message, "head"));
                            assertThat(opened.head().hash()).isEqualTo(hex(message, "messageHash"));
                            assertThat(opened.envelopeHash()).isEqualTo(hex(message, "envelopeHash"));
                        });
            }
        }
    }

    @Test
    void viewHashesAreThoseOfTheVectors() {
        ConversationId conversation = ALICES.conversation();
        View start = View.empty(conversation);
        assertThat(ViewChain.start(conversation)).isEqualTo(hex(Vectors.ALL, "viewStart"));
        SealedVectors.assertViewsAlike(start, Vectors.list("views"));
    }

    @Test
    void plaintextsArePaddedToTheVectorsLengths() {
        for (JsonObject pair : Vectors.list("paddedLengths")) {
            Content content =
                    new Content(2, Bytes.adopt(new byte[pair.get("length").getAsInt() - 126]));
            Sealer sealer = Sealer.onNewLane(ALICES, new LaneId(hex(EPOCHS.get(0), "lane")), new SecureRandom());
            Instant now = Vectors.time(EPOCHS.get(0), "made");
            sealer.beginEpoch(offer(now), now);
            Sealed sealed = sealer.seal(
                    new MessageId(hex(MESSAGES.get(0), "messageId")),
                    content,
                    now,
                    Position.NONE,
                    View.empty(ALICES.conversation()));
            assertThat(sealed.envelope().value().size() - 172 - 16)
                    .isEqualTo(pair.get("padded").getAsInt());
        }
    }

    @Test
    void unacceptableIdentitiesAreRefused() {
        for (JsonElement key : Vectors.ALL.getAsJsonArray("unacceptableIdentities")) {
            assertThatThrownBy(() -> Ed25519PublicKey.parse(Bytes.fromHex(key.getAsString())))
                    .as(key.getAsString())
                    .isInstanceOf(UnusableKeyException.class);
        }
    }

    private static void begin(Sealer sealer, ScriptedRandom random, JsonObject epoch) {
        JsonObject theirs = epoch.getAsJsonObject("recipientWrap");
        JsonObject ours = epoch.getAsJsonObject("selfWrap");
        random.then(hex(epoch, "nonce"), hex(epoch, "secret"));
        random.then(hex(theirs, "ss"), hex(theirs, "oaepSeed"), hex(ours, "ss"), hex(ours, "oaepSeed"));
        SealedEpoch begun = sealer.beginEpoch(offer(Vectors.time(epoch, "fetched")), Vectors.time(epoch, "made"));
        assertThat(begun.header()).isEqualTo(hex(epoch, "header"));
        assertThat(begun.name().value()).isEqualTo(hex(epoch, "name"));
    }

    private static EpochOffer offer(Instant fetched) {
        return EpochOffer.keeping(ALICE.identity(), ALICE.checked(REALM), BOB.checked(REALM), fetched);
    }
}
