package dev.pychat.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pychat.crypto.open.MalformedException;
import dev.pychat.crypto.secret.SecretBytes;
import dev.pychat.envelope.ConfirmedBundles;
import dev.pychat.envelope.PoolWatch;
import dev.pychat.keyring.Vault;
import dev.pychat.keyring.VaultEntry;
import dev.pychat.keyring.VaultMerge;
import dev.pychat.keyring.VaultTypes;
import dev.pychat.model.Bytes;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What is set for an account, on its way through the vault (ENVELOPE.md, section 14). */
class AccountSettingsTest {

    private static final AccountSettings OFF = AccountSettings.DEFAULT.withReceipts(false);
    private static final AccountSettings ON_AGAIN = OFF.withReceipts(true);

    private static Vault vault(List<VaultEntry> entries) {
        return new Vault(1, Vault.NO_PREDECESSOR, entries);
    }

    private static VaultEntry entry(long counter, boolean tombstone, int... value) {
        byte[] bytes = new byte[value.length];
        for (int i = 0; i < value.length; i++) {
            bytes[i] = (byte) value[i];
        }
        Bytes key = Bytes.copyOf("receipts".getBytes(StandardCharsets.US_ASCII));
        return new VaultEntry(VaultTypes.SETTING, key, counter, tombstone, SecretBytes.adopt(bytes));
    }

    @Test
    void receiptsAreOnUntilSomebodyChangesThemAndThenTheVaultHasNoWord() {
        assertThat(AccountSettings.DEFAULT.receipts()).isTrue();
        assertThat(AccountSettings.DEFAULT.entries()).isEmpty();
        assertThat(AccountSettings.DEFAULT.withReceipts(true)).isEqualTo(AccountSettings.DEFAULT);
    }

    @Test
    void changeGoesThroughTheVault() {
        assertThat(AccountSettings.DEFAULT.with(vault(OFF.entries()))).isEqualTo(OFF);
        assertThat(AccountSettings.DEFAULT.with(vault(ON_AGAIN.entries()))).isEqualTo(ON_AGAIN);
        assertThat(ON_AGAIN.with(vault(OFF.entries()))).isEqualTo(ON_AGAIN);
        assertThat(OFF.entries()).singleElement().isEqualTo(entry(1, false, 0));
    }

    @Test
    void twoDevicesThatChangedItUnknownToEachOtherAgreeOnWhatTellsLess() {
        AccountSettings on = new AccountSettings(true, 1);
        assertThat(on.with(OFF)).isEqualTo(OFF);
        assertThat(OFF.with(on)).isEqualTo(OFF);
        VaultMerge merge = new VaultMerge((entry, one, other) -> one);
        assertThat(merge.merge(on.entries(), OFF.entries())).isEqualTo(OFF.entries());
        assertThat(merge.merge(OFF.entries(), on.entries())).isEqualTo(OFF.entries());
    }

    @Test
    void valueThatMakesNoSenseSaysNothing() {
        for (VaultEntry senseless : List.of(
                entry(9, true, 0), entry(9, false), entry(9, false, 2), entry(9, false, 0, 0), entry(0, false, 0))) {
            assertThat(OFF.with(vault(List.of(senseless)))).as("%s", senseless).isEqualTo(OFF);
        }
    }

    @Test
    void deviceKeepsItBesideTheServersWordAndReadsWhatWasKeptBefore() throws Exception {
        ServerWordRecord record = ServerWordRecord.NOTHING.with(OFF);
        assertThat(ServerWordRecord.decode(record.encode())).isEqualTo(record);
        Bytes now = ServerWordRecord.NOTHING.encode();
        byte[] before = now.slice(0, now.size() - 9).toArray();
        before[0] = 2;
        assertThat(ServerWordRecord.decode(Bytes.copyOf(before))).isEqualTo(ServerWordRecord.NOTHING);
        assertThat(ServerWordRecord.decode(ConfirmedBundles.NONE.encode()))
                .isEqualTo(new ServerWordRecord(ConfirmedBundles.NONE, PoolWatch.NONE, AccountSettings.DEFAULT));
        byte[] newer = now.toArray();
        newer[0] = 4;
        assertThatThrownBy(() -> ServerWordRecord.decode(Bytes.copyOf(newer))).isInstanceOf(MalformedException.class);
    }
}
