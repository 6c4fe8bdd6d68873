package dev.pychat.testkit.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.pychat.audit.Audit;
import dev.pychat.audit.AuditListener;
import dev.pychat.audit.AuditReport;
import dev.pychat.audit.AuditedEpoch;
import dev.pychat.client.Disclosure;
import dev.pychat.client.EvidenceSummary;
import dev.pychat.crypto.open.KeyPolicy;
import dev.pychat.envelope.OpenedEpoch;
import dev.pychat.envelope.RewrapAnswer;
import dev.pychat.envelope.RewrapRequest;
import dev.pychat.key.HistoryPolicy;
import dev.pychat.keyring.Keyring;
import dev.pychat.model.Bytes;
import dev.pychat.model.Content;
import dev.pychat.model.EpochName;
import dev.pychat.model.Position;
import dev.pychat.store.TranscriptForgetting;
import dev.pychat.store.memory.MemoryClientStores;
import dev.pychat.testkit.liar.Lies;
import java.io.ByteArrayOutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What forgetting costs, what it does when something fails, and what is given away of what is to be forgotten. */
class ForgettingLimitsTest {

    private static final int MANY = 10_000;

    private final FailingStores device = new FailingStores(new MemoryClientStores());

    @TempDir
    Path folder;

    private Forgetful scene;

    @BeforeEach
    void start() throws Exception {
        scene = new Forgetful(device);
    }

    @AfterEach
    void stop() {
        scene.close();
    }

    @Test
    void tenThousandMessagesAreForgottenInBoundedSteps() throws Exception {
        try (Bulk bulk = new Bulk(scene.world, scene.bob, scene.alice)) {
            bulk.write(MANY);
        }
        scene.says(scene.bob, "and this");
        scene.alice.awaitTold(MANY + 1);
        scene.says(scene.alice, "seen");
        scene.forgets(Forgetful.WEEK, MANY + 2L);
        assertThat(device.forgotten())
                .hasSizeLessThanOrEqualTo(4)
                .allSatisfy(count -> assertThat(count).isLessThanOrEqualTo(TranscriptForgetting.MOST));
        assertThat(device.forgotten().stream().mapToInt(Integer::intValue).sum())
                .isEqualTo(MANY + 2);
        assertThat(scene.alicesDevice().says("bulk")).isFalse();
        assertThat(scene.alicesDevice().secrets()).isEmpty();
        scene.says(scene.bob, "go on");
        ConversationTest.noFindings(scene.alice, scene.bob);
    }

    @Test
    void whatIsOldIsNotShownWhileItCanNotBeErasedAndIsErasedLater() throws Exception {
        scene.says(scene.bob, "erase me");
        device.transcripts().failForEver(Fault.Kind.REFUSED);
        scene.clock.goOn(Forgetful.WEEK);
        assertThat(Forgetful.shown(scene.alice.history(scene.bob))).containsExactly("forgotten");
        assertThat(scene.alice.awaitNotices(1))
                .singleElement()
                .asString()
                .contains("bob could not be forgotten on this device");
        assertThat(Forgetful.shown(scene.alice.history(scene.bob))).containsExactly("forgotten");
        device.transcripts().mend();
        scene.forgets(Duration.ZERO, 1);
        assertThat(scene.alicesDevice().says("erase me")).isFalse();
        assertThat(scene.alice.notices()).hasSize(1);
    }

    @Test
    void stepOfWhichNobodyKnowsWhetherItWasDoneIsLookedAtAgain() throws Exception {
        scene.says(scene.bob, "erase me");
        device.transcripts().fail(Fault.Kind.UNKNOWN_AND_DONE, 1);
        scene.clock.goOn(Forgetful.WEEK);
        scene.alice.history(scene.bob);
        scene.alice.awaitNotices(1);
        assertThat(scene.alicesDevice().says("erase me")).isFalse();
        scene.says(scene.bob, "goes on");
        assertThat(Forgetful.shown(scene.alice.history(scene.bob))).containsExactly("forgotten", "goes on");
    }

    @Test
    void epochSecretGoesWithTheLastMessageThatNamesIt() throws Exception {
        try (Bulk bulk = new Bulk(scene.world, scene.bob, scene.alice)) {
            bulk.write(1);
            scene.says(scene.alice, "got it");
            // What a device takes it holds for a day, whatever the server's clock says.
            scene.clock.goOn(Forgetful.WEEK.minus(Duration.ofHours(12)));
            bulk.write(1);
            scene.says(scene.alice, "got that, too");
            EpochName epoch = bulk.epochs().get(0).name();
            scene.forgets(Duration.ofHours(12), 2);
            assertThat(scene.alicesDevice().says("bulk 1")).isFalse();
            assertThat(scene.alicesDevice().says("bulk 2")).isTrue();
            assertThat(scene.alicesDevice().secrets()).contains(epoch);
            scene.forgets(Duration.ofHours(12), 4);
            assertThat(scene.alicesDevice().says("bulk 2")).isFalse();
            assertThat(scene.alicesDevice().secrets()).doesNotContain(epoch);
            // Its wrapping key is held still, so what comes late opens once more.
            bulk.write(1);
            scene.says(scene.bob, "late");
        }
        assertThat(scene.alice.textsTold()).contains("bob: bulk 3");
        ConversationTest.noFindings(scene.alice, scene.bob);
    }

    @Test
    void epochOfWhichNoMessageOpenedIsHeldForTheTimeOfThePolicyToo() throws Exception {
        scene.says(scene.bob, "hello");
        scene.world
                .liar()
                .tell(
                        scene.alice.user(),
                        scene.bob.user(),
                        Lies.editEnvelope(new Position(2), ForgettingLimitsTest::withAnotherEnd));
        EpochName epoch;
        try (Bulk bulk = new Bulk(scene.world, scene.bob, scene.alice)) {
            bulk.write(1);
            epoch = bulk.epochs().get(0).name();
        }
        scene.bob.say(scene.alice, "nudge");
        scene.alice.awaitTold(3);
        assertThat(Scene.found(scene.alice)).contains("2 ALTERED");
        assertThat(scene.alicesDevice().secrets()).contains(epoch);
        scene.restart();
        scene.alice.history(scene.bob);
        assertThat(scene.alicesDevice().secrets()).contains(epoch);
        scene.forgets(Forgetful.WEEK, 3);
        assertThat(scene.alicesDevice().secrets()).isEmpty();
    }

    private static Bytes withAnotherEnd(Bytes envelope) {
        byte[] bytes = envelope.toArray();
        bytes[bytes.length - 1] ^= 1;
        return Bytes.adopt(bytes);
    }

    @Test
    void peerIsGivenNoEpochThatIsOldAndOthersStill() throws Exception {
        scene.says(scene.alice, "old");
        EpochName old = scene.alicesDevice().secrets().get(0);
        scene.clock.goOn(Forgetful.DAY.multipliedBy(2));
        scene.restart();
        scene.says(scene.alice, "young");
        List<EpochName> secrets = new ArrayList<>(scene.alicesDevice().secrets());
        assertThat(secrets).hasSize(2).contains(old);
        secrets.remove(old);
        scene.state(HistoryPolicy.forgetAfter(Forgetful.DAY));
        // The message is old, its secret may be there still: the header says when it was made.
        assertThat(given(old, secrets.get(0))).containsExactly(secrets.get(0));
        assertThat(scene.alice.with(scene.bob).asked()).isEmpty();
        assertThat(scene.alice.with(scene.bob).giveAsked(Set.of(old))).isZero();
    }

    /** It would be in the history for as long again as the account holds anything. */
    @Test
    void secretThatWasGivenOrTakenIsInNoMessageOfTheHistory() throws Exception {
        scene.says(scene.alice, "hello");
        EpochName own = scene.alicesDevice().secrets().get(0);
        String ownSecret = scene.alicesDevice().secret(own);
        assertThat(given(own)).containsExactly(own);
        assertThat(scene.alicesDevice().says(ownSecret)).isFalse();

        Instant now = Instant.now();
        try (Keyring hers = DeviceKeys.of(scene.alice);
                Keyring lost = hers.withWrappingKey(DeviceKeys.notHeldBy(hers, now));
                Bulk bulk = new Bulk(
                        scene.world,
                        scene.bob,
                        scene.alice,
                        lost.nextBundle(now).bytes(),
                        now);
                Bulk answering = new Bulk(scene.world, scene.bob, scene.alice)) {
            bulk.write(1);
            answering.write(RewrapAnswer.content(List.<OpenedEpoch>copyOf(bulk.epochs())));
            scene.bob.say(scene.alice, "look");
            Person.await(() -> !scene.alice.openedLate().isEmpty(), () -> "told was " + scene.alice.told());
            EpochName theirs = bulk.epochs().get(0).name();
            String secret = scene.alicesDevice().secret(theirs);
            Person.await(() -> isGone(secret), () -> "the secret is in the history still");
        }
        assertThat(scene.alice.textsTold()).contains("bob: look");
        assertThat(Person.texts(scene.alice.openedLate())).containsExactly("bob: bulk 1");
    }

    private boolean isGone(String secret) {
        try {
            scene.alice.history(scene.bob);
            return !scene.alicesDevice().says(secret);
        } catch (Exception e) {
            throw new AssertionError(e);
        }
    }

    private List<EpochName> given(EpochName... asked) throws Exception {
        try (Bulk asking = new Bulk(scene.world, scene.bob, scene.alice)) {
            asking.write(new RewrapRequest(List.of(asked)).content());
        }
        scene.bob.say(scene.alice, "nudge");
        Person.await(() -> !answers().isEmpty(), () -> "bob was told of " + scene.bob.told());
        return answers().stream()
                .flatMap(content -> RewrapRequest.of(new Content(RewrapRequest.TYPE, content.body())).stream())
                .flatMap(names -> names.epochs().stream())
                .toList();
    }

    private List<Content> answers() {
        return scene.bob.told().stream()
                .flatMap(message -> message.content().stream())
                .filter(content -> content.type() == RewrapAnswer.TYPE)
                .toList();
    }

    /** The key arrives when the message is old by the account's policy. */
    @Test
    void whatDidNotOpenAndIsOldStaysClosed() throws Exception {
        scene.says(scene.bob, "hello");
        scene.bob.close();
        Instant now = Instant.now();
        try (Keyring hers = DeviceKeys.of(scene.alice);
                Keyring lost = hers.withWrappingKey(DeviceKeys.notHeldBy(hers, now));
                Bulk bulk = new Bulk(
                        scene.world,
                        scene.bob,
                        scene.alice,
                        lost.nextBundle(now).bytes(),
                        now);
                Bulk answering = new Bulk(scene.world, scene.bob, scene.alice)) {
            bulk.write(1);
            answering.write(Content.text("look"));
            scene.alice.say(scene.bob, "nudge");
            scene.alice.awaitTold(4);
            scene.alice.close();
            scene.clock.goOn(Forgetful.WEEK.minus(Duration.ofMinutes(1)));
            scene.state(HistoryPolicy.forgetAfter(Forgetful.DAY.multipliedBy(2)));
            answering.write(RewrapAnswer.content(List.<OpenedEpoch>copyOf(bulk.epochs())));
            answering.write(Content.text("look again"));
            scene.alice.say(scene.bob, "nudge again");
            Person.await(
                    () -> scene.alice.textsTold().contains("bob: look again"),
                    () -> "alice was told of " + scene.alice.told());
        }
        scene.alice.awaitAccepted();
        assertThat(scene.alice.openedLate()).isEmpty();
        assertThat(scene.alicesDevice().says("bulk 1")).isFalse();
    }

    @Test
    void backupHasNothingOfWhatIsForgottenAndAnArchiveShowsThatItIs() throws Exception {
        scene.says(scene.bob, "one");
        scene.clock.goOn(Forgetful.WEEK);
        scene.says(scene.bob, "two");
        device.transcripts().failForEver(Fault.Kind.REFUSED);
        BackupFile file = BackupFile.of(scene.alice);
        device.transcripts().mend();
        Person carol = scene.world.signUp("carol");
        file.takenBy(carol);
        assertThat(Forgetful.shown(carol.client()
                        .backups()
                        .archives()
                        .get(0)
                        .history(scene.bob.user(), Position.NONE, 10)
                        .messages()))
                .containsExactly("forgotten", "two");
    }

    @Test
    void evidenceHasWhatIsForgottenAsItIsServedAndWithoutItsKey() throws Exception {
        scene.says(scene.bob, "one");
        scene.forgets(Forgetful.WEEK, 1);
        scene.restart();
        scene.says(scene.alice, "two");
        ByteArrayOutputStream file = new ByteArrayOutputStream();
        EvidenceSummary summary = scene.alice.with(scene.bob).writeEvidence(file, Disclosure.EPOCH_SECRETS);
        assertThat(summary.absent()).isZero();
        assertThat(summary.secrets()).isEqualTo(1);
        AuditReport report = audited(file.toByteArray());
        assertThat(report.counts()).isEqualTo(new AuditReport.Counts(1, 1, 0, 0, 0, 0, 1, 0));
        assertThat(report.holds()).isTrue();
        assertThat(report.epochs().stream().flatMap(epoch -> epoch.terms().stream()))
                .extracting(AuditedEpoch.Terms::senderPolicy, AuditedEpoch.Terms::recipientPolicy)
                .contains(tuple(HistoryPolicy.forgetAfter(Forgetful.WEEK), HistoryPolicy.KEEP));
    }

    private AuditReport audited(byte[] evidence) throws Exception {
        Path file = Files.write(folder.resolve("evidence"), evidence);
        return Audit.of(file, KeyPolicy.acceptPublishedTestKeysInsecurely(), new AuditListener() {});
    }
}
