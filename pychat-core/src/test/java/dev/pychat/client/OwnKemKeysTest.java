package dev.pychat.client;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pychat.crypto.SeededRandom;
import dev.pychat.crypto.TestKeys;
import dev.pychat.crypto.open.Label;
import dev.pychat.crypto.open.PasswordCost;
import dev.pychat.key.BundleFields;
import dev.pychat.key.KeyBundle;
import dev.pychat.key.KeyId;
import dev.pychat.key.KeySection;
import dev.pychat.key.Suite;
import dev.pychat.keyring.KemKey;
import dev.pychat.keyring.Keyring;
import dev.pychat.keyring.KeyringHeader;
import dev.pychat.keyring.WrappingKey;
import dev.pychat.model.Bytes;
import dev.pychat.model.DeviceId;
import dev.pychat.model.Realm;
import dev.pychat.model.Username;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class OwnKemKeysTest {

    private static final Instant NOW = Instant.parse("2026-11-22T12:00:00Z");

    private final SeededRandom random = new SeededRandom(5);
    private final OwnKemKeys making = new OwnKemKeys(random);
    private final Keyring fresh = Keyring.create(
            new KeyringHeader(
                    new Realm(Bytes.fromHex("00112233445566778899aabbccddeeff")),
                    new Username("ann"),
                    Bytes.fromHex("07".repeat(32)),
                    new PasswordCost(32, 1, 1)),
            source -> TestKeys.rsa(1),
            NOW,
            random);

    @Test
    void newDeviceGetsALastResortKeyAndAPool() {
        assertThat(making.isLastResortDue(fresh)).isTrue();
        assertThat(making.isShort(fresh)).isFalse();
        Keyring complete = making.complete(fresh, NOW);
        assertThat(complete.kemKeys().lastResort()).isPresent();
        assertThat(complete.kemKeys().unused()).isEqualTo(OwnKemKeys.POOL);
        assertThat(making.isLastResortDue(complete)).isFalse();
        assertThat(making.isShort(complete)).isFalse();
        assertThat(complete.nextBundle(NOW).suite()).isEqualTo(Suite.HYBRID);
    }

    @Test
    void eachWrappingKeyBringsALastResortKeyOfItsTime() {
        Keyring complete = making.complete(fresh, NOW);
        Keyring rotated = complete.withWrappingKey(new WrappingKey(TestKeys.rsa(2), NOW.plusSeconds(60)));
        assertThat(making.isLastResortDue(rotated)).isTrue();
        Keyring next = making.complete(rotated, NOW.plusSeconds(60));
        assertThat(next.kemKeys().all().stream().filter(KemKey::isLastResort)).hasSize(2);
        assertThat(making.isLastResortDue(next)).isFalse();
    }

    @Test
    void poolIsShortWhenHalfOfItIsUsed() {
        Keyring complete = making.complete(fresh, NOW);
        List<KemKey> oneTime = complete.kemKeys().all().stream()
                .filter(key -> !key.isLastResort())
                .toList();
        Keyring used = complete;
        for (int i = 0; i < OwnKemKeys.POOL - OwnKemKeys.LOW; i++) {
            assertThat(making.isShort(used)).isFalse();
            used = used.withUsed(Set.of(oneTime.get(i).id()));
        }
        assertThat(making.isShort(used)).isTrue();
        Keyring filled = making.filled(used, NOW);
        assertThat(filled.kemKeys().unused()).isEqualTo(OwnKemKeys.LOW + OwnKemKeys.POOL);
        assertThat(filled.kemKeys().newestUnused()).isEqualTo(OwnKemKeys.POOL - OwnKemKeys.LOW + 1L);
    }

    @Test
    void vaultDoesNotGrowForEver() {
        Keyring complete = making.complete(fresh, NOW);
        Keyring full = complete.withKemKeys(
                complete.kemKeys().withOneTime(OwnKemKeys.MOST_VAULTED - OwnKemKeys.POOL - 6, NOW, random));
        Set<KeyId> used = full.kemKeys().all().stream()
                .filter(key -> !key.isLastResort())
                .map(KemKey::id)
                .collect(Collectors.toSet());
        Keyring almost = full.withUsed(used);
        assertThat(making.isShort(almost)).isTrue();
        Keyring last = making.filled(almost, NOW);
        assertThat(last.kemKeys().unused()).isEqualTo(5);
        assertThat(making.isShort(last)).isFalse();
        assertThat(making.hasRoom(last)).isFalse();
    }

    @Test
    void deviceForWhichTheBundleHasNoPlaceIsNotListed() {
        Keyring ninth = fresh.withBundle(listing(8));
        assertThat(making.isLastResortDue(ninth)).isFalse();
        Keyring complete = making.complete(ninth, NOW);
        assertThat(complete.kemKeys().all()).isEmpty();
        assertThat(making.isShort(complete)).isFalse();
        assertThat(complete.nextBundle(NOW).fields().sections()).hasSize(9);
    }

    /** Two devices took the last place at one time, and the other was quicker. */
    @Test
    void deviceThatHasLostItsPlaceGivesUpItsKeys() {
        Keyring loser = making.complete(fresh, NOW).withBundle(listing(8));
        assertThat(making.isLastResortDue(loser)).isTrue();
        Keyring complete = making.complete(loser, NOW);
        assertThat(complete.kemKeys().all()).isEmpty();
        assertThat(complete.nextBundle(NOW).fields().sections()).hasSize(9);
        assertThat(making.isLastResortDue(fresh.withBundle(listing(7)))).isTrue();
    }

    @Test
    void deviceThatWasRemovedGivesUpItsPlaceAndOpensWhatWasWrappedToIt() {
        Keyring listed = making.complete(fresh, NOW);
        KeyId before = listed.kemKeys().lastResort().orElseThrow().id();
        Keyring removed =
                listed.withDevices(listed.devices().removing(listed.device())).withBundle(listing(1));
        assertThat(making.isLastResortDue(removed)).isTrue();
        Keyring complete = making.complete(removed, NOW);
        assertThat(complete.kemKeys().all()).isEmpty();
        assertThat(complete.vaultedKemKeys().byId(before)).isPresent();
        assertThat(making.isLastResortDue(complete)).isFalse();
        assertThat(making.isShort(complete)).isFalse();
        Keyring back = complete.withDevices(complete.devices().restoring(complete.device()));
        assertThat(making.isLastResortDue(back)).isTrue();
        Keyring again = making.complete(back, NOW);
        assertThat(again.kemKeys().lastResort().orElseThrow().id()).isNotEqualTo(before);
        assertThat(again.kemKeys().lastNumber()).isEqualTo(2L * OwnKemKeys.POOL);
    }

    @Test
    void removedDeviceLeavesItsPlaceToAnother() {
        Keyring ninth = fresh.withBundle(listing(8));
        DeviceId stale = ninth.bundle().orElseThrow().fields().sections().get(3).device();
        Keyring removing = ninth.withDevices(ninth.devices().removing(stale));
        assertThat(making.isLastResortDue(removing)).isTrue();
        Keyring complete = making.complete(removing, NOW);
        assertThat(complete.kemKeys().lastResort()).isPresent();
        assertThat(complete.nextBundle(NOW).fields().sections())
                .hasSize(9)
                .noneMatch(section -> section.device().equals(stale));
    }

    /** The last bundle, in which so many other devices are listed. */
    private KeyBundle listing(int devices) {
        BundleFields first = fresh.nextBundle(NOW).fields();
        List<KeySection> sections = new ArrayList<>(first.sections());
        Bytes key = Bytes.adopt(new byte[1184]);
        for (int i = 0; i < devices; i++) {
            sections.add(new KeySection(Suite.HYBRID, DeviceId.random(random), key));
        }
        BundleFields fields = new BundleFields(
                first.realm(),
                first.username(),
                first.identity(),
                1,
                first.predecessor(),
                first.notBefore(),
                first.notAfter(),
                List.of(Suite.RSA, Suite.HYBRID),
                sections.stream().sorted().toList());
        return fields.sign(unsigned -> fresh.identity().sign(Label.BUNDLE_SIGNATURE, unsigned));
    }
}
