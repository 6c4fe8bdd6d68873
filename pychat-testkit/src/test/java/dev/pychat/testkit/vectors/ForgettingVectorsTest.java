package dev.pychat.testkit.vectors;

import static dev.pychat.testkit.vectors.Vectors.hex;
import static dev.pychat.testkit.vectors.Vectors.objects;
import static dev.pychat.testkit.vectors.Vectors.string;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import dev.pychat.crypto.open.Label;
import dev.pychat.crypto.secret.MlKemPrivateKey;
import dev.pychat.envelope.ConversationContext;
import dev.pychat.envelope.EpochOffer;
import dev.pychat.envelope.MessageOpening;
import dev.pychat.envelope.OpenedMessage;
import dev.pychat.envelope.SealedEpoch;
import dev.pychat.envelope.Sealer;
import dev.pychat.key.BundleException;
import dev.pychat.key.CheckedBundle;
import dev.pychat.key.DeviceKeys;
import dev.pychat.key.KeyBundle;
import dev.pychat.key.KeyId;
import dev.pychat.key.OneTimeKey;
import dev.pychat.model.Content;
import dev.pychat.model.ConversationId;
import dev.pychat.model.Envelope;
import dev.pychat.model.EpochName;
import dev.pychat.model.LaneId;
import dev.pychat.model.MessageId;
import dev.pychat.model.Position;
import dev.pychat.model.StoredMessage;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Accounts that forget: the policy in bundles and headers, wrapping keys for each device, and the sending device's own wrap. */
class ForgettingVectorsTest {

    private static final JsonObject ALL = HybridVectors.ALL.getAsJsonObject("forgetting");
    private static final List<JsonObject> PARTIES = objects(ALL.getAsJsonArray("parties"));
    private static final VectorParty ALICE = VectorParty.of(PARTIES.get(0));
    private static final VectorParty BOB = VectorParty.of(PARTIES.get(1));
    private static final VectorParty CAROL = VectorParty.of(PARTIES.get(2));
    private static final List<VectorDevice> ALICES = devices(ALICE, PARTIES.get(0));
    private static final List<VectorDevice> BOBS = devices(BOB, PARTIES.get(1));
    private static final int POLICIES_AT = "pychat/1 epoch name".length() + 1 + 333;

    private static List<VectorDevice> devices(VectorParty party, JsonObject value) {
        List<VectorDevice> devices = VectorDevice.of(party, value);
        List<JsonObject> values = objects(value.getAsJsonArray("devices"));
        for (int i = 0; i < values.size(); i++) {
            JsonObject ownWrap = values.get(i).getAsJsonObject("ownWrap");
            devices.get(i).seeds().put(new KeyId(hex(ownWrap, "keyId")), hex(ownWrap, "seed"));
        }
        return devices;
    }

    private static long seconds(JsonObject value) {
        return value.get("seconds").getAsLong();
    }

    @Test
    void bundlesStateThePolicyOrAreRefused() throws Exception {
        for (JsonObject each : objects(ALL.getAsJsonArray("policies"))) {
            KeyBundle bundle = KeyBundle.parse(hex(each, "bundle"));
            JsonElement defect = each.get("defect");
            if (defect.isJsonNull()) {
                CheckedBundle checked = bundle.check(HybridVectors.REALM, ALICE.user(), VectorParty.POLICY);
                assertThat(checked.historyPolicy().seconds())
                        .as(string(each, "name"))
                        .isEqualTo(seconds(each));
            } else {
                assertThatThrownBy(() -> bundle.check(HybridVectors.REALM, ALICE.user(), VectorParty.POLICY))
                        .as(string(each, "name"))
                        .isInstanceOfSatisfying(
                                BundleException.class,
                                e -> assertThat(e.defect().name()).isEqualTo(defect.getAsString()));
            }
        }
    }

    @Test
    void eachDeviceHasAWrappingKeyOfItsOwnAndTheAccountsIsOneOfThem() {
        for (VectorParty party : List.of(ALICE, BOB)) {
            CheckedBundle bundle = party.checked(HybridVectors.REALM);
            assertThat(bundle.devices()).extracting(DeviceKeys::wrapping).doesNotHaveDuplicates();
            assertThat(bundle.devices()).extracting(DeviceKeys::wrapping).contains(bundle.wrappingKey());
        }
        assertThat(ALICE.checked(HybridVectors.REALM).historyPolicy().seconds()).isEqualTo(seconds(PARTIES.get(0)));
    }

    @Test
    void headersNameBothPoliciesAndEachDeviceReadsTheMessage() {
        JsonObject both = ALL.getAsJsonObject("epoch");
        JsonObject suite1 = ALL.getAsJsonObject("suite1");
        assertThat(policies(both)).isEqualTo("%08x%08x", seconds(PARTIES.get(0)), seconds(PARTIES.get(1)));
        assertThat(policies(suite1)).isEqualTo("%08x%08x", seconds(PARTIES.get(0)), 0);
        ALICES.forEach(device -> assertReads(device, BOB, both));
        BOBS.forEach(device -> assertReads(device, ALICE, both));
        ALICES.forEach(device -> assertReads(device, CAROL, suite1));
        ConversationContext ofCarol = CAROL.with(ALICE, HybridVectors.REALM, 1);
        assertText(CAROL.open(ofCarol, message(ofCarol.conversation(), suite1), hex(suite1, "header")), suite1);
    }

    private static String policies(JsonObject epoch) {
        return hex(epoch, "header").slice(POLICIES_AT, 8).hex();
    }

    private static void assertReads(VectorDevice device, VectorParty peer, JsonObject epoch) {
        ConversationContext context = device.party().with(peer, HybridVectors.REALM, 1);
        assertText(device.open(context, message(context.conversation(), epoch), hex(epoch, "header")), epoch);
    }

    private static void assertText(MessageOpening opening, JsonObject epoch) {
        assertThat(opening)
                .isInstanceOfSatisfying(
                        OpenedMessage.class,
                        opened -> assertThat(opened.content())
                                .isEqualTo(Content.text(string(epoch.getAsJsonObject("message"), "text"))));
    }

    private static StoredMessage message(ConversationId conversation, JsonObject epoch) {
        JsonObject message = epoch.getAsJsonObject("message");
        return new StoredMessage(
                conversation,
                new Position(1),
                ALICE.user(),
                new MessageId(hex(message, "messageId")),
                new LaneId(hex(epoch, "lane")),
                new EpochName(hex(epoch, "name")),
                1,
                false,
                Instant.EPOCH,
                new Envelope(hex(message, "envelope")));
    }

    @Test
    void theSecondSuiteIsSealedToTheVectorsBytes() throws Exception {
        JsonObject epoch = ALL.getAsJsonObject("epoch");
        ScriptedRandom random = new ScriptedRandom();
        random.then(hex(epoch, "nonce"), hex(epoch, "secret"));
        List<OneTimeKey> oneTime = new ArrayList<>();
        for (JsonObject wrap : objects(epoch.getAsJsonArray("wraps"))) {
            random.then(hex(wrap, "rsaSs"), hex(wrap, "oaepSeed"), hex(wrap, "kemRandom"));
            VectorDevice device = Stream.concat(ALICES.stream(), BOBS.stream())
                    .filter(each -> each.id().value().equals(hex(wrap, "device")))
                    .findAny()
                    .orElseThrow();
            boolean isOwn = device.id().value().equals(hex(ALL, "sender"));
            oneTime.add(isOwn ? ownWrap(device) : device.oneTime(1, HybridVectors.REALM));
        }
        assertThat(begun(BOB, epoch, random, oneTime).header()).isEqualTo(hex(epoch, "header"));
    }

    /** The key of the own wrap in the form in which an epoch takes it; its number is in no pool. */
    private static OneTimeKey ownWrap(VectorDevice device) {
        JsonObject value = objects(PARTIES.get(0).getAsJsonArray("devices")).stream()
                .filter(each -> device.id().value().equals(hex(each, "device")))
                .findAny()
                .orElseThrow();
        try (MlKemPrivateKey key = device.kemById(new KeyId(hex(value.getAsJsonObject("ownWrap"), "keyId")))
                .orElseThrow()) {
            return OneTimeKey.sign(
                    new OneTimeKey.Owner(
                            HybridVectors.REALM, ALICE.user(), ALICE.identity().publicKey()),
                    device.id(),
                    Long.MAX_VALUE,
                    key.publicKey(),
                    unsigned -> ALICE.identity().sign(Label.ONE_TIME_KEY_SIGNATURE, unsigned));
        }
    }

    @Test
    void theFirstSuiteIsSealedToTheVectorsBytes() throws Exception {
        JsonObject epoch = ALL.getAsJsonObject("suite1");
        ScriptedRandom random = new ScriptedRandom();
        random.then(hex(epoch, "nonce"), hex(epoch, "secret"));
        for (JsonObject wrap : objects(epoch.getAsJsonArray("wraps"))) {
            random.then(hex(wrap, "ss"), hex(wrap, "oaepSeed"));
        }
        assertThat(begun(CAROL, epoch, random, List.of()).header()).isEqualTo(hex(epoch, "header"));
    }

    private static SealedEpoch begun(
            VectorParty peer, JsonObject epoch, ScriptedRandom random, List<OneTimeKey> oneTime) {
        ConversationContext context = ALICE.with(peer, HybridVectors.REALM, 1);
        EpochOffer offer = new EpochOffer(
                ALICE.identity(),
                ALICE.checked(HybridVectors.REALM),
                peer.checked(HybridVectors.REALM),
                Vectors.time(epoch, "fetched"),
                0,
                seconds(PARTIES.get(0)),
                peer.checked(HybridVectors.REALM).historyPolicy().seconds(),
                oneTime);
        try (Sealer sealer = Sealer.onNewLane(context, new LaneId(hex(epoch, "lane")), random)) {
            return sealer.beginEpoch(offer, Vectors.time(epoch, "made"));
        }
    }
}
