package dev.pychat.client;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pychat.crypto.SeededRandom;
import dev.pychat.crypto.TestKeys;
import dev.pychat.crypto.open.PasswordCost;
import dev.pychat.crypto.secret.Passphrase;
import dev.pychat.crypto.secret.PasswordKeys;
import dev.pychat.key.KeyId;
import dev.pychat.keyring.Keyring;
import dev.pychat.keyring.KeyringHeader;
import dev.pychat.keyring.OneTimeUse;
import dev.pychat.model.Bytes;
import dev.pychat.model.EpochName;
import dev.pychat.model.MessageId;
import dev.pychat.model.Position;
import dev.pychat.model.Realm;
import dev.pychat.model.Username;
import dev.pychat.store.LocalAccount;
import dev.pychat.store.TranscriptEntry;
import dev.pychat.store.TranscriptEpoch;
import dev.pychat.store.TranscriptStep;
import dev.pychat.store.TranscriptStore;
import dev.pychat.store.memory.MemoryClientStores;
import dev.pychat.transport.InProcessTransport;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class OneTimeUsesTest {

    private static final Instant NOW = Instant.parse("2026-11-22T12:00:00Z");
    private static final Realm REALM = new Realm(Bytes.fromHex("00112233445566778899aabbccddeeff"));
    private static final Username ANN = new Username("ann");
    private static final Username BOB = new Username("bob");
    private static final EpochName STORED = new EpochName(Bytes.fromHex("01".repeat(32)));
    private static final EpochName NOT_STORED = new EpochName(Bytes.fromHex("02".repeat(32)));

    private final SeededRandom random = new SeededRandom(6);
    private final MemoryClientStores stores = new MemoryClientStores();
    private final TranscriptStore transcripts = stores.transcripts(new LocalAccount(REALM, ANN));
    private OwnKeys keys;
    private OneTimeUses uses;
    private List<KeyId> used;

    @BeforeEach
    void deviceThatHasUsedTwoKeys() throws Exception {
        KeyringHeader header =
                new KeyringHeader(REALM, ANN, Bytes.fromHex("07".repeat(32)), new PasswordCost(32, 1, 1));
        Keyring fresh = Keyring.create(header, source -> TestKeys.rsa(1), NOW, random);
        Keyring stocked = fresh.withKemKeys(fresh.kemKeys().withOneTime(3, NOW, random));
        used = stocked.kemKeys().all().stream().map(key -> key.id()).limit(2).toList();
        Keyring noted = stocked.withKemKeys(stocked.kemKeys()
                .withUse(new OneTimeUse(used.get(0), STORED, NOW))
                .withUse(new OneTimeUse(used.get(1), NOT_STORED, NOW)));
        ClientOptions options = ClientOptions.of(InProcessTransport.create().client(), stores);
        try (Passphrase passphrase = Passphrase.of("a passphrase for tests".toCharArray());
                PasswordKeys derived = PasswordKeys.derive(passphrase, REALM, ANN, header.salt(), header.cost());
                Secrets secrets = Secrets.of(derived, Optional.empty())) {
            KeyringFiles files = new KeyringFiles(stores.keyrings(), new LocalAccount(REALM, ANN), random);
            keys = new OwnKeys(options, files, noted, secrets);
        }
        uses = new OneTimeUses(keys, transcripts, Clock.systemUTC());
    }

    @Test
    void keyIsPutAsideWhenTheSecretOfItsEpochIsStored() {
        uses.stored(List.of(STORED));
        assertThat(own()).doesNotContain(used.get(0)).contains(used.get(1)).hasSize(2);
        assertThat(keys.keyring().vaultedKemKeys().byId(used.get(0))).isPresent();
        assertThat(keys.keyring().kemKeys().useOf(used.get(0))).isPresent();
    }

    /** A process before this one ended between the two steps. */
    @Test
    void keyWhoseEpochIsStoredIsPutAsideLater() throws Exception {
        TranscriptEntry entry = new TranscriptEntry(
                Position.FIRST,
                MessageId.random(random),
                STORED,
                0,
                Bytes.random(random, 32),
                Bytes.EMPTY,
                Bytes.EMPTY);
        transcripts.append(new TranscriptStep(
                BOB, List.of(entry), List.of(new TranscriptEpoch(STORED, Bytes.fromHex("05"))), Bytes.EMPTY));
        uses.sweep();
        assertThat(own()).doesNotContain(used.get(0)).contains(used.get(1)).hasSize(2);
    }

    @Test
    void keyWhoseEpochIsNotStoredStays() throws Exception {
        uses.sweep();
        assertThat(own()).containsAll(used).hasSize(3);
    }

    private List<KeyId> own() {
        return keys.keyring().kemKeys().all().stream().map(key -> key.id()).toList();
    }
}
