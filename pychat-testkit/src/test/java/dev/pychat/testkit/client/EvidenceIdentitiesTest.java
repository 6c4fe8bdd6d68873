package dev.pychat.testkit.client;

import static dev.pychat.testkit.client.EvidenceEdit.BUNDLE;
import static dev.pychat.testkit.client.EvidenceEdit.SCOPE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.pychat.audit.Audit;
import dev.pychat.audit.AuditListener;
import dev.pychat.audit.AuditReport;
import dev.pychat.audit.AuditReport.Verdict;
import dev.pychat.audit.AuditedIdentity;
import dev.pychat.audit.AuditedIdentity.Voucher;
import dev.pychat.audit.AuditedLane;
import dev.pychat.audit.AuditedMessage;
import dev.pychat.audit.EvidenceScope;
import dev.pychat.client.Disclosure;
import dev.pychat.crypto.open.Ed25519PublicKey;
import dev.pychat.crypto.open.KeyPolicy;
import dev.pychat.key.SafetyNumber;
import dev.pychat.model.Position;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Whose identities an audit takes the safety number to be about, and what it makes of others. */
class EvidenceIdentitiesTest {

    @TempDir
    Path folder;

    private World world;
    private Person alice;
    private Person bob;

    @BeforeEach
    void talk() throws Exception {
        world = World.start();
        alice = world.signUp("alice");
        bob = world.signUp("bob");
        alice.say(bob, "I have stolen the letters");
        bob.awaitTold(1);
        bob.say(alice, "well done");
        bob.awaitTold(2);
        alice.awaitTold(2);
    }

    @AfterEach
    void end() {
        world.close();
    }

    /** Two accounts of a stranger's own, and in front of them the public keys of two others, with whose safety number it is shown. */
    @Test
    void conversationOfAStrangerIsNotHeldToBeThatOfThoseWhoseKeysStandBeforeIt() throws Exception {
        try (World real = World.start()) {
            Ed25519PublicKey realAlice =
                    DeviceKeys.of(real.signUp("alice")).identity().publicKey();
            Ed25519PublicKey realBob =
                    DeviceKeys.of(real.signUp("bob")).identity().publicKey();
            for (Disclosure disclosure : Disclosure.values()) {
                Seen seen = audit(evidence(disclosure).change(SCOPE, 1, withPresent(realBob, realAlice)));
                assertThat(seen.report.safetyNumber())
                        .contains(
                                SafetyNumber.of(world.stores().realm(), bob.user(), realBob, alice.user(), realAlice));
                assertThat(seen.report.identities())
                        .extracting(AuditedIdentity::voucher)
                        .containsExactly(Voucher.SAFETY_NUMBER, Voucher.NOBODY, Voucher.SAFETY_NUMBER, Voucher.NOBODY);
                assertThat(seen.report.counts().findings()).isZero();
                assertThat(seen.report.counts().uncovered()).isEqualTo(2);
                assertThat(seen.report.verdict()).isEqualTo(Verdict.HOLDS_IN_PART);
                assertThat(seen.report.holds()).isFalse();
                assertThat(seen.signers()).containsExactly(Voucher.NOBODY, Voucher.NOBODY);
                assertThat(seen.report.views().byPeer()).isEqualTo(Position.NONE);
                assertThat(seen.report.views().byExporter()).isEqualTo(Position.NONE);
            }
        }
    }

    @Test
    void headerOfAnIdentityThatNobodyKnowsVouchesForNothing() throws Exception {
        alice.close();
        alice = world.logIn("alice", alice.stores());
        alice.say(bob, "in another epoch");
        bob.awaitTold(3);
        assertThat(audit(evidence(Disclosure.NO_SECRETS)).report.lanes())
                .extracting(AuditedLane::vouched)
                .containsExactly(1L, 0L);
        Ed25519PublicKey other = DeviceKeys.of(world.signUp("carol")).identity().publicKey();
        Seen seen = audit(evidence(Disclosure.NO_SECRETS)
                .change(SCOPE, 1, withPresent(DeviceKeys.of(bob).identity().publicKey(), other)));
        assertThat(seen.report.verdict()).isEqualTo(Verdict.HOLDS_IN_PART);
        assertThat(seen.report.lanes()).extracting(AuditedLane::vouched).containsOnly(0L);
    }

    @Test
    void replacedIdentityIsVouchedForByTheBundleOfTheNextAndNotCovered() throws Exception {
        alice.client().resetIdentity(World.passphrase("alice"), World.passphrase("alice"));
        alice.say(bob, "under another key");
        alice.awaitAccepted();
        bob.awaitTold(3);
        bob.with(alice)
                .acceptIdentity(
                        bob.with(alice).identity().change().orElseThrow().after());
        Person.await(() -> bob.openedLate().size() == 1, () -> "opened late were " + bob.openedLate());

        Seen seen = audit(evidence(Disclosure.EPOCH_SECRETS));
        assertThat(seen.report.identities())
                .extracting(AuditedIdentity::voucher)
                .containsExactly(Voucher.SAFETY_NUMBER, Voucher.SAFETY_NUMBER, Voucher.SUCCESSION);
        assertThat(seen.report.counts().findings()).isZero();
        assertThat(seen.signers()).containsExactly(Voucher.SUCCESSION, Voucher.SAFETY_NUMBER, Voucher.SAFETY_NUMBER);
        assertThat(seen.report.verdict()).isEqualTo(Verdict.HOLDS_IN_PART);

        EvidenceEdit without = evidence(Disclosure.EPOCH_SECRETS);
        without.parts.removeIf(part -> part.type() == BUNDLE);
        assertThat(audit(without).signers())
                .containsExactly(Voucher.NOBODY, Voucher.SAFETY_NUMBER, Voucher.SAFETY_NUMBER);
    }

    @Test
    void withoutAnIdentityOfThePeerNobodyVouchesForTheExporterEither() throws Exception {
        Seen seen = audit(evidence(Disclosure.NO_SECRETS).change(SCOPE, 1, EvidenceIdentitiesTest::withoutPins));
        assertThat(seen.report.safetyNumber()).isEmpty();
        assertThat(seen.report.identities())
                .extracting(AuditedIdentity::voucher)
                .containsExactly(Voucher.NOBODY);
        assertThat(seen.report.holds()).isFalse();
    }

    @Test
    void whatIsNoRegularFileIsRefusedWithoutBeingRead() throws Exception {
        Path pipe = folder.resolve("pipe");
        assertThat(new ProcessBuilder("mkfifo", pipe.toString()).start().waitFor())
                .isZero();
        for (Path file : List.of(pipe, Files.createSymbolicLink(folder.resolve("link"), pipe), folder)) {
            assertThatExceptionOfType(FileSystemException.class)
                    .isThrownBy(() -> Audit.of(file, KeyPolicy.production(), new AuditListener() {}))
                    .satisfies(e -> assertThat(e.getReason()).isEqualTo("it must be a regular file"));
        }
    }

    private EvidenceEdit evidence(Disclosure disclosure) throws Exception {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        bob.with(alice).writeEvidence(out, disclosure);
        return new EvidenceEdit(out.toByteArray());
    }

    /** The scope with two other present identities, in front of its own. */
    private static UnaryOperator<byte[]> withPresent(Ed25519PublicKey own, Ed25519PublicKey peers) {
        return scope -> {
            int at = ownAt(scope);
            int own32 = 32 * ByteBuffer.wrap(scope).getShort(at);
            int pinsAt = at + 2 + own32;
            ByteBuffer changed = ByteBuffer.allocate(scope.length + 32 + 48);
            changed.put(scope, 0, at).putShort((short) (own32 / 32 + 1));
            changed.put(own.value().toArray()).put(scope, at + 2, own32);
            changed.put((byte) (scope[pinsAt] + 1)).put(peers.value().toArray());
            changed.putLong(1000).putLong(Long.MAX_VALUE);
            return changed.put(scope, pinsAt + 1, scope.length - pinsAt - 1).array();
        };
    }

    private static byte[] withoutPins(byte[] scope) {
        int at = ownAt(scope);
        int pinsAt = at + 2 + 32 * ByteBuffer.wrap(scope).getShort(at);
        return ByteBuffer.allocate(pinsAt + 1).put(scope, 0, pinsAt).array();
    }

    private static int ownAt(byte[] scope) {
        int at = 16;
        at += 1 + scope[at];
        at += 1 + scope[at];
        return at + 25;
    }

    private Seen audit(EvidenceEdit evidence) throws Exception {
        Seen seen = new Seen();
        seen.report = Audit.of(
                evidence.write(folder.resolve("evidence")), KeyPolicy.acceptPublishedTestKeysInsecurely(), seen);
        assertThat(seen.identities).isEqualTo(seen.report.identities());
        return seen;
    }

    private static final class Seen implements AuditListener {
        private final List<AuditedMessage> messages = new ArrayList<>();
        private List<AuditedIdentity> identities = List.of();
        private AuditReport report;

        @Override
        public void onScope(EvidenceScope scope, Optional<SafetyNumber> safetyNumber, List<AuditedIdentity> named) {
            identities = named;
        }

        @Override
        public void onMessage(AuditedMessage message) {
            messages.add(message);
        }

        List<Voucher> signers() {
            return messages.stream()
                    .map(message -> message.signer().orElseThrow().voucher())
                    .toList();
        }
    }
}
