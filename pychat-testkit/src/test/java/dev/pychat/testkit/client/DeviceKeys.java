package dev.pychat.testkit.client;

import dev.pychat.crypto.open.KeyPolicy;
import dev.pychat.crypto.secret.PasswordKeys;
import dev.pychat.key.HistoryPolicy;
import dev.pychat.keyring.BundleChange;
import dev.pychat.keyring.Keyring;
import dev.pychat.keyring.KeyringHeader;
import dev.pychat.keyring.WrappingKey;
import dev.pychat.model.Bytes;
import dev.pychat.store.ClientStores;
import dev.pychat.store.LocalAccount;
import dev.pychat.store.VersionedBytes;
import dev.pychat.store.memory.MemoryClientStores;
import dev.pychat.testkit.key.PublishedKeys;
import java.security.SecureRandom;
import java.time.Instant;

/** What stands in a person's keyring store, and what somebody else would like to stand there. */
final class DeviceKeys {

    private static final SecureRandom RANDOM = new SecureRandom();

    private DeviceKeys() {}

    /** The person's keyring, behind the client's back. */
    static Keyring of(Person person) throws Exception {
        Bytes sealed = sealed(person);
        try (PasswordKeys keys = derive(person, KeyringHeader.read(sealed))) {
            return Keyring.open(keys.vaultKey(), sealed, KeyPolicy.acceptPublishedTestKeysInsecurely());
        }
    }

    /** The person's account states another history policy, behind the back of its client, which is closed. */
    static void state(Person person, HistoryPolicy policy) throws Exception {
        VersionedBytes sealed = person.stores().keyrings().load(account(person)).orElseThrow();
        try (PasswordKeys keys = derive(person, KeyringHeader.read(sealed.value()));
                Keyring before = of(person)) {
            Keyring after = before.withBundle(before.nextBundle(Instant.now(), BundleChange.policy(policy)));
            Bytes document = after.seal(keys.vaultKey(), RANDOM);
            person.stores().keyrings().save(account(person), sealed.version(), document);
        }
    }

    /** A device that logs in as the person and holds another identity, which has published nothing yet. */
    static ClientStores ofAnotherIdentity(Person person) throws Exception {
        KeyringHeader header = KeyringHeader.read(sealed(person));
        MemoryClientStores stores = new MemoryClientStores();
        try (PasswordKeys keys = derive(person, header);
                Keyring other = Keyring.create(header, new PublishedKeys(), Instant.now(), RANDOM)) {
            stores.keyrings().save(account(person), 0, other.seal(keys.vaultKey(), RANDOM));
        }
        return stores;
    }

    /** A good bundle for the person's name, by an identity that is not the person's. */
    static Bytes bundleOfAnotherIdentity(Person person) throws Exception {
        KeyringHeader header = KeyringHeader.read(sealed(person));
        try (Keyring other = Keyring.create(header, new PublishedKeys(), Instant.now(), RANDOM)) {
            return other.nextBundle(Instant.now()).bytes();
        }
    }

    /** What the person's passphrase is stretched to. */
    static PasswordKeys secrets(Person person) throws Exception {
        return derive(person, KeyringHeader.read(sealed(person)));
    }

    static LocalAccount account(Person person) {
        return new LocalAccount(person.client().realm(), person.user());
    }

    private static Bytes sealed(Person person) throws Exception {
        return person.stores().keyrings().load(account(person)).orElseThrow().value();
    }

    static PasswordKeys derive(Person person, KeyringHeader header) throws Exception {
        return PasswordKeys.derive(
                World.passphrase(person.user().value()),
                header.realm(),
                header.username(),
                header.salt(),
                header.cost());
    }

    /** A wrapping key that the keyring does not hold. */
    static WrappingKey notHeldBy(Keyring keyring, Instant created) throws Exception {
        WrappingKey key = new WrappingKey(MixedKeys.make(1).get(0), created);
        if (keyring.wrappingKey(key.id()).isPresent()) {
            throw new AssertionError("somebody has been given a mixed key");
        }
        return key;
    }
}
