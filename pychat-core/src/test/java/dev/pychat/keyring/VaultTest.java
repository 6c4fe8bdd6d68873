package dev.pychat.keyring;

import static dev.pychat.keyring.TestKeyrings.ANN;
import static dev.pychat.keyring.TestKeyrings.REALM;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pychat.crypto.SeededRandom;
import dev.pychat.crypto.open.Sha256;
import dev.pychat.crypto.secret.SecretBytes;
import dev.pychat.keyring.UnreadableException.Reason;
import dev.pychat.model.Bytes;
import dev.pychat.model.Realm;
import dev.pychat.model.Username;
import java.util.List;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;

class VaultTest {

    private static final Bytes NONE = Vault.NO_PREDECESSOR;

    private final SeededRandom random = new SeededRandom(1);
    private final SecretBytes key = SecretBytes.random(random, 32);
    private final VaultEntry one = entry(1, "aa", 7, false, 100);
    private final VaultEntry gone = entry(1, "ab", 8, true, 0);
    private final VaultEntry unknown = entry(60_000, "", 0, false, 3);
    private final Vault vault = new Vault(4, Bytes.fromHex("44".repeat(32)), List.of(one, gone, unknown));
    private final Bytes sealed = vault.seal(key, false, REALM, ANN, random);

    @Test
    void everythingComesBackUnknownEntriesToo() throws Exception {
        try (Vault opened = Vault.open(key, REALM, ANN, sealed)) {
            assertThat(opened).isEqualTo(vault);
            assertThat(opened.entries()).containsExactly(one, gone, unknown);
        }
    }

    @Test
    void sizeIsKnownBeforeItIsSealed() {
        assertThat(Vault.sealedSize(ANN, vault.entries())).isEqualTo(sealed.size());
    }

    @Test
    void anotherKeyAccountOrRealmDoesNotOpen() {
        SecretBytes other = SecretBytes.random(random, 32);
        assertFails(Reason.WRONG_KEY, () -> Vault.open(other, REALM, ANN, sealed));
        assertFails(Reason.DAMAGED, () -> Vault.open(key, REALM, new Username("bob"), sealed));
        assertFails(Reason.DAMAGED, () -> Vault.open(key, Realm.random(random), ANN, sealed));
    }

    @Test
    void everyFlippedBitIsNoticed() {
        for (int bit = 0; bit < 8 * sealed.size(); bit++) {
            byte[] flipped = sealed.toArray();
            flipped[bit / 8] ^= (byte) (1 << bit % 8);
            assertThatThrownBy(() -> Vault.open(key, REALM, ANN, Bytes.adopt(flipped)))
                    .as("bit %d", bit)
                    .isInstanceOf(UnreadableException.class);
        }
    }

    @Test
    void everyShorterVaultIsRefused() {
        for (int length = 0; length < sealed.size(); length++) {
            Bytes cut = sealed.slice(0, length);
            assertFails(Reason.DAMAGED, () -> Vault.open(key, REALM, ANN, cut));
        }
    }

    @Test
    void anotherFormatIsNamedAsSuch() {
        byte[] newer = sealed.toArray();
        newer["pychat/1 vault".length() + 1] = 3;
        assertFails(Reason.NEWER_VERSION, () -> Vault.open(key, REALM, ANN, Bytes.adopt(newer)));
    }

    @Test
    void saysWhetherARecoverySecretIsInItsKeyAndCannotBeMadeToSayOtherwise() throws Exception {
        Bytes with = vault.seal(key, true, REALM, ANN, random);
        assertThat(Vault.needsRecoverySecret(with)).isTrue();
        assertThat(Vault.needsRecoverySecret(sealed)).isFalse();
        assertThat(Vault.needsRecoverySecret(Bytes.EMPTY)).isFalse();
        try (Vault opened = Vault.open(key, REALM, ANN, with)) {
            assertThat(opened).isEqualTo(vault);
        }
        byte[] altered = with.toArray();
        altered["pychat/1 vault".length() + 1] = 1;
        assertFails(Reason.WRONG_KEY, () -> Vault.open(key, REALM, ANN, Bytes.adopt(altered)));
    }

    @Test
    void aHashNamesTheSealedForm() {
        Bytes label = Bytes.adopt("pychat/1 vault hash\0".getBytes(java.nio.charset.StandardCharsets.US_ASCII));
        assertThat(Vault.hash(sealed)).isEqualTo(Sha256.of(label, sealed));
    }

    @Test
    void closingErasesTheValues() throws Exception {
        Vault opened = Vault.open(key, REALM, ANN, sealed);
        opened.close();
        assertThat(opened.entries()).allMatch(entry -> entry.value().isErased());
    }

    @Test
    void entriesStandInOrderAndOnce() {
        assertThatIllegalArgumentException().isThrownBy(() -> new Vault(1, NONE, List.of(gone, one)));
        assertThatIllegalArgumentException().isThrownBy(() -> new Vault(1, NONE, List.of(one, one)));
        assertThatIllegalArgumentException().isThrownBy(() -> new Vault(0, NONE, List.of()));
        assertThatIllegalArgumentException().isThrownBy(() -> new Vault(1, Bytes.EMPTY, List.of()));
    }

    @Test
    void theFirstAndNoOtherIsWithoutPredecessor() {
        Bytes some = Bytes.fromHex("44".repeat(32));
        assertThat(new Vault(1, NONE, List.of()).version()).isEqualTo(1);
        assertThatIllegalArgumentException().isThrownBy(() -> new Vault(1, some, List.of()));
        assertThatIllegalArgumentException().isThrownBy(() -> new Vault(2, NONE, List.of()));
    }

    @Test
    void theNextVersionFollowsOnlyTheOneThatItNames() {
        Bytes another = Bytes.fromHex("55".repeat(32));
        assertThat(vault.mayFollow(new SeenVault(3, vault.predecessor()))).isTrue();
        assertThat(vault.mayFollow(new SeenVault(3, another))).isFalse();
        assertThat(new Vault(1, NONE, List.of()).mayFollow(SeenVault.NONE)).isTrue();
    }

    @Test
    void ofAnyOtherVersionItCannotBeToldWhetherItFollows() {
        Bytes another = Bytes.fromHex("55".repeat(32));
        for (long seen : List.of(0L, 2L, 4L, 5L, Long.MAX_VALUE)) {
            assertThat(vault.mayFollow(new SeenVault(seen, another)))
                    .as("version 4 after %d", seen)
                    .isTrue();
        }
    }

    @Test
    void entriesHaveLimits() {
        assertThatIllegalArgumentException().isThrownBy(() -> entry(0, "", 0, false, 0));
        assertThatIllegalArgumentException().isThrownBy(() -> entry(65536, "", 0, false, 0));
        assertThatIllegalArgumentException().isThrownBy(() -> entry(1, "aa".repeat(256), 0, false, 0));
        assertThatIllegalArgumentException().isThrownBy(() -> entry(1, "", -1, false, 0));
        assertThatIllegalArgumentException().isThrownBy(() -> entry(1, "", 0, false, 65537));
    }

    @Test
    void tooLargeAVaultIsNotSealed() {
        List<VaultEntry> large = java.util.stream.IntStream.rangeClosed(1, 17)
                .mapToObj(type -> entry(type, "", 0, false, VaultEntry.MAX_VALUE_SIZE))
                .toList();
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Vault(1, NONE, large).seal(key, false, REALM, ANN, random))
                .withMessageContaining("allowed are 983040");
    }

    private VaultEntry entry(int type, String key, long counter, boolean tombstone, int size) {
        return new VaultEntry(type, Bytes.fromHex(key), counter, tombstone, SecretBytes.random(random, size));
    }

    private static void assertFails(Reason reason, ThrowingCallable opening) {
        assertThatThrownBy(opening)
                .isInstanceOfSatisfying(
                        UnreadableException.class, e -> assertThat(e.reason()).isEqualTo(reason));
    }
}
