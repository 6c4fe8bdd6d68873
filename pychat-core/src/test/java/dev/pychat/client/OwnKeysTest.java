package dev.pychat.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import dev.pychat.crypto.SeededRandom;
import dev.pychat.crypto.TestKeys;
import dev.pychat.crypto.open.Label;
import dev.pychat.crypto.open.PasswordCost;
import dev.pychat.crypto.secret.Ed25519PrivateKey;
import dev.pychat.crypto.secret.PasswordKeys;
import dev.pychat.crypto.secret.SecretBytes;
import dev.pychat.keyring.Identity;
import dev.pychat.keyring.Keyring;
import dev.pychat.keyring.KeyringHeader;
import dev.pychat.keyring.SeenVault;
import dev.pychat.model.Bytes;
import dev.pychat.model.Realm;
import dev.pychat.model.Username;
import dev.pychat.store.LocalAccount;
import dev.pychat.store.memory.MemoryClientStores;
import dev.pychat.transport.InProcessTransport;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class OwnKeysTest {

    private static final Realm REALM = new Realm(Bytes.fromHex("00112233445566778899aabbccddeeff"));
    private static final Username ANN = new Username("ann");
    private static final Instant NOW = Instant.parse("2026-11-22T12:00:00Z");

    private final SeededRandom random = new SeededRandom(7);
    private final MemoryClientStores stores = new MemoryClientStores();
    private final Secrets secrets = Secrets.of(
            new PasswordKeys(SecretBytes.random(random, 32), SecretBytes.random(random, 32)), Optional.empty());
    private final OwnKeys keys = new OwnKeys(
            ClientOptions.builder(InProcessTransport.create().client(), stores).build(),
            new KeyringFiles(stores.keyrings(), new LocalAccount(REALM, ANN), random),
            Keyring.create(header(), source -> TestKeys.rsa(1), NOW, random),
            secrets);

    private static KeyringHeader header() {
        return new KeyringHeader(REALM, ANN, Bytes.fromHex("07".repeat(32)), new PasswordCost(32, 1, 1));
    }

    @AfterEach
    void close() {
        keys.close();
    }

    @Test
    void replacedKeyringIsOpenUntilTheStepIsOver() throws Exception {
        Keyring first = keys.keyring();
        keys.change(present -> present.withSeenVault(new SeenVault(1, Bytes.fromHex("11".repeat(32)))));
        assertThat(first.identity().sign(Label.EPOCH_SIGNATURE, Bytes.EMPTY).isEmpty())
                .isFalse();
        keys.closeReplaced();
        assertThatIllegalStateException().isThrownBy(() -> first.identity().sign(Label.EPOCH_SIGNATURE, Bytes.EMPTY));
        assertThat(keys.keyring()
                        .identity()
                        .sign(Label.EPOCH_SIGNATURE, Bytes.EMPTY)
                        .isEmpty())
                .isFalse();
    }

    @Test
    void epochThatIsUnderWaySignsOnWhateverIsReplaced() throws Exception {
        Ed25519PrivateKey signer = keys.signer();
        try (Identity next = Identity.generate(random)) {
            keys.change(present -> present.withIdentity(next, NOW));
            keys.closeReplaced();
            assertThat(keys.signer().publicKey()).isEqualTo(next.publicKey());
        }
        assertThat(signer.sign(Label.EPOCH_SIGNATURE, Bytes.EMPTY).isEmpty()).isFalse();
        keys.close();
        assertThatIllegalStateException().isThrownBy(() -> signer.sign(Label.EPOCH_SIGNATURE, Bytes.EMPTY));
    }
}
