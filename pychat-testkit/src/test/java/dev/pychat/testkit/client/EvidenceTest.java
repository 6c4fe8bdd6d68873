package dev.pychat.testkit.client;

import static dev.pychat.testkit.client.EvidenceEdit.BUNDLE;
import static dev.pychat.testkit.client.EvidenceEdit.EPOCH;
import static dev.pychat.testkit.client.EvidenceEdit.MESSAGE;
import static dev.pychat.testkit.client.EvidenceEdit.lastBitFlipped;
import static dev.pychat.testkit.client.EvidenceEdit.sentBy;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.tuple;

import dev.pychat.audit.Audit;
import dev.pychat.audit.AuditListener;
import dev.pychat.audit.AuditReport;
import dev.pychat.audit.AuditedEpoch;
import dev.pychat.audit.AuditedLane;
import dev.pychat.audit.AuditedMessage;
import dev.pychat.audit.AuditedMessage.Outcome;
import dev.pychat.audit.EvidenceException;
import dev.pychat.client.Disclosure;
import dev.pychat.client.EvidenceSummary;
import dev.pychat.client.NoConversationException;
import dev.pychat.crypto.open.KeyPolicy;
import dev.pychat.key.BundleDefect;
import dev.pychat.model.Bytes;
import dev.pychat.model.Position;
import dev.pychat.store.memory.MemoryClientStores;
import dev.pychat.testkit.liar.Lies;
import dev.pychat.testkit.vectors.SecondImplementation;
import java.io.ByteArrayOutputStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Bob's evidence of seven messages: one and six by one device of Alice, three and five by another, two, four and seven by Bob. Each was
 * written when everybody had been shown everything before it.
 */
class EvidenceTest {

    private static final List<String> SAID = List.of("one", "two", "three", "four", "five", "six", "seven");

    @TempDir
    Path folder;

    private World world;
    private Person alice;
    private Person alicesOther;
    private Person bob;

    @BeforeEach
    void talk() throws Exception {
        world = World.start();
        alice = world.signUp("alice");
        alicesOther = world.logIn("alice", new MemoryClientStores());
        bob = world.signUp("bob");
        List<Person> speakers = List.of(alice, bob, alicesOther, bob, alicesOther, alice, bob);
        for (int i = 0; i < SAID.size(); i++) {
            speakers.get(i).say(speakers.get(i) == bob ? alice : bob, SAID.get(i));
            for (Person each : List.of(alice, alicesOther, bob)) {
                each.awaitTold(i + 1);
            }
        }
    }

    @AfterEach
    void end() {
        world.close();
    }

    @Test
    void honestConversationHoldsToItsLastView() throws Exception {
        Seen seen = audit(evidence(bob, alice, Disclosure.EPOCH_SECRETS));
        assertThat(seen.findings()).isEmpty();
        assertThat(seen.texts()).isEqualTo(SAID);
        assertThat(seen.report.holds()).isTrue();
        assertThat(seen.report.isComplete()).isTrue();
        assertThat(seen.report.counts()).isEqualTo(new AuditReport.Counts(7, 0, 0, 0, 0, 0, 0, 0));
        assertThat(seen.report.safetyNumber())
                .contains(alice.with(bob).identity().safetyNumber());
        assertThat(seen.report.epochs())
                .hasSize(3)
                .extracting(AuditedEpoch::state)
                .containsOnly(AuditedEpoch.State.OPENED);
        assertThat(seen.report.epochs())
                .allSatisfy(epoch ->
                        assertThat(epoch.terms().orElseThrow().bundleGiven()).isTrue());
        assertThat(seen.report.lanes())
                .extracting(AuditedLane::messages, AuditedLane::last, AuditedLane::read, AuditedLane::findings)
                .containsExactly(tuple(2L, 2L, 2L, 0L), tuple(3L, 3L, 3L, 0L), tuple(2L, 2L, 2L, 0L));
        assertThat(seen.report.views().agreeing()).isEqualTo(7);
        assertThat(seen.report.views().byPeer()).isEqualTo(new Position(5));
        assertThat(seen.report.views().byExporter()).isEqualTo(new Position(6));
        assertThat(seen.report.bundles()).hasSize(2).allSatisfy(bundle -> {
            assertThat(bundle.defect()).isEmpty();
            assertThat(bundle.epochs()).isPositive();
        });
    }

    @Test
    void bothSidesGiveTheSameHistory() throws Exception {
        Seen theirs = audit(evidence(alicesOther, bob, Disclosure.EPOCH_SECRETS));
        assertThat(theirs.findings()).isEmpty();
        assertThat(theirs.texts()).isEqualTo(SAID);
        assertThat(theirs.report.safetyNumber())
                .isEqualTo(audit(evidence(bob, alice, Disclosure.EPOCH_SECRETS))
                        .report
                        .safetyNumber());
    }

    @Test
    void withoutSecretsNothingCanBeReadAndLanesHold() throws Exception {
        EvidenceEdit evidence = evidence(bob, alice, Disclosure.NO_SECRETS);
        assertThat(evidence.parts.stream().filter(part -> part.type() == EPOCH))
                .hasSize(3)
                .allSatisfy(part -> assertThat(part.content()[0]).isZero());
        Seen seen = audit(evidence);
        assertThat(seen.findings()).isEmpty();
        assertThat(seen.texts()).isEmpty();
        assertThat(seen.report.holds()).isTrue();
        assertThat(seen.report.isComplete()).isFalse();
        assertThat(seen.report.counts()).isEqualTo(new AuditReport.Counts(0, 7, 0, 0, 0, 0, 0, 0));
        assertThat(seen.report.views().unchecked()).isEqualTo(7);
        assertThat(seen.report.epochs()).extracting(AuditedEpoch::state).containsOnly(AuditedEpoch.State.SIGNED);
    }

    @Test
    void secondImplementationAuditsWhatAClientWrote() throws Exception {
        SecondImplementation.require();
        SecondImplementation.run("audit", readable().write(folder.resolve("readable")));
        SecondImplementation.run("audit", closed().write(folder.resolve("closed")));
    }

    @Test
    void fileWithoutItsBundlesIsNotComplete() throws Exception {
        EvidenceEdit evidence = readable();
        evidence.parts.removeIf(part -> part.type() == BUNDLE);
        Seen seen = audit(evidence);
        assertThat(seen.findings()).isEmpty();
        assertThat(seen.report.holds()).isTrue();
        assertThat(seen.report.counts().unbundled()).isEqualTo(3);
        assertThat(seen.report.isComplete()).isFalse();
    }

    @Test
    void fileOfAConversationInWhichKeysWereReplacedIsReadAndNotComplete() throws Exception {
        alice.client().rotateKeys();
        Seen seen = audit(evidence(alicesOther, bob, Disclosure.EPOCH_SECRETS));
        assertThat(seen.texts()).isEqualTo(SAID);
        assertThat(seen.report.holds()).isTrue();
        Seen hers = audit(evidence(alice, bob, Disclosure.EPOCH_SECRETS));
        assertThat(hers.report.counts().unbundled()).isEqualTo(1);
        assertThat(hers.report.isComplete()).isFalse();
    }

    @Test
    void replacedContentIsFoundInItsPlace() throws Exception {
        Seen seen = audit(readable().change(MESSAGE, 3, lastBitFlipped()));
        assertThat(seen.findings()).containsExactly("3 ALTERED", "4 VIEWS_DIFFER", "5 VIEWS_DIFFER", "6 VIEWS_DIFFER");
        assertThat(seen.outcomes.get(2)).isEqualTo(Outcome.REFUSED);
        assertThat(seen.texts()).isEqualTo(List.of("one", "two", "four", "five", "six", "seven"));
    }

    @Test
    void replacedContentIsFoundWithoutSecretsByTheNextOfItsLane() throws Exception {
        assertThat(audit(closed().change(MESSAGE, 3, lastBitFlipped())).findings())
                .containsExactly("5 LANE_FORKED");
    }

    @Test
    void removedMessageIsFound() throws Exception {
        assertThat(audit(without(readable(), 3)).findings())
                .containsExactly("3 VIEWS_DIFFER", "4 GAP", "4 VIEWS_DIFFER", "5 VIEWS_DIFFER");
        assertThat(audit(without(closed(), 3)).findings()).containsExactly("4 GAP");
    }

    @Test
    void swappedMessagesAreFound() throws Exception {
        assertThat(audit(readable().swap(3, 5)).findings())
                .containsExactly(
                        "3 GAP", "3 VIEWS_DIFFER", "4 VIEWS_DIFFER", "5 GAP", "6 VIEWS_DIFFER", "7 VIEWS_DIFFER");
        assertThat(audit(closed().swap(3, 5)).findings()).containsExactly("3 GAP", "5 GAP");
    }

    @Test
    void messageOfAnotherSenderIsFound() throws Exception {
        for (EvidenceEdit evidence : List.of(readable(), closed())) {
            evidence.change(MESSAGE, 6, sentBy("bob")).change(MESSAGE, 7, sentBy("alice"));
            assertThat(audit(evidence).findings()).containsExactly("6 RE_ATTRIBUTED", "7 REFLECTED");
        }
    }

    @Test
    void messageOfAnotherConversationIsFound() throws Exception {
        Person carol = world.signUp("carol");
        bob.say(carol, "for carol");
        bob.awaitTold(8);
        for (Disclosure disclosure : Disclosure.values()) {
            EvidenceEdit other = evidence(bob, carol, disclosure);
            EvidenceEdit evidence = evidence(bob, alice, disclosure);
            evidence.parts.add(other.part(EPOCH, 1));
            evidence.parts.add(other.part(MESSAGE, 1));
            Seen seen = audit(evidence.lastMoves(1));
            assertThat(seen.findings()).containsExactly("8 MOVED");
            assertThat(seen.report.epochs().get(3).state()).isEqualTo(AuditedEpoch.State.REFUSED);
        }
    }

    @Test
    void changedHeaderIsNotTheOneThatMessagesName() throws Exception {
        for (EvidenceEdit evidence : List.of(readable(), closed())) {
            Seen seen = audit(evidence.change(EPOCH, 1, lastBitFlipped()));
            assertThat(seen.findings()).containsExactly("1 UNKNOWN_EPOCH", "6 UNKNOWN_EPOCH");
            assertThat(seen.report.epochs().get(0).state()).isEqualTo(AuditedEpoch.State.UNNAMED);
        }
    }

    @Test
    void wrongSecretIsFoundAtEachMessageOfItsEpoch() throws Exception {
        Seen seen = audit(readable().change(EPOCH, 1, epoch -> {
            epoch[1] ^= 1;
            return epoch;
        }));
        assertThat(seen.findings()).containsExactly("1 EPOCH_INCONSISTENT", "6 EPOCH_INCONSISTENT");
        assertThat(seen.texts()).isEqualTo(List.of("two", "three", "four", "five", "seven"));
    }

    @Test
    void swappedBundleIsFound() throws Exception {
        Person carol = world.signUp("carol");
        bob.say(carol, "for carol");
        bob.awaitTold(8);
        EvidenceEdit.Part carols = evidence(bob, carol, Disclosure.NO_SECRETS).part(BUNDLE, 2);
        Seen seen = audit(readable().change(BUNDLE, 2, bundle -> carols.content()));
        assertThat(seen.findings()).isEmpty();
        assertThat(seen.report.holds()).isFalse();
        assertThat(seen.report.bundles().get(0).defect()).isEmpty();
        assertThat(seen.report.bundles().get(1).defect()).contains(BundleDefect.WRONG_NAME);

        Seen broken = audit(readable().change(BUNDLE, 2, lastBitFlipped()));
        assertThat(broken.report.bundles().get(1).defect()).contains(BundleDefect.BAD_SIGNATURE);
        assertThat(broken.report.counts().findings()).isEqualTo(1);
    }

    @Test
    void restartedDeviceVouchesForWhatItSealedBefore() throws Exception {
        alice.close();
        alice = world.logIn("alice", alice.stores());
        alice.say(bob, "eight");
        bob.awaitTold(8);
        Seen seen = audit(closed());
        assertThat(seen.findings()).isEmpty();
        assertThat(seen.report.lanes()).extracting(AuditedLane::vouched).containsExactly(2L, 0L, 0L);
    }

    @Test
    void whatTheServerGivesNoLongerIsSaidToBeAbsent() throws Exception {
        world.liar().tell(bob.user(), alice.user(), Lies.withholdAfter(new Position(5)));
        Seen seen = audit(readable());
        assertThat(seen.findings()).isEmpty();
        assertThat(seen.outcomes.subList(5, 7)).containsOnly(Outcome.ABSENT);
        assertThat(seen.report.counts().absent()).isEqualTo(2);
        assertThat(seen.report.isComplete()).isFalse();
        assertThat(seen.report.holds()).isTrue();
    }

    @Test
    void whatTheServerGivesOtherwiseIsSaidToBeAbsentAndBreaksNothing() throws Exception {
        world.liar()
                .tell(bob.user(), alice.user(), Lies.editEnvelope(new Position(3), EvidenceTest::withAnotherLastByte));
        Seen seen = audit(readable());
        assertThat(seen.findings()).isEmpty();
        assertThat(seen.outcomes.get(2)).isEqualTo(Outcome.ABSENT);
        assertThat(seen.report.views().byPeer()).isEqualTo(new Position(5));
        assertThat(audit(closed()).findings()).isEmpty();
    }

    private static Bytes withAnotherLastByte(Bytes envelope) {
        byte[] bytes = envelope.toArray();
        bytes[bytes.length - 1] ^= 1;
        return Bytes.copyOf(bytes);
    }

    @Test
    void summarySaysWhatTheFileHolds() throws Exception {
        EvidenceSummary summary = bob.with(alice).writeEvidence(new ByteArrayOutputStream(), Disclosure.EPOCH_SECRETS);
        assertThat(summary).isEqualTo(new EvidenceSummary(Position.FIRST, new Position(7), 0, 3, 3));
        Person carol = world.signUp("carol");
        assertThatExceptionOfType(NoConversationException.class)
                .isThrownBy(() -> bob.with(carol).writeEvidence(new ByteArrayOutputStream(), Disclosure.NO_SECRETS));
    }

    @Test
    void anyChangeGivesAReportOrOneKindOfExceptionAndNoOtherText() throws Exception {
        long seed = new Random().nextLong();
        Random random = new Random(seed);
        byte[] file = readable().file();
        for (int i = 0; i < 200; i++) {
            EvidenceEdit edit = new EvidenceEdit(file);
            int changes = 1 + random.nextInt(3);
            for (int change = 0; change < changes; change++) {
                int at = random.nextInt(edit.parts.size());
                byte[] content = edit.parts.get(at).content();
                content[random.nextInt(Math.min(content.length, 300))] = (byte) random.nextInt();
            }
            try {
                assertThat(SAID)
                        .as("seed %d, change %d", seed, i)
                        .containsAll(Set.copyOf(audit(edit).texts()));
            } catch (EvidenceException e) {
                assertThat(e.problem()).isEqualTo(EvidenceException.Problem.DAMAGED);
            }
        }
    }

    private EvidenceEdit readable() throws Exception {
        return evidence(bob, alice, Disclosure.EPOCH_SECRETS);
    }

    private EvidenceEdit closed() throws Exception {
        return evidence(bob, alice, Disclosure.NO_SECRETS);
    }

    private static EvidenceEdit evidence(Person of, Person peer, Disclosure disclosure) throws Exception {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        of.with(peer).writeEvidence(out, disclosure);
        return new EvidenceEdit(out.toByteArray());
    }

    private static EvidenceEdit without(EvidenceEdit evidence, int position) {
        evidence.parts.remove(evidence.index(MESSAGE, position));
        return evidence.lastMoves(-1);
    }

    private Seen audit(EvidenceEdit evidence) throws Exception {
        Seen seen = new Seen();
        Path file = evidence.write(folder.resolve("evidence"));
        seen.report = Audit.of(file, KeyPolicy.acceptPublishedTestKeysInsecurely(), seen);
        return seen;
    }

    private static final class Seen implements AuditListener {
        private final List<AuditedMessage> messages = new ArrayList<>();
        private final List<Outcome> outcomes = new ArrayList<>();
        private AuditReport report;

        @Override
        public void onMessage(AuditedMessage message) {
            messages.add(message);
            outcomes.add(message.outcome());
        }

        List<String> findings() {
            return messages.stream()
                    .flatMap(message -> message.findings().stream())
                    .map(finding -> finding.position() + " " + finding.code())
                    .toList();
        }

        List<String> texts() {
            return messages.stream()
                    .flatMap(message -> message.content().stream())
                    .map(content -> content.asText().orElse("no text"))
                    .toList();
        }
    }
}
