package dev.pychat.keyring;

import static dev.pychat.keyring.TestKeyrings.HEADER;
import static dev.pychat.keyring.TestKeyrings.NOW;
import static dev.pychat.keyring.TestKeyrings.TESTS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.pychat.crypto.SeededRandom;
import dev.pychat.crypto.secret.SecretBytes;
import dev.pychat.model.Bytes;
import dev.pychat.model.DeviceId;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class AccountDevicesTest {

    private static final DeviceId DESK = new DeviceId(Bytes.fromHex("01".repeat(16)));
    private static final DeviceId PHONE = new DeviceId(Bytes.fromHex("02".repeat(16)));

    private final SeededRandom random = new SeededRandom(1);
    private final AccountDevices both = AccountDevices.of(DESK).with(PHONE);

    @Test
    void theLaterWordCounts() {
        AccountDevices removed = both.removing(PHONE);
        assertThat(removed.joined(both)).isEqualTo(removed);
        assertThat(both.joined(removed)).isEqualTo(removed);
        AccountDevices back = removed.restoring(PHONE);
        assertThat(back.joined(removed)).isEqualTo(back);
        assertThat(back.isRemoved(PHONE)).isFalse();
        assertThat(removed.isRemoved(PHONE)).isTrue();
        assertThat(removed.present()).containsExactly(DESK);
        assertThat(removed.removed()).containsExactly(PHONE);
    }

    @Test
    void aDeviceThatOnlySpeaksOfItselfDoesNotComeBackByThat() {
        AccountDevices removed = both.removing(PHONE);
        assertThat(removed.joined(AccountDevices.of(PHONE))).isEqualTo(removed);
        assertThat(removed.with(PHONE)).isEqualTo(removed);
    }

    @Test
    void removingTwiceIsRemovingOnceAndOneThatIsNotKnownIsRemovedAsWell() {
        AccountDevices removed = both.removing(PHONE);
        assertThat(removed.removing(PHONE)).isEqualTo(removed);
        AccountDevices unknown = AccountDevices.of(DESK).removing(PHONE);
        assertThat(unknown.isRemoved(PHONE)).isTrue();
        assertThat(unknown.joined(both).isRemoved(PHONE)).isTrue();
    }

    @Test
    void whatIsSaidOfThemMakesThemEqualAndTheirNumbersAreShown() {
        assertThat(AccountDevices.of(PHONE).with(DESK)).isEqualTo(both).hasSameHashCodeAs(both);
        AccountDevices removed = both.removing(PHONE);
        assertThat(removed).isNotEqualTo(both).doesNotHaveSameHashCodeAs(both);
        assertThat(both).hasToString("2 devices, 0 removed");
        assertThat(removed).hasToString("1 devices, 1 removed");
    }

    @Test
    void theAccountAsAWholeIsNoDevice() {
        assertThatIllegalArgumentException().isThrownBy(() -> both.removing(DeviceId.ACCOUNT));
    }

    @Test
    void theVaultCarriesTheWordToEveryDeviceAndAKeyringKeepsIt() throws Exception {
        Keyring desk = TestKeyrings.fresh(random);
        Keyring removing = desk.withDevices(desk.devices().with(PHONE).removing(PHONE));
        try (SecretBytes key = SecretBytes.random(random, 32);
                Keyring opened = Keyring.open(key, removing.seal(key, random), TESTS)) {
            assertThat(opened.devices()).isEqualTo(removing.devices());
            assertThat(opened.holdsTheSameKeysAs(desk)).isFalse();
        }
        Keyring phone = VaultedKeys.restore(
                HEADER, vault(VaultedKeys.of(desk)), PHONE, key(), TESTS, () -> TestKeyrings.key(9));
        assertThat(phone.devices().isRemoved(PHONE)).isFalse();
        Keyring told = VaultedKeys.join(phone, vault(VaultedKeys.of(removing)), TESTS, NOW);
        assertThat(told.devices().isRemoved(PHONE)).isTrue();
        Keyring still = VaultedKeys.join(told, vault(VaultedKeys.of(phone)), TESTS, NOW);
        assertThat(still.devices().isRemoved(PHONE)).isTrue();
    }

    @Test
    void anEntryThatNamesNoDeviceIsLeftAside() {
        List<VaultEntry> entries = new ArrayList<>(both.entries());
        entries.add(new VaultEntry(
                VaultTypes.DEVICE,
                Bytes.copyOf("short".getBytes(StandardCharsets.UTF_8)),
                1,
                true,
                SecretBytes.adopt(new byte[0])));
        assertThat(AccountDevices.in(vault(entries))).isEqualTo(both);
    }

    private SecretBytes key() {
        return SecretBytes.random(random, 32);
    }

    private static Vault vault(List<VaultEntry> entries) {
        return new Vault(1, Vault.NO_PREDECESSOR, entries.stream().sorted().toList());
    }
}
