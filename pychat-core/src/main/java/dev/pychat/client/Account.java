package dev.pychat.client;

import dev.pychat.crypto.open.Ed25519PublicKey;
import dev.pychat.crypto.secret.SecretBytes;
import dev.pychat.crypto.secret.Unwrapper;
import dev.pychat.envelope.ConversationContext;
import dev.pychat.envelope.EpochOffer;
import dev.pychat.envelope.EpochOpener;
import dev.pychat.envelope.HybridSince;
import dev.pychat.key.CheckedBundle;
import dev.pychat.key.ConversationIds;
import dev.pychat.key.Suite;
import dev.pychat.keyring.Keyring;
import dev.pychat.keyring.PastIdentity;
import dev.pychat.model.EpochName;
import dev.pychat.model.Realm;
import dev.pychat.model.Username;
import dev.pychat.store.ClientStores;
import dev.pychat.store.LocalAccount;
import dev.pychat.store.OutboxStore;
import dev.pychat.store.StoreException;
import dev.pychat.store.TranscriptEntry;
import dev.pychat.store.TranscriptStore;
import dev.pychat.wire.Credential;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The account that is logged in: its keys, its stores, its way back in. Thread-safe; closing erases the secrets, when nothing works
 * with them any more.
 */
final class Account {

    private static final Logger LOG = LoggerFactory.getLogger(Account.class);

    private final ClientOptions options;
    private final LocalAccount name;
    private final OwnKeys keys;
    private final Upkeep upkeep;
    private final DeviceRecords records;
    private final PinShelf pins;
    private final VaultedPins vaultedPins;
    private final ServerWord serverWord;
    private final OneTimeUses oneTimeUses;
    private final SelfWraps selfWraps;
    private final SpentKeys spentKeys = new SpentKeys();
    private final ArchiveShelf archives;
    private final Oldness oldness;
    private final OutboxStore outbox;
    private final TranscriptStore transcripts;
    private final Unwrapper unwrapper = new Unwrapper();
    private final CompletableFuture<Void> closed = new CompletableFuture<>();
    private volatile Credential token;

    /** Takes the keys over. */
    Account(ClientOptions options, Listeners listeners, OwnKeys keys, Credential token) throws StoreException {
        this.options = options;
        this.keys = keys;
        this.name = new LocalAccount(keys.keyring().realm(), keys.keyring().username());
        this.token = token;
        ClientStores stores = options.stores();
        this.outbox = stores.outbox(name);
        this.transcripts = stores.transcripts(name);
        this.records = new DeviceRecords(keys.keyring().deviceSealer(options.random()));
        this.oldness = new Oldness(() -> keys.keyring().historyPolicy(), options.clock());
        this.archives = new ArchiveShelf(stores, name, records);
        this.pins = new PinShelf(stores.pins(name), records, name.user());
        this.serverWord = new ServerWord(stores.pins(name), records, name.user());
        this.oneTimeUses = new OneTimeUses(keys, transcripts, options.clock());
        this.selfWraps = new SelfWraps(keys, options.random());
        this.vaultedPins = new VaultedPins(pins);
        VaultSync vault = new VaultSync(options, keys, vaultedPins, serverWord, listeners);
        OwnBundle bundle = new OwnBundle(options, keys, serverWord, oneTimeUses, listeners);
        this.upkeep = new Upkeep(
                keys,
                vault,
                bundle,
                new AccountChange(options, this, keys, vault),
                new OwnDevices(options, keys, bundle, vault),
                listeners);
    }

    Username user() {
        return name.user();
    }

    Realm realm() {
        return name.realm();
    }

    LocalAccount name() {
        return name;
    }

    Keyring keyring() {
        return keys.keyring();
    }

    OwnKeys keys() {
        return keys;
    }

    Upkeep upkeep() {
        return upkeep;
    }

    /** By the clock of this device. */
    Instant now() {
        return options.clock().instant();
    }

    Oldness oldness() {
        return oldness;
    }

    DeviceRecords records() {
        return records;
    }

    ArchiveShelf archives() {
        return archives;
    }

    PinShelf pins() {
        return pins;
    }

    VaultedPins vaultedPins() {
        return vaultedPins;
    }

    ServerWord serverWord() {
        return serverWord;
    }

    /** What is set for the account. */
    AccountSettings settings() throws StoreException {
        return serverWord.settings();
    }

    /** Whether receipts are sent; not where that can't be read, since they can't be taken back. */
    boolean sendsReceipts() {
        try {
            return serverWord.settings().receipts();
        } catch (StoreException e) {
            LOG.warn("it is not known whether receipts are wanted, so none are sent: {}", e.getMessage());
            return false;
        }
    }

    SpentKeys spentKeys() {
        return spentKeys;
    }

    SelfWraps selfWraps() {
        return selfWraps;
    }

    OneTimeUses oneTimeUses() {
        return oneTimeUses;
    }

    /** The secrets of epochs are stored: the one-time keys that they have used are done with, and others may be due. */
    void epochsStored(List<EpochName> epochs) {
        oneTimeUses.stored(epochs);
        if (new OwnKemKeys(options.random()).isShort(keys.keyring())) {
            upkeep.changed();
        }
    }

    /** What is kept of a message; of one that did not open here, and had where an own backup comes from, what that says. */
    KeptMessage kept(Username peer, TranscriptEntry entry) throws StoreException {
        if (entry.n() < 0) {
            Optional<KeptMessage> archived = archives.own(peer, entry);
            if (archived.isPresent()) {
                return archived.get();
            }
        }
        return new KeptMessage(entry, records.history(peer, entry.position(), entry.sealed()));
    }

    OutboxStore outbox() {
        return outbox;
    }

    TranscriptStore transcripts() {
        return transcripts;
    }

    SecretBytes loginSecret() {
        return keys.loginSecret();
    }

    Credential token() {
        return token;
    }

    void rotate(Credential next) {
        token = next;
    }

    /** What a conversation's envelopes are held against, with what is pinned now. */
    ConversationContext context(Username peer, List<Pin> pin) {
        Keyring keyring = keys.keyring();
        List<Ed25519PublicKey> own = Stream.concat(
                        Stream.of(keyring.identity().publicKey()),
                        keyring.pastIdentities().stream().map(PastIdentity::key))
                .toList();
        return new ConversationContext(
                realm(),
                ConversationIds.of(realm(), user(), peer),
                user(),
                peer,
                own,
                pin.stream().flatMap(known -> known.identities().stream()).toList(),
                Suite.RSA.code(),
                new HybridSince(
                        keyring.hybridSince().orElse(HybridSince.NOT_KNOWN),
                        pin.stream()
                                .mapToLong(known -> known.here().hybridSince())
                                .findFirst()
                                .orElse(HybridSince.NOT_KNOWN)));
    }

    EpochOpener opener(ConversationContext context) {
        return new EpochOpener(context, keys.wrappingKeys(), unwrapper, options.random());
    }

    EpochOffer offer(CheckedBundle peer, Instant fetched) {
        OwnKeys.Signing own = keys.signing();
        return new EpochOffer(
                own.signer(),
                own.bundle(),
                peer,
                fetched,
                own.vault(),
                own.bundle().historyPolicy().seconds(),
                peer.historyPolicy().seconds());
    }

    /** Erases the secrets as soon as its own work and the one that is named, which begins nothing new, have ended. */
    @SuppressWarnings("FutureReturnValueIgnored") // it is in the other one
    void close(CompletableFuture<Void> work) {
        CompletableFuture.allOf(upkeep.close(), work).thenRun(() -> {
            records.close();
            keys.close();
            closed.complete(null);
        });
    }

    /** Completes when the secrets are erased. */
    CompletableFuture<Void> closed() {
        return closed;
    }
}
