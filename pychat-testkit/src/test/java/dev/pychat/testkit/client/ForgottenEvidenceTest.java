package dev.pychat.testkit.client;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pychat.client.Disclosure;
import dev.pychat.client.EvidenceSummary;
import dev.pychat.key.HistoryPolicy;
import dev.pychat.model.Bytes;
import dev.pychat.model.Content;
import dev.pychat.model.EpochName;
import dev.pychat.model.Position;
import dev.pychat.testkit.liar.Lies;
import java.io.ByteArrayOutputStream;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Evidence with epoch secrets gives none of an epoch that is old, or of which a message was forgotten, wherever in it that was. */
class ForgottenEvidenceTest {

    /** When messages of this start are forgotten and the secrets of their epochs wait. */
    private static final Duration FORGOTTEN = Forgetful.DAY.plus(Duration.ofMinutes(20));

    private Forgetful scene;

    @BeforeEach
    void start() throws Exception {
        scene = new Forgetful();
    }

    @AfterEach
    void stop() {
        scene.close();
    }

    @Test
    void epochThatBeginsWithControlContentIsGivenNoMore() throws Exception {
        scene.state(HistoryPolicy.forgetAfter(Forgetful.DAY));
        try (Bulk bulk = new Bulk(scene.world, scene.bob, scene.alice)) {
            bulk.write(new Content(Content.FIRST_CONTROL, Bytes.fromHex("0102")));
            bulk.write(1);
            givesNoSecretThoughItIsHeld(bulk);
        }
    }

    @Test
    void epochWhoseFirstMessageDidNotOpenIsGivenNoMore() throws Exception {
        scene.state(HistoryPolicy.forgetAfter(Forgetful.DAY));
        scene.world
                .liar()
                .tell(
                        scene.alice.user(),
                        scene.bob.user(),
                        Lies.editEnvelope(Position.FIRST, ForgottenEvidenceTest::withAnotherEnd));
        try (Bulk bulk = new Bulk(scene.world, scene.bob, scene.alice)) {
            bulk.write(2);
            givesNoSecretThoughItIsHeld(bulk);
        }
    }

    private static Bytes withAnotherEnd(Bytes envelope) {
        byte[] bytes = envelope.toArray();
        bytes[bytes.length - 1] ^= 1;
        return Bytes.adopt(bytes);
    }

    /** Of the text in the epoch nothing is held; the account keeps again before the secret is erased. */
    private void givesNoSecretThoughItIsHeld(Bulk bulk) throws Exception {
        nudge(3);
        scene.forgets(FORGOTTEN, 3);
        scene.state(HistoryPolicy.KEEP);
        EpochName epoch = bulk.epochs().get(0).name();
        assertThat(scene.alicesDevice().secrets()).contains(epoch);
        assertThat(evidence().secrets()).isZero();
        assertThat(evidence().epochs()).isEqualTo(2);
    }

    /** Its message is young, and what the epoch was made for may be forgotten on another device. */
    @Test
    void epochThatIsOldByItsHeaderIsGivenNoMore() throws Exception {
        Instant longAgo = Instant.now().minus(Forgetful.WEEK).minus(Forgetful.DAY);
        Bytes bundle = scene.world
                .stores()
                .keys()
                .latestBundle(scene.alice.user())
                .orElseThrow()
                .bytes();
        try (Bulk older = new Bulk(scene.world, scene.bob, scene.alice, bundle, longAgo)) {
            older.write(1);
            nudge(2);
            assertThat(scene.alicesDevice().secrets())
                    .contains(older.epochs().get(0).name())
                    .hasSize(2);
        }
        assertThat(Forgetful.shown(scene.alice.history(scene.bob))).containsExactly("bulk 1", "nudge");
        assertThat(evidence().epochs()).isEqualTo(2);
        assertThat(evidence().secrets()).isEqualTo(1);
    }

    private void nudge(int told) throws Exception {
        scene.alice.say(scene.bob, "nudge");
        scene.alice.awaitTold(told);
        scene.alice.awaitAccepted();
    }

    private EvidenceSummary evidence() throws Exception {
        return scene.alice.with(scene.bob).writeEvidence(new ByteArrayOutputStream(), Disclosure.EPOCH_SECRETS);
    }
}
