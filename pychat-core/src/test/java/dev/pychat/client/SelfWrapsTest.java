package dev.pychat.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pychat.crypto.SeededRandom;
import dev.pychat.crypto.TestKeys;
import dev.pychat.crypto.open.KeyPolicy;
import dev.pychat.crypto.open.PasswordCost;
import dev.pychat.crypto.secret.PasswordKeys;
import dev.pychat.crypto.secret.SecretBytes;
import dev.pychat.envelope.ConversationContext;
import dev.pychat.envelope.EpochOffer;
import dev.pychat.envelope.PinnedIdentity;
import dev.pychat.envelope.SealedEpoch;
import dev.pychat.envelope.Sealer;
import dev.pychat.key.BundleFields;
import dev.pychat.key.CheckedBundle;
import dev.pychat.key.HistoryPolicy;
import dev.pychat.key.KeyBundle;
import dev.pychat.key.KeyId;
import dev.pychat.key.OneTimeKey;
import dev.pychat.keyring.BundleChange;
import dev.pychat.keyring.Keyring;
import dev.pychat.keyring.KeyringHeader;
import dev.pychat.keyring.OneTimeUse;
import dev.pychat.model.Bytes;
import dev.pychat.model.LaneId;
import dev.pychat.model.Realm;
import dev.pychat.model.Username;
import dev.pychat.store.KeyringStore;
import dev.pychat.store.LocalAccount;
import dev.pychat.store.StoreException;
import dev.pychat.store.StoreRefusedException;
import dev.pychat.store.VersionedBytes;
import dev.pychat.store.memory.MemoryClientStores;
import dev.pychat.transport.InProcessTransport;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** The order of an own epoch whose own wrap is to a key for it alone: the key is stored when the epoch comes out. */
class SelfWrapsTest {

    private static final Realm REALM = new Realm(Bytes.fromHex("00112233445566778899aabbccddeeff"));
    private static final Username ANN = new Username("ann");
    private static final Instant NOW = Instant.parse("2026-11-22T12:00:00Z");
    private static final LocalAccount ACCOUNT = new LocalAccount(REALM, ANN);
    private static final KeyPolicy TESTS = KeyPolicy.acceptPublishedTestKeysInsecurely();

    private final SeededRandom random = new SeededRandom(8);
    private final MemoryClientStores stores = new MemoryClientStores();
    private final SecretBytes vaultKey = SecretBytes.random(random, 32);
    private final Keyring keyring;
    private boolean isBroken;

    SelfWrapsTest() {
        KeyringHeader header =
                new KeyringHeader(REALM, ANN, Bytes.fromHex("07".repeat(32)), new PasswordCost(32, 1, 1));
        Keyring fresh = Keyring.create(header, source -> TestKeys.rsa(1), NOW, random);
        Keyring listed = fresh.withKemKeys(fresh.kemKeys().withLastResort(NOW, random));
        keyring = listed.withBundle(listed.nextBundle(NOW));
    }

    private Keyring forgetting() {
        BundleChange change = BundleChange.policy(HistoryPolicy.forgetAfter(Duration.ofDays(7)));
        Keyring stated = keyring.withBundle(keyring.nextBundle(NOW, change));
        return stated.withBundle(stated.nextBundle(NOW));
    }

    private OwnKeys keys(Keyring of) {
        KeyringStore store = new KeyringStore() {
            @Override
            public Optional<VersionedBytes> load(LocalAccount account) throws StoreException {
                return stores.keyrings().load(account);
            }

            @Override
            public void save(LocalAccount account, long version, Bytes document) throws StoreException {
                if (isBroken) {
                    throw new StoreRefusedException("the disk is full");
                }
                stores.keyrings().save(account, version, document);
            }

            @Override
            public List<LocalAccount> accounts() throws StoreException {
                return stores.keyrings().accounts();
            }
        };
        Secrets secrets =
                Secrets.of(new PasswordKeys(SecretBytes.random(random, 32), vaultKey.copy()), Optional.empty());
        return new OwnKeys(
                ClientOptions.of(InProcessTransport.create().client(), stores),
                new KeyringFiles(store, ACCOUNT, random),
                of,
                secrets);
    }

    private static CheckedBundle checked(Keyring of) throws Exception {
        return of.bundle().orElseThrow().check(REALM, of.username(), TESTS);
    }

    private EpochOffer offer(Keyring of) throws Exception {
        return new EpochOffer(of.identity().privateKey(), checked(of), bob(), NOW, 0, 0, 0, List.of());
    }

    private static CheckedBundle bob() throws Exception {
        KeyBundle bundle = PeerBundles.hybrid(2, 1, BundleFields.NO_PREDECESSOR, 2);
        return bundle.check(bundle.fields().realm(), bundle.fields().username(), TESTS);
    }

    private SealedEpoch begun(EpochOffer offer) {
        ConversationContext context = ConversationContext.of(
                REALM,
                ANN,
                offer.peer().bundle().fields().username(),
                List.of(offer.identity().publicKey()),
                List.of(PinnedIdentity.always(offer.peer().identity())));
        try (Sealer sealer = Sealer.onNewLane(context, LaneId.random(random), random)) {
            return sealer.beginEpoch(offer, NOW);
        }
    }

    @Test
    void keyIsOnTheDiskWithItsUseBeforeTheEpochComesOut() throws Exception {
        Keyring of = forgetting();
        OwnKeys keys = keys(of);
        List<OneTimeKey> offered = new ArrayList<>();
        SealedEpoch epoch = new SelfWraps(keys, random).begin(offer(of), NOW, complete -> {
            offered.addAll(complete.oneTime());
            return begun(complete);
        });
        assertThat(offered)
                .singleElement()
                .satisfies(key -> assertThat(key.device()).isEqualTo(of.device()));
        KeyId id = KeyId.of(offered.get(0).key());
        Bytes file = stores.keyrings().load(ACCOUNT).orElseThrow().value();
        try (Keyring stored = Keyring.open(vaultKey, file, TESTS)) {
            assertThat(stored.kemKeys().byId(id)).isPresent();
            assertThat(stored.kemKeys().useOf(id).map(OneTimeUse::epoch)).contains(epoch.name());
        }
    }

    @Test
    void thereIsNoEpochIfTheKeyCantBeStored() throws Exception {
        Keyring of = forgetting();
        OwnKeys keys = keys(of);
        isBroken = true;
        SelfWraps wraps = new SelfWraps(keys, random);
        EpochOffer offer = offer(of);
        assertThatThrownBy(() -> wraps.begin(offer, NOW, this::begun)).isInstanceOf(StoreRefusedException.class);
        assertThat(keys.keyring()).isSameAs(of);
    }

    @Test
    void accountThatKeepsUsesItsLastResortKey() throws Exception {
        OwnKeys keys = keys(keyring);
        isBroken = true;
        EpochOffer offer = offer(keyring);
        SealedEpoch epoch = new SelfWraps(keys, random).begin(offer, NOW, complete -> {
            assertThat(complete).isSameAs(offer);
            return begun(complete);
        });
        assertThat(epoch.header().isEmpty()).isFalse();
        assertThat(keys.keyring()).isSameAs(keyring);
    }
}
