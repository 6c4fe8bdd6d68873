package dev.pychat.backup;

import dev.pychat.crypto.open.PasswordCost;
import dev.pychat.crypto.secret.ExportKey;
import dev.pychat.crypto.secret.Passphrase;
import dev.pychat.crypto.secret.RecoverySecret;
import dev.pychat.keyring.SeenVault;
import dev.pychat.keyring.UnreadableException;
import dev.pychat.keyring.UnreadableException.Reason;
import dev.pychat.keyring.Vault;
import dev.pychat.model.Bytes;
import dev.pychat.model.Position;
import dev.pychat.model.PychatException;
import dev.pychat.model.Realm;
import dev.pychat.model.Username;
import java.io.IOException;
import java.io.InputStream;
import java.time.Instant;
import java.util.Optional;

/**
 * A backup that was opened with its passphrase and is sound from its beginning to its end: nothing of it is missing, moved or altered.
 * Of its history nothing is held in memory.
 *
 * <p>Used by one thread at a time. Closing erases the keys.
 */
public final class Backup implements AutoCloseable {

    private final BackupSource source;
    private final Bytes header;
    private final ExportKey key;
    private final RecordReader.Account account;
    private final Vault vault;
    private final Optional<RecoverySecret> recovery;
    private final Count count;

    private Backup(
            BackupSource source,
            Bytes header,
            ExportKey key,
            RecordReader.Account account,
            Vault vault,
            Optional<RecoverySecret> recovery,
            Count count) {
        this.source = source;
        this.header = header;
        this.key = key;
        this.account = account;
        this.vault = vault;
        this.recovery = recovery;
        this.count = count;
    }

    /**
     * Opens a backup and goes through all of it.
     *
     * @param source where it comes from; anything at all may be there
     * @param passphrase the passphrase, which stays the caller's to close
     * @param floor the least cost that is accepted; a lower one is no backup that this library made
     * @return the backup, to be closed by the caller
     * @throws UnreadableException if the passphrase is another one, something is damaged, or a newer program wrote it
     * @throws IOException if it can't be read
     * @throws InterruptedException if the thread is interrupted while it waits for other derivations
     */
    public static Backup open(BackupSource source, Passphrase passphrase, PasswordCost floor)
            throws UnreadableException, IOException, InterruptedException {
        try (InputStream in = source.open()) {
            BackupHeader header = BackupHeader.read(in);
            if (!header.cost().atLeast(floor)) {
                throw ChunkReader.damaged("it names the cost " + header.cost() + " for its passphrase, the least that"
                        + " is accepted is " + floor);
            }
            ExportKey key = ExportKey.derive(passphrase, header.salt(), header.cost());
            boolean opened = false;
            try {
                Backup backup = open(source, in, header, key);
                opened = true;
                return backup;
            } finally {
                if (!opened) {
                    key.close();
                }
            }
        }
    }

    private static Backup open(BackupSource source, InputStream in, BackupHeader header, ExportKey key)
            throws UnreadableException, IOException {
        if (!key.isCommittedTo(header.commitment())) {
            throw new UnreadableException(
                    Reason.WRONG_KEY, "this backup does not open with this passphrase, or its first bytes are damaged");
        }
        Count count = new Count();
        RecordReader records = new RecordReader(new ChunkReader(in, header.encode(), key.key()), count);
        boolean sound = false;
        try {
            RecordReader.Account account = records.read();
            Vault vault = new Vault(1, Vault.NO_PREDECESSOR, records.entries());
            sound = true;
            return new Backup(source, header.encode(), key, account, vault, records.recovery(), count);
        } catch (UnreadableException e) {
            throw e;
        } catch (PychatException e) {
            throw new IllegalStateException("counting fails at nothing", e);
        } finally {
            if (!sound) {
                records.erase();
            }
        }
    }

    /**
     * The server whose account it is.
     *
     * @return the realm
     */
    public Realm realm() {
        return account.realm();
    }

    /**
     * The account.
     *
     * @return its name
     */
    public Username user() {
        return account.user();
    }

    /**
     * When it was made, by the clock of the device.
     *
     * @return the time
     */
    public Instant made() {
        return account.made();
    }

    /**
     * The newest vault that the device had seen.
     *
     * @return its version and hash
     */
    public SeenVault seenVault() {
        return account.seen();
    }

    /**
     * The account's keys and pins, as in a vault of which the version says nothing.
     *
     * @return them; this backup closes them
     */
    public Vault keys() {
        return vault;
    }

    /**
     * The account's recovery secret, where it had one.
     *
     * @return a copy, to be closed by the caller
     */
    public Optional<RecoverySecret> recoverySecret() {
        return recovery.map(RecoverySecret::copy);
    }

    /**
     * How many conversations it has.
     *
     * @return the number
     */
    public long conversations() {
        return count.conversations;
    }

    /**
     * How many messages it has.
     *
     * @return the number
     */
    public long messages() {
        return count.messages;
    }

    /**
     * Reads the history, in little memory.
     *
     * @param history who is told of it
     * @throws UnreadableException if it has become another one since it was opened
     * @throws PychatException what {@code history} threw
     * @throws IOException if it can't be read
     */
    public void read(BackupHistory history) throws PychatException, IOException {
        try (InputStream in = source.open()) {
            if (!BackupHeader.read(in).encode().equals(header)) {
                throw ChunkReader.damaged("it has become another one since it was opened");
            }
            RecordReader records = new RecordReader(new ChunkReader(in, header, key.key()), history);
            try {
                records.read();
            } finally {
                records.erase();
            }
        }
    }

    @Override
    public void close() {
        vault.close();
        recovery.ifPresent(RecoverySecret::close);
        key.close();
    }

    @Override
    public String toString() {
        return "backup of " + user() + " made " + made();
    }

    /** Counts what there is. */
    private static final class Count implements BackupHistory {
        private long conversations;
        private long messages;

        @Override
        public void conversation(Username peer, Position first, Position last) {
            conversations++;
        }

        @Override
        public void message(BackupMessage message) {
            messages++;
        }
    }
}
