package dev.pychat.client;

import dev.pychat.backup.Backup;
import dev.pychat.crypto.open.PasswordCost;
import dev.pychat.crypto.secret.Passphrase;
import dev.pychat.crypto.secret.PasswordKeys;
import dev.pychat.crypto.secret.RecoverySecret;
import dev.pychat.crypto.secret.SecretBytes;
import dev.pychat.keyring.Keyring;
import dev.pychat.keyring.KeyringHeader;
import dev.pychat.keyring.SeenVault;
import dev.pychat.keyring.UnreadableException;
import dev.pychat.keyring.Vault;
import dev.pychat.keyring.VaultedKeys;
import dev.pychat.keyring.WrappingKey;
import dev.pychat.model.DeviceId;
import dev.pychat.model.PychatException;
import dev.pychat.store.LocalAccount;
import dev.pychat.store.PinStore;
import dev.pychat.wire.ErrorCode;
import dev.pychat.wire.KdfCost;
import dev.pychat.wire.LogIn;
import dev.pychat.wire.LogOut;
import dev.pychat.wire.Ok;
import dev.pychat.wire.PasswordSalt;
import dev.pychat.wire.PasswordSaltIs;
import dev.pychat.wire.Session;
import java.util.List;
import java.util.Optional;

/**
 * Enters an account that exists: with the keys that this device holds, or as a new device with those in the vault. On the
 * caller's thread.
 */
final class LoggingIn {

    private static final int DEVICE_KEY_SIZE = 32;

    private final Entrance entrance;
    private final Optional<Backup> backup;
    private final Optional<RecoverySecret> given;
    private final ClientOptions options;

    LoggingIn(Entrance entrance) {
        this(entrance, Optional.empty(), Optional.empty());
    }

    /**
     * With a backup of the account, for a device that holds no keys and a server that has no vault, or only an older one, or with the
     * recovery secret, for a device that does not know it.
     */
    LoggingIn(Entrance entrance, Optional<Backup> backup, Optional<RecoverySecret> given) {
        this.entrance = entrance;
        this.given = given;
        this.backup = backup;
        this.options = entrance.options();
    }

    Account logIn(Passphrase passphrase) throws PychatException, InterruptedException {
        entrance.requireTheSameRealm();
        KeyringHeader server = told();
        List<HomeKeyring> stored = entrance.files().load();
        return stored.isEmpty() ? join(passphrase, server) : enter(passphrase, known(stored, server));
    }

    /**
     * Enters with the keys of this device after another device has changed the passphrase: the one before opens them, and the vault
     * under the new one must be that of the same account. Only then anything is stored.
     */
    Account logInAfterChange(Passphrase before, Passphrase now) throws PychatException, InterruptedException {
        entrance.requireTheSameRealm();
        KeyringHeader server = told();
        List<HomeKeyring> stored = entrance.files().load();
        if (stored.isEmpty()) {
            return join(now, server);
        }
        HomeKeyring sealed = stored.get(stored.size() - 1);
        try (PasswordKeys old = entrance.derive(before, sealed.header());
                Keyring known = open(sealed, old);
                PasswordKeys ofPassphrase = entrance.derive(now, requireBearable(server));
                Secrets keys =
                        secrets(ofPassphrase, given.isPresent() ? Optional.empty() : sealed.recovery(old.vaultKey()))) {
            entrance.connectAgainIfGone();
            Session session = sessionAfterChange(known.device(), keys);
            Keyring keyring = changed(known, server, VaultSync.fetch(entrance.link(), options), keys);
            return entrance.enter(keyring, keys, opened -> session);
        }
    }

    private Keyring changed(Keyring known, KeyringHeader header, VaultSync.Stored stored, Secrets keys)
            throws PychatException {
        try (Vault vault = VaultSync.open(stored, entrance.realm(), entrance.user(), keys);
                Keyring joined = VaultedKeys.join(
                        known,
                        vault,
                        options.keySource().policy(),
                        options.clock().instant());
                Keyring secured = joined.withPassword(header.salt(), header.cost())) {
            if (!VaultedKeys.isOf(vault, known)) {
                throw new KdfChangedException("the vault under the new passphrase is not that of " + entrance.user()
                        + "'s keys on this device; nothing was changed here. Ask whoever runs the server");
            }
            // An older vault than this device has seen stays older: entering tells the person, and puts a newer one on
            // top.
            SeenVault before = known.seenVault();
            boolean follows = stored.isFollowing(before) && vault.mayFollow(before);
            Keyring keyring = secured.withSeenVault(follows ? stored.seen() : before);
            entrance.files().save(keyring, keys);
            return keyring;
        } catch (UnreadableException e) {
            throw new KdfChangedException("the vault on the server does not open with the new passphrase: "
                    + e.getMessage() + "; nothing was changed here");
        }
    }

    private KeyringHeader told() throws PychatException, InterruptedException {
        PasswordSaltIs told = entrance.ask(PasswordSaltIs.class, id -> new PasswordSalt(id, entrance.user()));
        return new KeyringHeader(entrance.realm(), entrance.user(), told.salt(), cost(told.kdf()));
    }

    private PasswordCost cost(KdfCost told) throws KdfChangedException {
        PasswordCost cost;
        try {
            cost = new PasswordCost(told.memory(), told.passes(), told.lanes());
        } catch (IllegalArgumentException e) {
            throw new KdfChangedException("the server names a cost that is not acceptable: " + e.getMessage());
        }
        if (!cost.atLeast(options.passwordFloor())) {
            throw new KdfChangedException("the server names the cost " + cost + " for the passphrase, the least that is"
                    + " accepted is " + options.passwordFloor() + "; the passphrase was not used");
        }
        return cost;
    }

    /** A cost that this device does not know yet is the server's word alone, which may ask for much. */
    private KeyringHeader requireBearable(KeyringHeader server) throws KdfChangedException {
        if (!options.passwordCeiling().atLeast(server.cost())) {
            throw new KdfChangedException(
                    "the server names the cost " + server.cost() + " for the passphrase, the most that"
                            + " a device takes that does not know it is " + options.passwordCeiling()
                            + "; the passphrase was not used. If the account really has this cost, the program that uses pychat"
                            + " has to allow it (ClientOptions.passwordCeiling)");
        }
        return server;
    }

    /** The keyring of this device for which the server names the same salt and cost. */
    private HomeKeyring known(List<HomeKeyring> stored, KeyringHeader server) throws PychatException {
        for (HomeKeyring sealed : stored) {
            KeyringHeader known = sealed.header();
            if (known.salt().equals(server.salt()) && known.cost().equals(server.cost())) {
                return sealed;
            }
        }
        throw new KdfChangedException("the server names another salt or cost for " + entrance.user()
                + "'s passphrase than this device knows; the passphrase was not used. If you have changed it on another"
                + " device, log in with both, the one before and the new one. If a sign-up on this device was cut off, sign up"
                + " again. If the account was deleted on another device, there is none any more that it could be used for;"
                + " else ask whoever runs the server");
    }

    private Account enter(Passphrase passphrase, HomeKeyring sealed) throws PychatException, InterruptedException {
        try (PasswordKeys ofPassphrase = entrance.derive(passphrase, sealed.header())) {
            Keyring keyring = open(sealed, ofPassphrase);
            try (Secrets keys = secrets(ofPassphrase, sealed.recovery(ofPassphrase.vaultKey()))) {
                return entrance.enter(keyring, keys, opened -> session(opened.device(), keys));
            }
        }
    }

    /** With the recovery secret that this device keeps, which is closed here, or else the one that was given. */
    private Secrets secrets(PasswordKeys ofPassphrase, Optional<RecoverySecret> kept) {
        Secrets secrets = Secrets.of(ofPassphrase, kept.isPresent() ? kept : given);
        kept.ifPresent(RecoverySecret::close);
        return secrets;
    }

    private Keyring open(HomeKeyring sealed, PasswordKeys keys) throws PychatException {
        try {
            return sealed.open(keys.vaultKey(), options.keySource().policy());
        } catch (UnreadableException e) {
            throw e.reason() == UnreadableException.Reason.WRONG_KEY ? wrongPair() : e;
        }
    }

    /** This device is new to the account: its keys are in the vault, or nowhere that this device can reach. */
    private Account join(Passphrase passphrase, KeyringHeader header) throws PychatException, InterruptedException {
        DeviceId device = DeviceId.random(options.random());
        try (PasswordKeys ofPassphrase = entrance.derive(passphrase, requireBearable(header));
                Secrets keys = secrets(ofPassphrase, ofBackup())) {
            entrance.connectAgainIfGone();
            Session session = session(device, keys);
            VaultSync.Stored vault = VaultSync.fetch(entrance.link(), options);
            if (vault.isNone() && backup.isEmpty()) {
                entrance.ask(Ok.class, LogOut::new);
                throw new KeysNotHereException("this device does not hold " + entrance.user() + "'s keys");
            }
            Optional<Backup> newer = backup.filter(known -> !vault.isFollowing(known.seenVault()));
            Keyring keyring = newer.isPresent()
                    ? restore(header, newer.get(), device, keys)
                    : restore(header, vault, device, keys);
            return entrance.enter(keyring, keys, restored -> session);
        }
    }

    private Keyring restore(KeyringHeader header, VaultSync.Stored stored, DeviceId device, Secrets keys)
            throws PychatException {
        try (Vault vault = VaultSync.open(stored, entrance.realm(), entrance.user(), keys)) {
            return restore(header, vault, stored.seen(), device, keys);
        }
    }

    /** The recovery secret that a backup holds, if none was given. */
    private Optional<RecoverySecret> ofBackup() {
        return given.isPresent() ? Optional.empty() : backup.flatMap(Backup::recoverySecret);
    }

    /** Pins and settings are there before anybody is met anew. */
    private Keyring restore(KeyringHeader header, Backup known, DeviceId device, Secrets keys) throws PychatException {
        Keyring keyring = restore(header, known.keys(), known.seenVault(), device, keys);
        DeviceRecords records = new DeviceRecords(keyring.deviceSealer(options.random()));
        try {
            PinStore pins = options.stores().pins(new LocalAccount(entrance.realm(), entrance.user()));
            new VaultedPins(new PinShelf(pins, records, entrance.user())).take(known.keys());
            new ServerWord(pins, records, entrance.user()).take(known.keys());
        } finally {
            records.close();
        }
        return keyring;
    }

    /** A new device's keyring, which is on this device when this returns. */
    private Keyring restore(KeyringHeader header, Vault vault, SeenVault seen, DeviceId device, Secrets keys)
            throws PychatException {
        try (SecretBytes deviceKey = SecretBytes.random(options.random(), DEVICE_KEY_SIZE);
                Keyring restored = VaultedKeys.restore(
                        header, vault, device, deviceKey, options.keySource().policy(), this::wrappingKey)) {
            Keyring keyring = restored.withSeenVault(seen);
            entrance.files().save(keyring, keys);
            return keyring;
        }
    }

    /** The first of a device that is new to an account that forgets. */
    private WrappingKey wrappingKey() {
        return new WrappingKey(
                options.keySource().next(options.random()), options.clock().instant());
    }

    private Session session(DeviceId device, Secrets keys) throws PychatException, InterruptedException {
        try {
            return entrance.ask(
                    Session.class,
                    id -> new LogIn(id, entrance.user(), device, Entrance.credential(keys.loginSecret())));
        } catch (FailureException e) {
            throw e.code() == ErrorCode.BAD_CREDENTIALS ? wrongPair() : e;
        }
    }

    private Session sessionAfterChange(DeviceId device, Secrets keys) throws PychatException, InterruptedException {
        try {
            return session(device, keys);
        } catch (BadCredentialsException e) {
            throw new BadCredentialsException(
                    "there is no account with this user name and the new passphrase: either that is"
                            + " another one, or the account was deleted, on another device or by whoever runs the server, and this"
                            + " device's keys are of no use any more; nothing was changed here");
        }
    }

    private static BadCredentialsException wrongPair() {
        return new BadCredentialsException("there is no account with this user name and passphrase");
    }
}
