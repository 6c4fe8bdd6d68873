package dev.pychat.testkit.client;

import dev.pychat.crypto.open.Label;
import dev.pychat.crypto.secret.Passphrase;
import dev.pychat.crypto.secret.PasswordKeys;
import dev.pychat.crypto.secret.RsaPrivateKey;
import dev.pychat.key.BundleFields;
import dev.pychat.key.KeyBundle;
import dev.pychat.keyring.Identity;
import dev.pychat.keyring.Keyring;
import dev.pychat.keyring.KeyringHeader;
import dev.pychat.keyring.WrappingKey;
import dev.pychat.model.Bytes;
import dev.pychat.store.LocalAccount;
import dev.pychat.store.VersionedBytes;
import dev.pychat.testkit.key.PublishedKeys;
import dev.pychat.testkit.server.RawClient;
import dev.pychat.wire.Credential;
import dev.pychat.wire.LogIn;
import dev.pychat.wire.Ok;
import dev.pychat.wire.PutBundle;
import dev.pychat.wire.Session;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.List;

/** The keyring in somebody's stores, opened with the passphrase; for what no client does by itself. */
final class StoredKeys implements AutoCloseable {

    private static final SecureRandom RANDOM = new SecureRandom();

    private final Person person;
    private final LocalAccount account;
    private final VersionedBytes stored;
    private final PasswordKeys passwordKeys;
    private final Keyring keyring;

    private StoredKeys(Person person) throws Exception {
        this.person = person;
        this.account = person.stores().keyrings().accounts().get(0);
        this.stored = person.stores().keyrings().load(account).orElseThrow();
        KeyringHeader header = KeyringHeader.read(stored.value());
        try (Passphrase passphrase = World.passphrase(person.user().value())) {
            passwordKeys =
                    PasswordKeys.derive(passphrase, header.realm(), header.username(), header.salt(), header.cost());
        }
        keyring = Keyring.open(passwordKeys.vaultKey(), stored.value(), new PublishedKeys().policy());
    }

    static StoredKeys of(Person person) throws Exception {
        return new StoredKeys(person);
    }

    /** The bundle that is published. */
    KeyBundle bundle() {
        return keyring.bundle().orElseThrow();
    }

    KeyBundle sign(BundleFields fields) {
        return fields.sign(unsigned -> keyring.identity().sign(Label.BUNDLE_SIGNATURE, unsigned));
    }

    /** Gives the account another identity, on this device and at the server. */
    void renewIdentity(World world) throws Exception {
        try (Identity next = Identity.generate(RANDOM);
                Keyring renewed = keyring.withIdentity(next, Instant.now());
                Keyring published = renewed.withBundle(renewed.nextBundle(Instant.now()));
                RawClient raw = RawClient.connect(world.transport())) {
            KeyBundle bundle = published.bundle().orElseThrow();
            person.stores().keyrings().save(account, stored.version(), published.seal(passwordKeys.vaultKey(), RANDOM));
            raw.hello();
            raw.ask(Session.class, id -> new LogIn(id, person.user(), keyring.device(), secret()));
            long serial = bundle.fields().serial();
            raw.ask(Ok.class, id -> new PutBundle(id, serial, serial - 1, bundle.bytes()));
        }
    }

    /** Gives the account further wrapping keys, on this device only; a second lies between one and the next. */
    void rotate(List<RsaPrivateKey> keys) throws Exception {
        Instant first = keyring.currentWrappingKey().created();
        Keyring grown = keyring.withSeenVault(keyring.seenVault());
        for (int i = 0; i < keys.size(); i++) {
            Keyring before = grown;
            grown = before.withWrappingKey(new WrappingKey(keys.get(i), first.plusSeconds(i + 1)));
            before.close();
        }
        person.stores().keyrings().save(account, stored.version(), grown.seal(passwordKeys.vaultKey(), RANDOM));
        grown.close();
    }

    private Credential secret() {
        return new Credential(passwordKeys.loginSecret().reveal(Bytes::copyOf));
    }

    @Override
    public void close() {
        keyring.close();
        passwordKeys.close();
    }
}
