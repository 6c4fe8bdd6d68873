package dev.pychat.envelope;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pychat.crypto.open.Label;
import dev.pychat.crypto.open.MalformedException;
import dev.pychat.crypto.secret.SecretBytes;
import dev.pychat.crypto.secret.Unwrapper;
import dev.pychat.key.Fingerprint;
import dev.pychat.key.KeyId;
import dev.pychat.key.Suite;
import dev.pychat.model.Bytes;
import dev.pychat.model.Envelope;
import dev.pychat.model.StoredMessage;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What is said of an epoch and of a message without opening it, and on what an epoch may be begun. */
class EpochFacesTest {

    private final Party alice = Party.alice();
    private final Party bob = Party.bob();
    private final Talk talk = new Talk(alice, bob, 25);
    private final Sealed sealed = talk.say("hello");
    private final StoredMessage message = talk.at(1, sealed);
    private final Bytes header = talk.header(sealed);

    @Test
    void aSignedEpochSaysWhatItsHeaderSays() {
        SignedEpoch epoch = (SignedEpoch) new EpochInspector(bob.with(alice)).inspect(message, header);
        assertThat(epoch.name()).isEqualTo(sealed.epoch());
        assertThat(epoch.recipient()).isEqualTo(Fingerprint.of(bob.identity.publicKey()));
        assertThat(epoch.suite()).isEqualTo(Suite.RSA);
        assertThat(epoch.lane()).isEqualTo(sealed.lane());
        assertThat(epoch.ordinal()).isEqualTo(1);
        assertThat(epoch.previous()).isEqualTo(LaneHead.NONE);
        assertThat(epoch.made()).isEqualTo(Party.NOW);
        assertThat(epoch.senderSerial()).isEqualTo(1);
        assertThat(epoch.recipientSerial()).isEqualTo(1);
        assertThat(epoch.recipientBundle()).isEqualTo(bob.bundle.bundle().hash());
        assertThat(epoch).hasToString("SignedEpoch[" + sealed.epoch() + "]");
    }

    @Test
    void aGivenSecretIsHeldAgainstTheCommitment() {
        SignedEpoch epoch = (SignedEpoch) new EpochInspector(bob.with(alice)).inspect(message, header);
        try (SecretBytes secret = talk.epochs.get(sealed.epoch()).opened().secret();
                SecretBytes other = SecretBytes.random(talk.random, 32)) {
            assertThat(epoch.open(message, secret)).isInstanceOf(OpenedEpoch.class);
            assertThat(epoch.open(message, other))
                    .isInstanceOfSatisfying(
                            Finding.class, f -> assertThat(f.code()).isEqualTo(FindingCode.EPOCH_INCONSISTENT));
        }
    }

    @Test
    void anEnvelopeNamesItsEpochAndGarbageNone() {
        assertThat(EpochOpener.epochOf(sealed.envelope())).contains(sealed.epoch());
        assertThat(EpochOpener.epochOf(new Envelope(Bytes.fromHex("0102")))).isEmpty();
    }

    @Test
    void whatIsFoundWithoutAHeaderIsAboutTheMessage() {
        assertThat(EpochOpener.headerMissing(message).code()).isEqualTo(FindingCode.UNKNOWN_EPOCH);
        Finding reused = EpochOpener.keyReused(message, sealed.epoch());
        assertThat(reused.code()).isEqualTo(FindingCode.ONE_TIME_REUSED);
        assertThat(reused.what()).contains("that epoch " + sealed.epoch() + " has used");
        assertThat(reused.position()).isEqualTo(message.position());
    }

    @Test
    void aDeviceKnowsWhetherItLacksTheKeyOfAnEpoch() {
        assertThat(bob.opener(bob.with(alice)).lacksKey(header)).isFalse();
        assertThat(alice.opener(alice.with(bob)).lacksKey(header)).isFalse();
        EpochOpener without = new EpochOpener(bob.with(alice), id -> Optional.empty(), new Unwrapper(), talk.random);
        assertThat(without.lacksKey(header)).isTrue();
        assertThat(without.lacksKey(header.slice(0, 40))).isFalse();
        byte[] relabelled = header.toArray();
        relabelled[Label.EPOCH_NAME.bytes().size() + 2] = 2;
        assertThat(without.lacksKey(Bytes.adopt(relabelled))).isFalse();
        WrappingKeys bobs =
                id -> id.equals(KeyId.of(bob.wrapping.publicKey())) ? Optional.of(bob.wrapping) : Optional.empty();
        assertThat(new EpochOpener(alice.with(bob), bobs, new Unwrapper(), talk.random).lacksKey(header))
                .isTrue();
        assertThat(bob.privateOperations).hasValue(0);
    }

    @Test
    void aDeviceThatIsNotListedLacksTheKeyOfAnEpochOfSuiteTwo() {
        HybridParty one = new HybridParty("alice", 1, 1, 0);
        HybridParty other = new HybridParty("bob", 2, 2, 0);
        Sealer sealer = Sealer.onNewLane(one.with(other), sealed.lane(), one.random);
        Bytes hybrid = sealer.beginEpoch(one.offer(other), Party.NOW).header();
        assertThat(opener(other, one, WrappingKeys.of(other.devices.get(0))).lacksKey(hybrid))
                .isFalse();
        assertThat(opener(other, one, WrappingKeys.of(other.device(0))).lacksKey(hybrid))
                .isTrue();
        assertThat(other.operations).hasValue(0);
    }

    @Test
    void anOpenedMessageIsNamedByItsHead() {
        OpenedMessage opened = (OpenedMessage) bob.open(alice, message, header);
        assertThat(opened.id()).isEqualTo(sealed.id());
        assertThat(opened.lane()).isEqualTo(sealed.lane());
        assertThat(opened.epoch()).isEqualTo(sealed.epoch());
    }

    @Test
    void aBundleIsFreshFromItsFetchToADayLater() {
        assertThat(Sealer.isFresh(Party.NOW, Party.NOW)).isTrue();
        assertThat(Sealer.isFresh(Party.NOW, Party.NOW.minusMillis(1))).isFalse();
        assertThat(Sealer.isFresh(Party.NOW, Party.NOW.plus(Duration.ofHours(24))))
                .isTrue();
        assertThat(Sealer.isFresh(
                        Party.NOW, Party.NOW.plus(Duration.ofHours(24)).plusMillis(1)))
                .isFalse();
    }

    @Test
    void anEpochIsBegunForThePartiesOfItsConversation() {
        Party carol = new Party("carol", 3, 3);
        Sealer sealer = Sealer.onNewLane(alice.with(bob), sealed.lane(), talk.random);
        EpochOffer otherKey = EpochOffer.keeping(carol.identity, alice.bundle, bob.bundle, Party.NOW);
        EpochOffer otherBundle = EpochOffer.keeping(alice.identity, carol.bundle, bob.bundle, Party.NOW);
        for (EpochOffer offer : List.of(otherKey, otherBundle)) {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> sealer.beginEpoch(offer, Party.NOW))
                    .withMessageContaining("own identity and own bundle");
        }
        EpochOffer otherPeer = EpochOffer.keeping(alice.identity, alice.bundle, carol.bundle, Party.NOW);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> sealer.beginEpoch(otherPeer, Party.NOW))
                .withMessageContaining("not the one pinned for bob");
    }

    @Test
    void aFindingHasAnEndAndAKnownCode() {
        Finding finding = Finding.at(message, FindingCode.GAP, "x".repeat(Finding.MAX_WHAT));
        assertThat(finding.what()).hasSize(Finding.MAX_WHAT);
        assertThat(Finding.at(message, FindingCode.GAP, "x".repeat(Finding.MAX_WHAT + 1)))
                .isEqualTo(finding);
        Bytes encoded = finding.encode();
        assertMalformed(Bytes.concat(encoded, Bytes.fromHex("00")), "1 bytes after its end");
        assertMalformed(Bytes.fromHex(encoded.hex().replaceFirst("474150", "474151")), "unknown code");
        assertMalformed(Bytes.fromHex(encoded.hex().replaceFirst("7878", "78ff")), "text that is not UTF-8");
    }

    private static void assertMalformed(Bytes encoded, String what) {
        assertThatThrownBy(() -> Finding.decode(encoded))
                .isInstanceOf(MalformedException.class)
                .hasMessageContaining(what);
    }

    private static EpochOpener opener(HybridParty self, HybridParty peer, WrappingKeys keys) {
        Unwrapper counted = new Unwrapper(self.operations::incrementAndGet);
        return new EpochOpener(self.with(peer), keys, counted, self.random);
    }
}
