package dev.pychat.keyring;

import static dev.pychat.keyring.TestKeyrings.ANN;
import static dev.pychat.keyring.TestKeyrings.HEADER;
import static dev.pychat.keyring.TestKeyrings.REALM;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pychat.crypto.SeededRandom;
import dev.pychat.crypto.open.Label;
import dev.pychat.crypto.secret.SealedBox;
import dev.pychat.crypto.secret.SecretBytes;
import dev.pychat.keyring.UnreadableException.Reason;
import dev.pychat.model.Bytes;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** The most that a vault and an entry hold, and what is told of one that is not as it should be. */
class VaultEdgesTest {

    private final SeededRandom random = new SeededRandom(1);
    private final SecretBytes key = SecretBytes.random(random, 32);

    @Test
    void tenThousandEntriesAreSealedAndOpened() throws Exception {
        Vault full = first(entries(Vault.MAX_ENTRIES));
        assertThat(Vault.open(key, REALM, ANN, sealed(full)).entries()).hasSize(Vault.MAX_ENTRIES);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> first(entries(Vault.MAX_ENTRIES + 1)))
                .withMessageContaining("10001 entries");
    }

    @Test
    void aVaultOfExactlyItsLimitIsSealedAndOpened() throws Exception {
        List<VaultEntry> large = new ArrayList<>(IntStream.rangeClosed(1, 15)
                .mapToObj(type -> entry(type, VaultEntry.MAX_VALUE_SIZE - 1024))
                .toList());
        large.add(entry(16, 0));
        int rest = Vault.MAX_SIZE - sealed(first(large)).size();
        large.set(15, entry(16, rest));
        Bytes sealed = sealed(first(large));
        assertThat(sealed.size()).isEqualTo(Vault.MAX_SIZE);
        assertThat(Vault.open(key, REALM, ANN, sealed).entries()).isEqualTo(large);
        large.set(15, entry(16, rest + 1));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> sealed(first(large)))
                .withMessageContaining("allowed are 983040");
    }

    @Test
    void anEntryHasItsLimits() {
        SecretBytes nothing = SecretBytes.adopt(new byte[0]);
        Bytes longest = Bytes.adopt(new byte[255]);
        assertThat(new VaultEntry(0xffff, longest, 0, false, nothing).key()).isEqualTo(longest);
        assertThat(entry(1, 64 * 1024).value().size()).isEqualTo(64 * 1024);
        assertThatIllegalArgumentException().isThrownBy(() -> entry(0, 0));
        assertThatIllegalArgumentException().isThrownBy(() -> entry(0x10000, 0));
        assertThatIllegalArgumentException().isThrownBy(() -> entry(1, 64 * 1024 + 1));
        assertThatIllegalArgumentException().isThrownBy(() -> new VaultEntry(1, Bytes.EMPTY, -1, false, nothing));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new VaultEntry(1, Bytes.adopt(new byte[256]), 0, false, nothing));
    }

    @Test
    void aVaultThatGoesOnAfterItsEntriesIsDamaged() throws Exception {
        Bytes sealed = sealed(first(List.of()));
        int headerSize = Label.VAULT.bytes().size() + 1 + 16 + 4 + 8 + 32;
        Bytes header = sealed.slice(0, headerSize);
        for (int more = 0; more < 2; more++) {
            Bytes box = SealedBox.seal(Label.VAULT, key, header, new byte[4 + more], random);
            Bytes whole = Bytes.concat(header, box);
            if (more == 0) {
                assertThat(Vault.open(key, REALM, ANN, whole).entries()).isEmpty();
            } else {
                assertThatThrownBy(() -> Vault.open(key, REALM, ANN, whole))
                        .isInstanceOf(UnreadableException.class)
                        .hasMessageContaining("this vault is damaged")
                        .hasMessageContaining("1 bytes after its end");
            }
        }
    }

    @Test
    void bytesThatEndWithTheLabelNeedNoRecoverySecret() {
        assertThat(Vault.needsRecoverySecret(Label.VAULT.bytes())).isFalse();
    }

    @Test
    void aCopyIsClosedOnItsOwn() {
        Vault vault = first(List.of(entry(1, 3)));
        Vault copy = vault.copy();
        assertThat(copy).isEqualTo(vault);
        vault.close();
        assertThat(copy.entries()).noneMatch(entry -> entry.value().isErased());
    }

    @Test
    void aVersionThatTheServerMisnamesIsDamage() {
        assertThat(UnreadableException.otherVersion(4, 3))
                .hasMessage("the server names version 4 of the vault and gives version 3")
                .extracting(UnreadableException::reason)
                .isEqualTo(Reason.DAMAGED);
    }

    @Test
    void aCostOutsideItsLimitsIsNamed() {
        byte[] header = HEADER.encode().toArray();
        header[header.length - 2] = 0;
        assertThatThrownBy(() -> KeyringHeader.read(Bytes.adopt(header)))
                .isInstanceOf(UnreadableException.class)
                .hasMessageContaining("password cost: iterations is 0, allowed are 1 to 16");
    }

    private Bytes sealed(Vault vault) {
        return vault.seal(key, false, REALM, ANN, random);
    }

    private static Vault first(List<VaultEntry> entries) {
        return new Vault(1, Vault.NO_PREDECESSOR, entries);
    }

    private static List<VaultEntry> entries(int count) {
        return IntStream.rangeClosed(1, count).mapToObj(type -> entry(type, 0)).toList();
    }

    private static VaultEntry entry(int type, int size) {
        return new VaultEntry(type, Bytes.EMPTY, 0, false, SecretBytes.adopt(new byte[size]));
    }
}
