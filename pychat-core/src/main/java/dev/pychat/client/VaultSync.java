package dev.pychat.client;

import dev.pychat.keyring.Keyring;
import dev.pychat.keyring.RetiredKeys;
import dev.pychat.keyring.SeenVault;
import dev.pychat.keyring.UnreadableException;
import dev.pychat.keyring.Vault;
import dev.pychat.keyring.VaultEntry;
import dev.pychat.keyring.VaultMerge;
import dev.pychat.keyring.VaultedKeys;
import dev.pychat.model.Bytes;
import dev.pychat.model.PychatException;
import dev.pychat.model.Realm;
import dev.pychat.model.Username;
import dev.pychat.store.StoreException;
import dev.pychat.wire.ErrorCode;
import dev.pychat.wire.Ok;
import dev.pychat.wire.VaultGet;
import dev.pychat.wire.VaultIs;
import dev.pychat.wire.VaultPut;
import java.util.ArrayList;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Brings this device and the account's vault on the server to the same state (ENVELOPE.md, section 14): takes what the vault
 * has beyond this device, and puts what this device has beyond the vault. A vault older than one already seen, or of another line, is told of, and
 * followed by a newer one with everything that this device knows.
 *
 * <p>Every method waits for the server and runs on a thread that may. One at a time for each account.
 */
final class VaultSync {

    /** The code of a refusal of what the server gives as the vault; the person has been told. */
    static final String ROLLED_BACK = "vault_rolled_back";

    private static final Logger LOG = LoggerFactory.getLogger(VaultSync.class);
    private static final int MOST_TRIES = 8;
    private static final Vault NOTHING = new Vault(1, Vault.NO_PREDECESSOR, List.of());

    private final ClientOptions options;
    private final OwnKeys keys;
    private final VaultedPins pins;
    private final ServerWord settings;
    private final Listeners listeners;
    private long named;
    private final VaultMerge merge = new VaultMerge((entry, one, other) -> PinMerge.lessTrusting(one, other));

    VaultSync(ClientOptions options, OwnKeys keys, VaultedPins pins, ServerWord settings, Listeners listeners) {
        this.options = options;
        this.keys = keys;
        this.pins = pins;
        this.settings = settings;
        this.listeners = listeners;
    }

    /** A vault as the server has it; version 0 where there is none. */
    record Stored(long version, Bytes sealed) {

        static Stored of(VaultIs answer) {
            return new Stored(answer.version(), answer.vault());
        }

        boolean isNone() {
            return version == 0;
        }

        /** Whether it is one that was seen, or came after it. */
        boolean isFollowing(SeenVault before) {
            return version() > before.version() || version() == before.version() && !isNone() && seen().equals(before);
        }

        SeenVault seen() {
            return isNone() ? SeenVault.NONE : new SeenVault(version, Vault.hash(sealed));
        }
    }

    /** Asks the server for the vault. */
    static Stored fetch(Link link, ClientOptions options) throws PychatException, InterruptedException {
        return Stored.of(Answers.get(link.ask(VaultIs.class, VaultGet::new), options.requestTimeout()));
    }

    /** Opens a vault that the server gave; its own word about the version must be the server's. */
    static Vault open(Stored stored, Realm realm, Username user, Secrets secrets) throws PychatException {
        boolean recovery = secrets.recovery().isPresent();
        if (Vault.needsRecoverySecret(stored.sealed()) != recovery) {
            throw recovery ? RecoverySecretException.unprotected(user) : RecoverySecretException.missing(user);
        }
        Vault vault;
        try {
            vault = Vault.open(secrets.vaultKey(), realm, user, stored.sealed());
        } catch (UnreadableException e) {
            boolean wrong = recovery && e.reason() == UnreadableException.Reason.WRONG_KEY;
            throw wrong ? RecoverySecretException.wrong(user) : e;
        }
        if (vault.version() != stored.version()) {
            vault.close();
            throw UnreadableException.otherVersion(stored.version(), vault.version());
        }
        return vault;
    }

    /**
     * Messages that this account has signed name a version of its vault. If the server has no such one, this device tells so, and has
     * nothing more to do with the server's vault until it has.
     */
    void require(Link link, long version) throws PychatException, InterruptedException {
        if (keys.keyring().seenVault().version() >= version) {
            return;
        }
        Stored stored = fetch(link, options);
        if (stored.version() >= version) {
            sync(link);
        } else if (version > named) {
            named = version;
            listeners.notice(older(stored));
        }
    }

    private String older(Stored stored) {
        return "VAULT_ROLLED_BACK: the server gave version " + stored.version()
                + " of this account's vault, and messages that this account has sent name version " + named
                + ". This device does not believe what the old one says of others where those messages say something else;"
                + " distrust the server, or ask whoever runs it what was lost";
    }

    /** Takes what the vault has beyond this device. What this device has beyond the vault is put by the {@link #sync} that follows. */
    void pull(Link link) throws PychatException, InterruptedException {
        Stored stored = fetch(link, options);
        if (!stored.isNone() && stored.version() >= named) {
            try (Vault theirs = open(stored)) {
                take(theirs);
            }
        }
    }

    /** Both know the same when this returns. */
    void sync(Link link) throws PychatException, InterruptedException {
        for (int tries = 1; ; tries++) {
            Stored stored = fetch(link, options);
            if (stored.version() < named) {
                throw new RefusedException(ROLLED_BACK, older(stored));
            }
            boolean older = isOlder(stored);
            if (older) {
                listeners.notice(rolledBack(stored));
            }
            try (Vault theirs = stored.isNone() ? NOTHING : open(stored)) {
                boolean another = !older && tellsOfAnotherLine(theirs);
                take(theirs);
                List<VaultEntry> all = merged(theirs);
                if (!older && !another && !stored.isNone() && all.equals(theirs.entries())) {
                    all.forEach(entry -> entry.value().close());
                    seen(stored.seen());
                    return;
                }
                if (put(link, stored, older, all)) {
                    return;
                }
            }
            if (tries == MOST_TRIES) {
                throw new RefusedException(
                        ErrorCode.VAULT_CONFLICT.code(),
                        "the vault was changed by another device each time that this one wanted to");
            }
        }
    }

    private Vault open(Stored stored) throws PychatException {
        Keyring keyring = keys.keyring();
        return open(stored, keyring.realm(), keyring.username(), keys.secrets());
    }

    private boolean isOlder(Stored stored) {
        SeenVault seen = keys.keyring().seenVault();
        return stored.version() < seen.version()
                || stored.version() == seen.version() && !stored.seen().equals(seen);
    }

    private String rolledBack(Stored stored) {
        return "VAULT_ROLLED_BACK: the server gave version " + stored.version()
                + " of this account's vault, this device has seen version "
                + keys.keyring().seenVault().version()
                + " or another one with the same number. Nothing is lost here; distrust the server, or ask whoever"
                + " runs it whether a backup was restored";
    }

    /** Whether it follows another vault than the one that was seen; the person is told. */
    private boolean tellsOfAnotherLine(Vault theirs) {
        SeenVault seen = keys.keyring().seenVault();
        if (theirs.mayFollow(seen)) {
            return false;
        }
        listeners.notice(otherLine(theirs, seen));
        return true;
    }

    private static String otherLine(Vault theirs, SeenVault seen) {
        return "VAULT_ROLLED_BACK: version " + theirs.version()
                + " of this account's vault, which the server gave, does not"
                + " follow the version " + seen.version()
                + " that this device has seen, but another one with the same number. Nothing is lost here; distrust the"
                + " server, or ask whoever runs it whether a backup was restored";
    }

    /** What a keyring, this device's pins and what is set put into a vault or a backup; to be closed by the caller. */
    List<VaultEntry> own(Keyring keyring) throws StoreException {
        List<VaultEntry> own = new ArrayList<>(VaultedKeys.of(keyring));
        own.addAll(pins.entries());
        own.addAll(settings.vaulted());
        return own;
    }

    /** Takes what a backup of this account has beyond this device: keys that open old messages, and pins. */
    void takeBackup(Vault backup) throws PychatException {
        try (Vault opening = VaultedKeys.openingKeys(backup, keys.keyring())) {
            keys.change(present -> taken(present, opening));
        }
        pins.takeBackup(backup);
        settings.take(backup);
        pins.keysCame();
    }

    private void take(Vault theirs) throws PychatException {
        if (!theirs.entries().isEmpty()) {
            Keyring before = keys.keyring();
            if (keys.change(present -> taken(present, theirs)) != before) {
                pins.keysCame();
            }
            pins.take(theirs);
            settings.take(theirs);
        }
    }

    /** The present keyring itself, where the vault has nothing beyond it. */
    private Keyring taken(Keyring present, Vault theirs) throws PychatException {
        Keyring joined = VaultedKeys.join(
                present, theirs, options.keySource().policy(), options.clock().instant());
        if (joined.holdsTheSameKeysAs(present)) {
            joined.close();
            return present;
        }
        return joined;
    }

    private List<VaultEntry> merged(Vault theirs) throws StoreException {
        List<VaultEntry> own = own(keys.keyring());
        try {
            return RetiredKeys.retire(merge.merge(theirs.entries(), own));
        } finally {
            own.forEach(entry -> entry.value().close());
        }
    }

    /** The vault that is to follow the stored one when the passphrase changes: what both know, with the keys of the next keyring. */
    Next following(Link link, Keyring next, Secrets secrets) throws PychatException, InterruptedException {
        Stored stored = fetch(link, options);
        SeenVault before = isOlder(stored) ? keys.keyring().seenVault() : stored.seen();
        List<VaultEntry> own = own(next);
        try (Vault theirs = stored.isNone() ? NOTHING : open(stored);
                Vault vault = next(before, RetiredKeys.retire(merge.merge(theirs.entries(), own)))) {
            if (!isOlder(stored) && tellsOfAnotherLine(theirs)) {
                LOG.debug("the passphrase is changed on top of what both lines hold");
            }
            Bytes sealed = seal(vault, secrets);
            return new Next(stored.version(), vault.version(), sealed);
        } finally {
            own.forEach(entry -> entry.value().close());
        }
    }

    /**
     * A vault to be put.
     *
     * @param previous the version that it replaces at the server
     * @param version its own
     * @param sealed its sealed form
     */
    record Next(long previous, long version, Bytes sealed) {
        SeenVault seen() {
            return new SeenVault(version, Vault.hash(sealed));
        }
    }

    private boolean put(Link link, Stored stored, boolean older, List<VaultEntry> all)
            throws PychatException, InterruptedException {
        SeenVault before = older ? keys.keyring().seenVault() : stored.seen();
        long version = before.version() + 1;
        Bytes sealed;
        try (Vault next = next(before, all)) {
            sealed = seal(next, keys.secrets());
        }
        try {
            Answers.get(
                    link.ask(
                            Ok.class,
                            id -> new VaultPut(
                                    id, Entrance.credential(keys.loginSecret()), stored.version(), version, sealed)),
                    options.requestTimeout());
        } catch (FailureException e) {
            if (e.code() == ErrorCode.VAULT_CONFLICT) {
                return false;
            }
            throw e;
        }
        seen(new SeenVault(version, Vault.hash(sealed)));
        return true;
    }

    private Bytes seal(Vault vault, Secrets secrets) {
        Keyring keyring = keys.keyring();
        boolean recovery = secrets.recovery().isPresent();
        return vault.seal(secrets.vaultKey(), recovery, keyring.realm(), keyring.username(), options.random());
    }

    /** The vault that follows, of entries that it takes over; they are erased if it would be too large for the server. */
    private Vault next(SeenVault before, List<VaultEntry> entries) throws RefusedException {
        long size = Vault.sealedSize(keys.keyring().username(), entries);
        if (size > Vault.MAX_SIZE || entries.size() > Vault.MAX_ENTRIES) {
            entries.forEach(entry -> entry.value().close());
            throw new RefusedException(
                    "vault_full",
                    "the account's vault is full: with what is new it would have " + size + " bytes and "
                            + entries.size() + " entries, allowed are " + Vault.MAX_SIZE + " and " + Vault.MAX_ENTRIES
                            + ". New keys, and whom you get to know, stay on this device and don't get to your other"
                            + " ones; make a backup, which takes them along");
        }
        return new Vault(before.version() + 1, before.hash(), entries);
    }

    private void seen(SeenVault vault) throws PychatException {
        keys.change(present -> present.seenVault().equals(vault) ? present : present.withSeenVault(vault));
    }
}
