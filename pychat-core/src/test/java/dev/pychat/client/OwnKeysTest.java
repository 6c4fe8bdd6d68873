package dev.pychat.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import dev.pychat.crypto.SeededRandom;
import dev.pychat.crypto.TestKeys;
import dev.pychat.crypto.open.KeyPolicy;
import dev.pychat.crypto.open.Label;
import dev.pychat.crypto.open.PasswordCost;
import dev.pychat.crypto.secret.Ed25519PrivateKey;
import dev.pychat.crypto.secret.PasswordKeys;
import dev.pychat.crypto.secret.RsaKeySource;
import dev.pychat.crypto.secret.RsaPrivateKey;
import dev.pychat.crypto.secret.SecretBytes;
import dev.pychat.keyring.Identity;
import dev.pychat.keyring.Keyring;
import dev.pychat.keyring.KeyringHeader;
import dev.pychat.keyring.SeenVault;
import dev.pychat.model.Bytes;
import dev.pychat.model.PychatException;
import dev.pychat.model.Realm;
import dev.pychat.model.Username;
import dev.pychat.store.LocalAccount;
import dev.pychat.store.memory.MemoryClientStores;
import dev.pychat.transport.InProcessTransport;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
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
            ClientOptions.builder(InProcessTransport.create().client(), stores)
                    .keySource(new TestSource())
                    .build(),
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
        makeBundle();
        Ed25519PrivateKey signer = keys.signing().signer();
        try (Identity next = Identity.generate(random)) {
            keys.change(present -> renewed(present, next));
            keys.closeReplaced();
            assertThat(keys.signing().signer().publicKey()).isEqualTo(next.publicKey());
        }
        assertThat(signer.sign(Label.EPOCH_SIGNATURE, Bytes.EMPTY).isEmpty()).isFalse();
        keys.close();
        assertThatIllegalStateException().isThrownBy(() -> signer.sign(Label.EPOCH_SIGNATURE, Bytes.EMPTY));
    }

    /** Another identity may come between any two steps of whoever begins an epoch. */
    @Test
    void whatSignsAndTheBundleAreAlwaysOfOneIdentity() throws Exception {
        makeBundle();
        AtomicBoolean over = new AtomicBoolean();
        CompletableFuture<Void> changing = CompletableFuture.runAsync(() -> {
            try {
                for (int i = 0; i < 60; i++) {
                    try (Identity next = Identity.generate(random)) {
                        keys.change(present -> renewed(present, next));
                    }
                }
            } catch (PychatException e) {
                throw new AssertionError(e);
            } finally {
                over.set(true);
            }
        });
        while (!over.get()) {
            OwnKeys.Signing own = keys.signing();
            assertThat(own.bundle().identity()).isEqualTo(own.signer().publicKey());
        }
        changing.get(60, TimeUnit.SECONDS);
    }

    private void makeBundle() throws Exception {
        keys.change(present -> present.withBundle(present.nextBundle(NOW)));
    }

    private static Keyring renewed(Keyring present, Identity next) {
        try (Keyring renewed = present.withIdentity(next, NOW)) {
            return renewed.withBundle(renewed.nextBundle(NOW));
        }
    }

    private static final class TestSource implements RsaKeySource {
        @Override
        public RsaPrivateKey next(SecureRandom source) {
            return TestKeys.rsa(1);
        }

        @Override
        public KeyPolicy policy() {
            return KeyPolicy.acceptPublishedTestKeysInsecurely();
        }
    }
}
