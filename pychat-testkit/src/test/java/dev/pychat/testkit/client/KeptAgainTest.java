package dev.pychat.testkit.client;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pychat.envelope.RewrapAnswer;
import dev.pychat.envelope.RewrapRequest;
import dev.pychat.key.HistoryPolicy;
import dev.pychat.model.Content;
import dev.pychat.model.EpochName;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** An account that has forgotten something and then keeps again, or forgets later than it did: what is forgotten stays so. */
class KeptAgainTest {

    private static final HistoryPolicy AFTER_A_DAY = HistoryPolicy.forgetAfter(Forgetful.DAY);
    private static final HistoryPolicy AFTER_A_YEAR = HistoryPolicy.forgetAfter(Forgetful.DAY.multipliedBy(365));

    private Forgetful scene;

    @BeforeEach
    void start() throws Exception {
        scene = new Forgetful();
        scene.state(AFTER_A_DAY);
    }

    @AfterEach
    void stop() {
        scene.close();
    }

    /** Both messages are forgotten, and the secrets of their epochs wait until everything is read. */
    private Set<EpochName> forgottenWhoseSecretsWait() throws Exception {
        scene.says(scene.bob, "meet me at the old mill");
        scene.says(scene.alice, "bring the letters");
        scene.forgets(Forgetful.DAY.plus(Duration.ofMinutes(20)), 2);
        Set<EpochName> secrets = new HashSet<>(scene.alicesDevice().secrets());
        assertThat(secrets).hasSize(2);
        return secrets;
    }

    private void awaitSecrets(Set<EpochName> expected) {
        Person.await(
                () -> {
                    try {
                        scene.alice.history(scene.bob);
                        return Set.copyOf(scene.alicesDevice().secrets()).equals(expected);
                    } catch (Exception e) {
                        throw new AssertionError(e);
                    }
                },
                () -> "other secrets are on the device than " + expected);
    }

    @Test
    void secretsThatWaitWhenTheAccountKeepsAgainAreErased() throws Exception {
        Set<EpochName> secrets = forgottenWhoseSecretsWait();
        scene.state(HistoryPolicy.KEEP);
        scene.alice.history(scene.bob);
        assertThat(scene.alicesDevice().secrets()).containsAll(secrets);
        scene.clock.goOn(Duration.ofHours(2));
        scene.restart();
        awaitSecrets(Set.of());
        scene.says(scene.bob, "kept");
        assertThat(Forgetful.shown(scene.alice.history(scene.bob))).containsExactly("forgotten", "forgotten", "kept");
        ConversationTest.noFindings(scene.alice, scene.bob);
    }

    @Test
    void secretsThatWaitWhenTheAccountForgetsLaterThanBeforeAreErased() throws Exception {
        forgottenWhoseSecretsWait();
        scene.state(AFTER_A_YEAR);
        scene.clock.goOn(Duration.ofHours(2));
        scene.restart();
        awaitSecrets(Set.of());
    }

    /** The device is on all the time: nothing of this depends on a start. */
    @Test
    void processThatGoesOnErasesThemToo() throws Exception {
        forgottenWhoseSecretsWait();
        scene.alice.client().changeHistoryPolicy(HistoryPolicy.KEEP);
        scene.clock.goOn(Duration.ofHours(2));
        scene.wire.cut();
        scene.alice.awaitOnline(scene.bob);
        awaitSecrets(Set.of());
    }

    /** What stays of the epoch is in the history, and its secret opens what went. */
    @Test
    void secretOfAHalfForgottenEpochGoesAndItsLaterTextStays() throws Exception {
        try (Bulk bulk = new Bulk(scene.world, scene.bob, scene.alice)) {
            bulk.write(1);
            scene.says(scene.alice, "got it");
            scene.clock.goOn(Duration.ofHours(20));
            bulk.write(1);
            scene.says(scene.alice, "got that, too");
            EpochName epoch = bulk.epochs().get(0).name();
            scene.forgets(Duration.ofHours(4), 2);
            assertThat(scene.alicesDevice().secrets()).contains(epoch);
            scene.state(HistoryPolicy.KEEP);
            scene.clock.goOn(Duration.ofHours(2));
            scene.restart();
            Person.await(() -> !holds(epoch), () -> "the secret of the epoch is there");
        }
        scene.says(scene.bob, "go on");
        assertThat(Forgetful.shown(scene.alice.history(scene.bob)))
                .containsExactly("forgotten", "forgotten", "bulk 2", "got that, too", "go on");
        ConversationTest.noFindings(scene.alice, scene.bob);
    }

    private boolean holds(EpochName epoch) {
        try {
            scene.alice.history(scene.bob);
            return scene.alicesDevice().secrets().contains(epoch);
        } catch (Exception e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void peerIsGivenNoEpochOfWhichAMessageIsForgottenThoughTheAccountKeepsAgain() throws Exception {
        givesOnlyWhatIsKept(HistoryPolicy.KEEP);
    }

    @Test
    void peerIsGivenNoneEitherIfTheAccountForgetsLaterThanBefore() throws Exception {
        givesOnlyWhatIsKept(AFTER_A_YEAR);
    }

    private void givesOnlyWhatIsKept(HistoryPolicy policy) throws Exception {
        Set<EpochName> forgotten = forgottenWhoseSecretsWait();
        scene.state(policy);
        scene.says(scene.alice, "kept");
        Set<EpochName> kept = new HashSet<>(scene.alicesDevice().secrets());
        assertThat(kept).containsAll(forgotten);
        kept.removeAll(forgotten);
        assertThat(kept).hasSize(1);
        List<EpochName> asked = new ArrayList<>(forgotten);
        asked.addAll(kept);
        try (Bulk asking = new Bulk(scene.world, scene.bob, scene.alice)) {
            asking.write(new RewrapRequest(asked).content());
        }
        scene.bob.say(scene.alice, "nudge");
        Person.await(() -> !given().isEmpty(), () -> "bob was told of " + scene.bob.told());
        assertThat(given()).containsExactlyElementsOf(kept);
        assertThat(scene.alice.with(scene.bob).asked()).isEmpty();
        assertThat(scene.alice.with(scene.bob).giveAsked(forgotten)).isZero();
    }

    private List<EpochName> given() {
        return scene.bob.told().stream()
                .flatMap(message -> message.content().stream())
                .filter(content -> content.type() == RewrapAnswer.TYPE)
                .flatMap(content -> RewrapRequest.of(new Content(RewrapRequest.TYPE, content.body())).stream())
                .flatMap(names -> names.epochs().stream())
                .toList();
    }
}
