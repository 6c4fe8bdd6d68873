package dev.pychat.ref.client.audit;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import dev.pychat.audit.AuditReport;
import dev.pychat.audit.AuditedIdentity;
import dev.pychat.audit.AuditedIdentity.Voucher;
import dev.pychat.audit.AuditedMessage;
import dev.pychat.audit.AuditedMessage.Outcome;
import dev.pychat.audit.AuditedViews;
import dev.pychat.audit.EvidenceScope;
import dev.pychat.crypto.open.Ed25519PublicKey;
import dev.pychat.envelope.PinnedIdentity;
import dev.pychat.key.Fingerprint;
import dev.pychat.key.SafetyNumber;
import dev.pychat.model.Bytes;
import dev.pychat.model.Content;
import dev.pychat.model.MessageId;
import dev.pychat.model.Position;
import dev.pychat.model.Realm;
import dev.pychat.model.Username;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What is said of identities that the safety number does not cover. */
class ReportTest {
    private static final String THEIRS = "these two identities are theirs";
    private static final Username BOB = new Username("bob");
    private static final Username ALICE = new Username("alice");

    /** The public keys of the first three tests of RFC 8032, section 7.1. */
    private static final Ed25519PublicKey BOBS =
            key("d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a");

    private static final Ed25519PublicKey PRESENT =
            key("3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c");
    private static final Ed25519PublicKey BEFORE =
            key("fc51cd8e6218a1a38da47ed00230f0580816ed13ba3303ac5deb911548908025");

    private final Realm realm = new Realm(Bytes.fromHex("00112233445566778899aabbccddeeff"));

    @Test
    void safetyNumberIsSaidToBeOfThePresentIdentitiesAlone() throws Exception {
        String text = text(present(Voucher.NOBODY), false);
        assertThat(text)
                .containsSubsequence(
                        "bob: fingerprint " + fingerprint(BOBS),
                        "alice: fingerprint " + fingerprint(PRESENT) + ", for positions 3 on",
                        "safety number: ",
                        THEIRS,
                        "that no safety number here covers",
                        "alice: fingerprint " + fingerprint(BEFORE) + ", for positions 1 to 2",
                        "nobody vouches for it");
        assertThat(text(present(Voucher.SUCCESSION), false))
                .contains("a bundle below says that it was alice's")
                .doesNotContain("nobody vouches");
    }

    @Test
    void withoutASafetyNumberNobodyIsSaidToBeKnown() throws Exception {
        EvidenceScope scope = scope(List.of());
        AuditedIdentity bobs = new AuditedIdentity(BOB, BOBS, Voucher.NOBODY);
        assertThat(text(report(scope, Optional.empty(), List.of(bobs)), false))
                .contains("safety number: none", "nobody vouches for it")
                .doesNotContain(THEIRS, "If the two people");
    }

    @Test
    void eachMessageSaysWhichIdentityHasSignedItUnlessThatIsThePresentOne() throws Exception {
        for (boolean all : new boolean[] {false, true}) {
            String text = text(present(Voucher.NOBODY), all);
            assertThat(text)
                    .containsOnlyOnce("? position 1 of alice: signed by identity " + fingerprint(BEFORE)
                            + ", which the safety number does not cover")
                    .doesNotContain("position 3 of alice: signed by");
        }
    }

    @Test
    void verdictIsNotPlainlyThatItHolds() throws Exception {
        assertThat(text(present(Voucher.NOBODY), false))
                .contains("HOLDS IN PART: nothing is found, but 1 message is of identities")
                .doesNotContain("HOLDS: ");
    }

    @Test
    void programsAreToldTheSame() throws Exception {
        JsonObject json = json(present(Voucher.NOBODY));
        assertThat(json.get("verdict").getAsString()).isEqualTo("HOLDS_IN_PART");
        assertThat(json.get("holds").getAsBoolean()).isFalse();
        assertThat(json.getAsJsonObject("counts").get("uncovered").getAsLong()).isEqualTo(1);
        assertThat(json.getAsJsonArray("exporterIdentities").toString())
                .isEqualTo("[{\"fingerprint\":\"%s\",\"voucher\":\"SAFETY_NUMBER\"}]".formatted(fingerprint(BOBS)));
        assertThat(json.getAsJsonArray("peerIdentities").get(1).toString())
                .isEqualTo("{\"fingerprint\":\"%s\",\"voucher\":\"NOBODY\",\"from\":1,\"to\":2}"
                        .formatted(fingerprint(BEFORE)));
        assertThat(json.getAsJsonArray("messages")).hasSize(1);
        JsonObject message = json.getAsJsonArray("messages").get(0).getAsJsonObject();
        assertThat(message.get("identity").getAsString()).isEqualTo(fingerprint(BEFORE));
        assertThat(message.get("voucher").getAsString()).isEqualTo("NOBODY");
    }

    private AuditReport present(Voucher before) {
        EvidenceScope scope = scope(List.of(
                new PinnedIdentity(PRESENT, new Position(3), new Position(Long.MAX_VALUE)),
                new PinnedIdentity(BEFORE, new Position(1), new Position(2))));
        return report(
                scope,
                Optional.of(SafetyNumber.of(realm, BOB, BOBS, ALICE, PRESENT)),
                List.of(
                        new AuditedIdentity(BOB, BOBS, Voucher.SAFETY_NUMBER),
                        new AuditedIdentity(ALICE, PRESENT, Voucher.SAFETY_NUMBER),
                        new AuditedIdentity(ALICE, BEFORE, before)));
    }

    private EvidenceScope scope(List<PinnedIdentity> pinned) {
        return new EvidenceScope(
                realm, BOB, ALICE, Instant.EPOCH, new Position(1), new Position(3), true, List.of(BOBS), pinned);
    }

    private static AuditReport report(
            EvidenceScope scope, Optional<SafetyNumber> number, List<AuditedIdentity> identities) {
        return new AuditReport(
                scope,
                number,
                identities,
                List.of(),
                List.of(),
                List.of(),
                new AuditedViews(0, 0, 0, Position.NONE, Position.NONE),
                new AuditReport.Counts(2, 0, 0, 0, 0, 0, 0, 1));
    }

    private static AuditedMessage message(long position, AuditedIdentity signer) {
        return new AuditedMessage(
                new Position(position),
                signer.user(),
                new MessageId(Bytes.adopt(new byte[MessageId.SIZE])),
                Outcome.READ,
                Optional.of(signer),
                Optional.of(Instant.EPOCH),
                Optional.of(Instant.EPOCH),
                Optional.of(Content.text("said")),
                Optional.empty(),
                List.of());
    }

    private static String text(AuditReport report, boolean messages) throws Exception {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        run(new TextReport(new PrintStream(out, true, StandardCharsets.UTF_8), messages), report);
        return out.toString(StandardCharsets.UTF_8);
    }

    private static JsonObject json(AuditReport report) throws Exception {
        StringWriter out = new StringWriter();
        run(new JsonReport(out, false), report);
        return JsonParser.parseString(out.toString()).getAsJsonObject();
    }

    /** The last identity has signed the first message, and the one in front of it the third. */
    private static void run(Report to, AuditReport report) throws Exception {
        to.onScope(report.scope(), report.safetyNumber(), report.identities());
        List<AuditedIdentity> identities = report.identities();
        to.onMessage(message(1, identities.get(identities.size() - 1)));
        if (identities.size() > 1) {
            to.onMessage(message(3, identities.get(identities.size() - 2)));
        }
        to.end(report);
    }

    private static String fingerprint(Ed25519PublicKey key) {
        return Fingerprint.of(key).toString();
    }

    private static Ed25519PublicKey key(String hex) {
        return new Ed25519PublicKey(Bytes.fromHex(hex));
    }
}
