package dev.pychat.client;

import dev.pychat.crypto.open.Ed25519PublicKey;
import dev.pychat.crypto.secret.RsaUnwrapper;
import dev.pychat.crypto.secret.SecretBytes;
import dev.pychat.envelope.ConversationContext;
import dev.pychat.envelope.EpochOffer;
import dev.pychat.envelope.EpochOpener;
import dev.pychat.key.CheckedBundle;
import dev.pychat.key.ConversationIds;
import dev.pychat.keyring.Keyring;
import dev.pychat.keyring.PastIdentity;
import dev.pychat.model.Realm;
import dev.pychat.model.Username;
import dev.pychat.store.ClientStores;
import dev.pychat.store.LocalAccount;
import dev.pychat.store.OutboxStore;
import dev.pychat.store.PinStore;
import dev.pychat.store.StoreException;
import dev.pychat.store.TranscriptStore;
import dev.pychat.wire.Credential;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;

/** The account that is logged in: its keys, its stores, its way back in. Thread-safe; closing erases the secrets. */
final class Account implements AutoCloseable {

    private final ClientOptions options;
    private final LocalAccount name;
    private final Keyring keyring;
    private final CheckedBundle bundle;
    private final SecretBytes loginSecret;
    private final DeviceRecords records;
    private final PinStore pins;
    private final OutboxStore outbox;
    private final TranscriptStore transcripts;
    private final RsaUnwrapper unwrapper = new RsaUnwrapper();
    private volatile Credential token;

    Account(ClientOptions options, Keyring keyring, CheckedBundle bundle, SecretBytes loginSecret, Credential token)
            throws StoreException {
        this.options = options;
        this.name = new LocalAccount(keyring.realm(), keyring.username());
        this.keyring = keyring;
        this.bundle = bundle;
        this.loginSecret = loginSecret;
        this.token = token;
        ClientStores stores = options.stores();
        this.pins = stores.pins(name);
        this.outbox = stores.outbox(name);
        this.transcripts = stores.transcripts(name);
        this.records = new DeviceRecords(keyring.deviceSealer(options.random()));
    }

    Username user() {
        return name.user();
    }

    Realm realm() {
        return name.realm();
    }

    Keyring keyring() {
        return keyring;
    }

    DeviceRecords records() {
        return records;
    }

    PinStore pins() {
        return pins;
    }

    OutboxStore outbox() {
        return outbox;
    }

    TranscriptStore transcripts() {
        return transcripts;
    }

    SecretBytes loginSecret() {
        return loginSecret;
    }

    Credential token() {
        return token;
    }

    void rotate(Credential next) {
        token = next;
    }

    /** What a conversation's envelopes are held against, with what is pinned now. */
    ConversationContext context(Username peer, List<Pin> pin) {
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
                pin.stream().mapToInt(Pin::minimumSuite).findFirst().orElse(1));
    }

    EpochOpener opener(ConversationContext context) {
        return new EpochOpener(context, keyring::wrappingKey, unwrapper, options.random());
    }

    EpochOffer offer(CheckedBundle peer, Instant fetched) {
        return EpochOffer.keeping(keyring.identity().privateKey(), bundle, peer, fetched);
    }

    @Override
    public void close() {
        records.close();
        loginSecret.close();
        keyring.close();
    }
}
