package dev.pychat.testkit.vectors;

import static dev.pychat.testkit.vectors.HybridVectors.ALICE;
import static dev.pychat.testkit.vectors.HybridVectors.ALICES;
import static dev.pychat.testkit.vectors.HybridVectors.BOB;
import static dev.pychat.testkit.vectors.HybridVectors.BOBS;
import static dev.pychat.testkit.vectors.HybridVectors.REALM;
import static dev.pychat.testkit.vectors.HybridVectors.list;
import static dev.pychat.testkit.vectors.Vectors.hex;
import static dev.pychat.testkit.vectors.Vectors.string;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import dev.pychat.crypto.open.Sha256;
import dev.pychat.crypto.secret.MlKemPrivateKey;
import dev.pychat.crypto.secret.SecretBytes;
import dev.pychat.crypto.secret.Unwrapper;
import dev.pychat.envelope.ConversationContext;
import dev.pychat.envelope.EpochOffer;
import dev.pychat.envelope.OpenedMessage;
import dev.pychat.envelope.SealedEpoch;
import dev.pychat.envelope.Sealer;
import dev.pychat.envelope.View;
import dev.pychat.key.CheckedBundle;
import dev.pychat.key.KeyId;
import dev.pychat.key.OneTimeKey;
import dev.pychat.key.Suite;
import dev.pychat.model.Bytes;
import dev.pychat.model.Content;
import dev.pychat.model.StoredMessage;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class HybridVectorsTest {

    private static final ConversationContext TO_BOB = ALICE.with(BOB, REALM, 2);
    private static final List<JsonObject> EPOCHS = list("epochs");
    private static final List<JsonObject> MESSAGES = list("messages");

    @Test
    void bundlesOfferTheVectorsDevices() {
        for (JsonObject value : list("parties")) {
            CheckedBundle bundle = VectorParty.of(value).checked(REALM);
            assertThat(bundle.suite()).isEqualTo(Suite.HYBRID);
            assertThat(bundle.bundle().hash()).isEqualTo(hex(value, "bundleHash"));
            assertThat(bundle.devices())
                    .extracting(
                            device -> device.device().value(),
                            device -> KeyId.of(device.wrapping()).value())
                    .containsExactlyElementsOf(Vectors.objects(value.getAsJsonArray("devices")).stream()
                            .map(device -> org.assertj.core.groups.Tuple.tuple(
                                    hex(device, "device"), hex(device, "wrappingKeyId")))
                            .toList());
        }
    }

    @Test
    void oneTimeKeysAreSignedToTheVectorsBytes() throws Exception {
        for (VectorDevice device : BOBS) {
            OneTimeKey taken = device.oneTime(1, REALM);
            OneTimeKey signed = OneTimeKey.sign(
                    taken.owner(),
                    device.id(),
                    1,
                    taken.key(),
                    unsigned -> BOB.identity().sign(dev.pychat.crypto.open.Label.ONE_TIME_KEY_SIGNATURE, unsigned));
            assertThat(signed.bytes()).isEqualTo(device.signed().get(1));
            assertThat(device.seeds()).containsKey(KeyId.of(taken.key()));
        }
    }

    @Test
    void sealingWithTheVectorsRandomnessMakesTheVectorsBytes() throws Exception {
        SealedVectors.assertSealedAlike(TO_BOB, EPOCHS, MESSAGES, HybridVectorsTest::begin);
    }

    @Test
    void everyDeviceReadsEveryMessageAtTwoPrivateOperations() {
        for (JsonObject message : MESSAGES) {
            JsonObject epoch = EPOCHS.get(message.get("epoch").getAsInt() - 1);
            StoredMessage stored = new Delivery(message, epoch).message();
            for (VectorDevice device : devices()) {
                VectorParty peer = device.party().equals(ALICE) ? BOB : ALICE;
                int before = device.party().operations().get();
                assertThat(device.open(device.party().with(peer, REALM, 2), stored, hex(epoch, "header")))
                        .isInstanceOfSatisfying(OpenedMessage.class, opened -> {
                            assertThat(opened.content()).isEqualTo(Content.text(string(message, "text")));
                            assertThat(opened.head().encode()).isEqualTo(hex(message, "head"));
                        });
                assertThat(device.party().operations().get() - before).isEqualTo(2);
            }
        }
    }

    @Test
    void bothSecretsOfEachWrapAreThoseOfTheVectors() {
        for (JsonObject epoch : EPOCHS) {
            for (JsonObject wrap : Vectors.objects(epoch.getAsJsonArray("wraps"))) {
                VectorDevice device = devices().stream()
                        .filter(each -> each.id().value().equals(hex(wrap, "device")))
                        .findAny()
                        .orElseThrow();
                assertSecrets(device, wrap);
                Bytes both = Bytes.concat(hex(wrap, "rsaCt"), hex(wrap, "kemCt"));
                assertThat(Sha256.of(both)).isEqualTo(hex(wrap, "ctHash"));
            }
        }
    }

    @Test
    void viewHashesAreThoseOfTheVectors() {
        View start = View.empty(TO_BOB.conversation());
        assertThat(start.hash()).isEqualTo(hex(HybridVectors.ALL, "viewStart"));
        SealedVectors.assertViewsAlike(start, list("views"));
    }

    private static void assertSecrets(VectorDevice device, JsonObject wrap) {
        try (SecretBytes ofRsa = new Unwrapper().unwrap(device.wrapping(), hex(wrap, "rsaCt"), 32, new SecureRandom());
                MlKemPrivateKey kem =
                        device.kemById(new KeyId(hex(wrap, "keyId"))).orElseThrow();
                SecretBytes ofKem = kem.decapsulate(hex(wrap, "kemCt"))) {
            Bytes rsaSecret = ofRsa.reveal(Bytes::copyOf);
            Bytes kemSecret = ofKem.reveal(Bytes::copyOf);
            assertThat(rsaSecret).isEqualTo(hex(wrap, "rsaSs"));
            assertThat(kemSecret).isEqualTo(hex(wrap, "kemSs"));
        }
    }

    private static List<VectorDevice> devices() {
        List<VectorDevice> all = new ArrayList<>(BOBS);
        all.addAll(ALICES);
        return all;
    }

    private static void begin(Sealer sealer, ScriptedRandom random, JsonObject epoch) throws Exception {
        random.then(hex(epoch, "nonce"), hex(epoch, "secret"));
        List<OneTimeKey> oneTime = new ArrayList<>();
        for (JsonObject wrap : Vectors.objects(epoch.getAsJsonArray("wraps"))) {
            if (!string(wrap, "oaepSeed").isEmpty()) {
                random.then(hex(wrap, "rsaSs"), hex(wrap, "oaepSeed"));
            }
            random.then(hex(wrap, "kemRandom"));
            int number = wrap.get("oneTime").getAsInt();
            if (number > 0) {
                oneTime.add(BOBS.stream()
                        .filter(device -> device.id().value().equals(hex(wrap, "device")))
                        .findAny()
                        .orElseThrow()
                        .oneTime(number, REALM));
            }
        }
        EpochOffer offer = EpochOffer.keeping(
                        ALICE.identity(), ALICE.checked(REALM), BOB.checked(REALM), Vectors.time(epoch, "fetched"))
                .with(oneTime);
        SealedEpoch begun = sealer.beginEpoch(offer, Vectors.time(epoch, "made"));
        assertThat(begun.header()).isEqualTo(hex(epoch, "header"));
        assertThat(begun.name().value()).isEqualTo(hex(epoch, "name"));
    }
}
