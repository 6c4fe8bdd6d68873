package dev.pychat.keyring;

import static dev.pychat.keyring.TestKeyrings.NOW;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pychat.crypto.SeededRandom;
import dev.pychat.crypto.secret.MlKemPrivateKey;
import dev.pychat.crypto.secret.SecretBytes;
import dev.pychat.key.KeyId;
import dev.pychat.model.Bytes;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class VaultedKemKeysTest {

    private final SeededRandom random = new SeededRandom(3);
    private final Keyring phone = withKeys(TestKeyrings.fresh(random));
    private final Keyring laptop = withKeys(TestKeyrings.fresh(random));

    @Test
    void theKeysOfAllDevicesComeOutOfTheVault() throws Exception {
        List<VaultEntry> entries = new ArrayList<>(VaultedKemKeys.of(phone));
        entries.addAll(VaultedKemKeys.of(laptop));
        VaultedKemKeys vaulted = VaultedKemKeys.in(vault(entries));
        assertThat(entries).hasSize(4);
        for (Keyring each : List.of(phone, laptop)) {
            for (KemKey key : each.kemKeys().all()) {
                assertThat(vaulted.byId(key.id()).map(MlKemPrivateKey::publicKey))
                        .contains(key.open().publicKey());
            }
        }
        assertThat(vaulted.byId(new KeyId(Bytes.fromHex("00".repeat(32))))).isEmpty();
    }

    @Test
    void erasedKeysAndOtherEntriesAreLeftAside() throws Exception {
        VaultEntry key = VaultedKemKeys.of(phone).get(0);
        VaultEntry erased = new VaultEntry(VaultTypes.KEM_KEY, key.key(), 2, true, SecretBytes.adopt(new byte[0]));
        VaultEntry other = new VaultEntry(900, Bytes.EMPTY, 1, false, SecretBytes.adopt(new byte[3]));
        assertThat(VaultedKemKeys.in(vault(List.of(erased, other)))).hasToString("0 ML-KEM keys of an account");
    }

    @Test
    void anEntryThatMakesNoSenseIsRefused() {
        VaultEntry key = VaultedKemKeys.of(phone).get(0);
        for (SecretBytes value : List.of(SecretBytes.adopt(new byte[79]), SecretBytes.adopt(new byte[81]))) {
            VaultEntry broken = new VaultEntry(VaultTypes.KEM_KEY, key.key(), 1, false, value);
            assertThatThrownBy(() -> VaultedKemKeys.in(vault(List.of(broken)))).isInstanceOf(UnreadableException.class);
        }
        VaultEntry unnamed = new VaultEntry(VaultTypes.KEM_KEY, Bytes.fromHex("01"), 1, false, key.value());
        assertThatThrownBy(() -> VaultedKemKeys.in(vault(List.of(unnamed)))).isInstanceOf(UnreadableException.class);
    }

    @Test
    void closingErasesThem() throws Exception {
        VaultedKemKeys vaulted = VaultedKemKeys.in(vault(VaultedKemKeys.of(phone)));
        vaulted.close();
        KeyId id = phone.kemKeys().all().get(0).id();
        assertThatIllegalStateException().isThrownBy(() -> vaulted.byId(id));
    }

    private static Vault vault(List<VaultEntry> entries) {
        return new Vault(1, Bytes.adopt(new byte[32]), entries.stream().sorted().toList());
    }

    private Keyring withKeys(Keyring of) {
        return of.withKemKeys(of.kemKeys().withLastResort(NOW, random).withOneTime(1, NOW, random));
    }
}
