package dev.pychat.envelope;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.pychat.crypto.TestKeys;
import dev.pychat.crypto.secret.RsaPrivateKey;
import dev.pychat.crypto.secret.Unwrapper;
import dev.pychat.key.KeyId;
import dev.pychat.key.OneTimeKey;
import dev.pychat.key.Suite;
import dev.pychat.keyring.KemKeys;
import dev.pychat.keyring.Keyring;
import dev.pychat.keyring.OneTimeUse;
import dev.pychat.keyring.Vault;
import dev.pychat.keyring.VaultedKeys;
import dev.pychat.model.Bytes;
import dev.pychat.model.Content;
import dev.pychat.model.LaneId;
import dev.pychat.model.MessageId;
import dev.pychat.model.Position;
import dev.pychat.model.StoredMessage;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Epochs of suite 2 between devices of two accounts. */
class HybridEpochTest {

    private static final int SHARED_COUNT = 393;

    private final HybridParty alice = new HybridParty("alice", 1, 1, 0);
    private final HybridParty bob = new HybridParty("bob", 2, 2, 0, 0);

    @Test
    void everyListedDeviceOfBothSidesOpensIt() {
        Begun begun = begin(alice, bob, List.of());
        assertThat(begun.epoch.opened().suite()).isEqualTo(Suite.HYBRID);
        for (int device = 0; device < 2; device++) {
            assertOpens(bob.open(device, alice, begun.message, begun.header()));
        }
        assertOpens(alice.open(0, bob, begun.message, begun.header()));
    }

    @Test
    void openingCostsOnePrivateOperationOfEachKind() {
        Begun begun = begin(alice, bob, List.of());
        bob.open(1, alice, begun.message, begun.header());
        assertThat(bob.operations).hasValue(2);
    }

    @Test
    void underOneAccountKeyThereIsOneRsaCiphertextForEachSide() {
        Begun begun = begin(alice, bob, List.of());
        assertThat(begun.header().at(SHARED_COUNT)).isEqualTo((byte) 2);
        assertThat(begun.fields().wraps().all())
                .hasSize(3)
                .allSatisfy(wrap -> assertThat(wrap.ct().size()).isEqualTo(1088));
    }

    @Test
    void aHeaderForOneDeviceOnEachSideStaysBelowFourKibibytes() {
        HybridParty carol = new HybridParty("carol", 3, 3, 0);
        assertThat(begin(alice, carol, List.of()).header().size()).isEqualTo(3675);
    }

    @Test
    void theLargestHeaderFitsItsLimit() {
        HybridParty many = new HybridParty("many", 4, 4, 5, 6, 7, 8, 9, 10, 11, 12);
        HybridParty more = new HybridParty("more", 5, 3, 13, 14, 15, 16, 1, 2, 0, 0);
        Begun begun = begin(many, more, List.of());
        assertThat(begun.fields().wraps().all()).hasSize(16);
        int spareForLargerKeys = 16 * 128;
        assertThat(begun.header().size() + spareForLargerKeys).isLessThan(EpochHeader.MAX_SIZE);
        for (int device = 0; device < 8; device++) {
            assertOpens(more.open(device, many, begun.message, begun.header()));
            assertOpens(many.open(device, more, begun.message, begun.header()));
        }
    }

    @Test
    void aDeviceWithItsOwnWrappingKeyIsWrappedToThatOne() {
        HybridParty forgetful = new HybridParty("carol", 3, 3, 7, 8);
        Begun begun = begin(alice, forgetful, List.of());
        assertThat(begun.fields().wraps().all().stream()
                        .map(wrap -> begun.fields().wraps().rsaPart(wrap).key()))
                .containsExactlyInAnyOrder(id(7), id(8), id(1));
        assertOpens(forgetful.open(0, alice, begun.message, begun.header()));
        assertOpens(forgetful.open(1, alice, begun.message, begun.header()));
    }

    @Test
    void aOneTimeKeyIsUsedInThePlaceOfTheLastResortKey() {
        OneTimeKey key = bob.oneTime(1, 1);
        Begun begun = begin(alice, bob, List.of(key));
        assertThat(openedWith(bob.open(1, alice, begun.message, begun.header())))
                .isEqualTo(KeyId.of(key.key()));
        assertThat(openedWith(bob.open(0, alice, begun.message, begun.header())))
                .isEqualTo(
                        bob.devices.get(0).kemKeys().lastResort().orElseThrow().id());
    }

    @Test
    void aOneTimeKeyThatAnotherEpochHasUsedIsFoundOutAtNoCost() {
        OneTimeKey key = bob.oneTime(0, 1);
        Begun first = begin(alice, bob, List.of(key));
        Begun second = begin(alice, bob, List.of(key));
        use(0, key, first);
        assertFinds(FindingCode.ONE_TIME_REUSED, bob.open(0, alice, second.message, second.header()));
        assertThat(bob.operations).hasValue(0);
        assertOpens(bob.open(0, alice, first.message, first.header()));
        assertOpens(bob.open(1, alice, second.message, second.header()));
    }

    @Test
    void aSecondUseIsNoticedAfterTheKeyHasBeenErased() {
        OneTimeKey key = bob.oneTime(0, 1);
        Begun first = begin(alice, bob, List.of(key));
        Begun second = begin(alice, bob, List.of(key));
        use(0, key, first);
        KemKeys held = bob.devices.get(0).kemKeys();
        KemKeys erased = held.without(each -> held.useOf(each.id()).isPresent());
        bob.devices.set(0, bob.devices.get(0).withKemKeys(erased));
        assertFinds(FindingCode.UNKNOWN_KEY, bob.open(0, alice, first.message, first.header()));
        assertFinds(FindingCode.ONE_TIME_REUSED, bob.open(0, alice, second.message, second.header()));
    }

    @Test
    void oneSenderGivesAOneTimeKeyToOneEpochOnly() {
        OneTimeKey key = bob.oneTime(0, 1);
        Sealer sealer = sealer(alice, bob);
        EpochOffer offer = alice.offer(bob).with(List.of(key));
        sealer.beginEpoch(offer, Party.NOW);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> sealer.beginEpoch(offer, Party.NOW))
                .withMessageContaining("one-time key 1");
    }

    @Test
    void twoOneTimeKeysForOneDeviceAreTheCallersBug() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> alice.offer(bob).with(List.of(bob.oneTime(0, 1), bob.oneTime(0, 2))));
    }

    @Test
    void aDeviceThatIsNotListedOpensNothing() {
        Begun begun = begin(alice, bob, List.of());
        bob.devices.set(0, bob.device(0));
        assertFinds(FindingCode.UNKNOWN_KEY, bob.open(0, alice, begun.message, begun.header()));
        assertThat(bob.operations).hasValue(0);
    }

    @Test
    void aDeviceThatJoinedLaterOpensItWithTheKeysInTheVault() throws Exception {
        Begun begun = begin(alice, bob, List.of(bob.oneTime(0, 1)));
        Keyring before = bob.devices.get(0);
        Vault vault = new Vault(
                1,
                Bytes.adopt(new byte[32]),
                VaultedKeys.of(before).stream().sorted().toList());
        Keyring later = VaultedKeys.join(bob.device(0), vault, HybridParty.POLICY, Party.NOW);
        WrappingKeys keys = WrappingKeys.of(later);
        EpochOpener opener = new EpochOpener(bob.with(alice), keys, new Unwrapper(), bob.random);
        assertOpens(opener.open(begun.message, begun.header()));
    }

    /** Of suite 1 there is one key of the account, which belongs to one of its devices alone where each has its own. */
    @Test
    void inSuiteOneEachDeviceWithAWrappingKeyOfItsOwnOpensWhatIsSentAndReceived() {
        HybridParty old = new HybridParty("carol", 3, 3);
        HybridParty forgetting = new HybridParty("dave", 4, 4, 0, 5, 6);
        Begun received = begin(old, forgetting, List.of());
        Begun sent = begin(forgetting, old, List.of());
        assertThat(sent.epoch.opened().suite()).isEqualTo(Suite.RSA);
        assertThat(received.fields().wraps().all()).hasSize(4).doesNotHaveDuplicates();
        for (int key : List.of(4, 5, 6)) {
            RsaPrivateKey own = TestKeys.rsa(key);
            WrappingKeys only = id ->
                    Optional.of(own).filter(each -> KeyId.of(each.publicKey()).equals(id));
            EpochOpener opener = new EpochOpener(forgetting.with(old), only, new Unwrapper(), forgetting.random);
            assertOpens(opener.open(received.message, received.header()));
            assertOpens(opener.open(sent.message, sent.header()));
        }
    }

    @Test
    void theSuiteIsTheHighestThatBothSidesList() {
        HybridParty old = new HybridParty("carol", 3, 3);
        assertThat(begin(alice, old, List.of()).epoch.opened().suite()).isEqualTo(Suite.RSA);
        assertThat(begin(old, alice, List.of()).epoch.opened().suite()).isEqualTo(Suite.RSA);
    }

    @Test
    void noEpochIsBegunBelowWhatIsAskedFor() {
        HybridParty old = new HybridParty("carol", 3, 3);
        ConversationContext asks = minimum(alice.with(old), 2);
        Sealer sealer = Sealer.onNewLane(asks, LaneId.random(alice.random), alice.random);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> sealer.beginEpoch(alice.offer(old), Party.NOW))
                .withMessageContaining("suite 2");
    }

    @Test
    void aHeaderBelowWhatBothItsBundlesOfferIsRefused() {
        HybridParty old = new HybridParty("bob", 2, 2);
        Begun begun = begin(new HybridParty("alice", 1, 1), old, List.of());
        assertThat(suiteOneOpens(begun, HybridSince.NEVER)).isTrue();
        assertThat(suiteOneOpens(begun, new HybridSince(1, 2))).isTrue();
        assertThat(suiteOneOpens(begun, new HybridSince(2, 1))).isTrue();
        assertThat(suiteOneOpens(begun, new HybridSince(1, HybridSince.NOT_KNOWN)))
                .isTrue();
        assertThat(suiteOneOpens(begun, new HybridSince(1, 1))).isFalse();
    }

    private boolean suiteOneOpens(Begun begun, HybridSince since) {
        EpochOpener opener = new EpochOpener(
                bob.with(alice).with(since), WrappingKeys.of(bob.devices.get(0)), new Unwrapper(), bob.random);
        EpochOpening opening = opener.open(begun.message, begun.header());
        if (opening instanceof Finding finding) {
            assertThat(finding.code()).isEqualTo(FindingCode.SUITE_BELOW_MINIMUM);
            return false;
        }
        return true;
    }

    private void use(int device, OneTimeKey key, Begun begun) {
        OneTimeUse use = new OneTimeUse(KeyId.of(key.key()), begun.epoch.name(), Party.NOW);
        bob.devices.set(
                device,
                bob.devices
                        .get(device)
                        .withKemKeys(bob.devices.get(device).kemKeys().withUse(use)));
    }

    private static Begun begin(HybridParty sender, HybridParty peer, List<OneTimeKey> keys) {
        Sealer sealer = sealer(sender, peer);
        SealedEpoch epoch = sealer.beginEpoch(sender.offer(peer).with(keys), Party.NOW);
        Sealed sealed = sealer.seal(
                MessageId.random(sender.random),
                Content.text("hello"),
                Party.NOW,
                Position.NONE,
                View.empty(sender.with(peer).conversation()));
        StoredMessage message = new StoredMessage(
                sender.with(peer).conversation(),
                Position.FIRST,
                sender.name,
                sealed.id(),
                sealed.lane(),
                sealed.epoch(),
                1,
                false,
                Party.NOW,
                sealed.envelope());
        return new Begun(epoch, message);
    }

    private static Sealer sealer(HybridParty sender, HybridParty peer) {
        return Sealer.onNewLane(sender.with(peer), LaneId.random(sender.random), sender.random);
    }

    private static ConversationContext minimum(ConversationContext of, int suite) {
        return new ConversationContext(
                of.realm(), of.conversation(), of.self(), of.peer(), of.own(), of.pinned(), suite);
    }

    private static KeyId id(int testKey) {
        return KeyId.of(TestKeys.rsa(testKey).publicKey());
    }

    private static KeyId openedWith(EpochOpening opening) {
        return ((OpenedEpoch) opening).openedWith().orElseThrow();
    }

    private static void assertOpens(EpochOpening opening) {
        assertThat(opening).isInstanceOf(OpenedEpoch.class);
    }

    private static void assertFinds(FindingCode code, EpochOpening opening) {
        assertThat(opening)
                .isInstanceOfSatisfying(
                        Finding.class, found -> assertThat(found.code()).isEqualTo(code));
    }

    private record Begun(SealedEpoch epoch, StoredMessage message) {
        Bytes header() {
            return epoch.header();
        }

        EpochHeader fields() {
            return epoch.opened().fields();
        }
    }
}
