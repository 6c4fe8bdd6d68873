package dev.pychat.backup;

import dev.pychat.crypto.open.BinaryWriter;
import dev.pychat.crypto.open.PasswordCost;
import dev.pychat.crypto.secret.ExportKey;
import dev.pychat.crypto.secret.Passphrase;
import dev.pychat.crypto.secret.RecoverySecret;
import dev.pychat.crypto.secret.SecretBytes;
import dev.pychat.keyring.SeenVault;
import dev.pychat.keyring.VaultEntry;
import dev.pychat.model.Bytes;
import dev.pychat.model.Position;
import dev.pychat.model.Realm;
import dev.pychat.model.Username;
import java.io.IOException;
import java.io.OutputStream;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.Collection;

/**
 * Writes a backup as a stream: whose it is, then keys and pins, then one conversation after the other, then its end. Holds little of
 * it at a time. What was written without an end is no backup.
 *
 * <p>Confined to one thread. Closing erases the key and leaves the stream open.
 */
public final class BackupWriter implements AutoCloseable {

    private final ExportKey key;
    private final ChunkWriter chunks;

    private BackupWriter(ExportKey key, ChunkWriter chunks) {
        this.key = key;
        this.chunks = chunks;
    }

    /**
     * Begins one. It takes as long as the cost of the passphrase says.
     *
     * @param out where it goes; best a buffered stream
     * @param passphrase the passphrase, which stays the caller's to close
     * @param cost what one guess at it costs
     * @param random the source of all salts
     * @return what takes the rest
     * @throws IOException if the stream fails
     * @throws InterruptedException if the thread is interrupted while it waits for other derivations
     */
    public static BackupWriter begin(OutputStream out, Passphrase passphrase, PasswordCost cost, SecureRandom random)
            throws IOException, InterruptedException {
        Bytes salt = Bytes.random(random, ExportKey.SALT_SIZE);
        ExportKey key = ExportKey.derive(passphrase, salt, cost);
        boolean begun = false;
        try {
            Bytes header = new BackupHeader(salt, cost, key.commitment()).encode();
            out.write(header.toArray());
            begun = true;
            return new BackupWriter(key, new ChunkWriter(out, header, key.key(), random));
        } finally {
            if (!begun) {
                key.close();
            }
        }
    }

    /**
     * Whose it is, and what keys and pins the account has: the entries of a vault. Once, before everything else.
     *
     * @param realm the server's realm
     * @param user the account
     * @param made the present time
     * @param seen the newest vault that the device has seen
     * @param entries ascending by type and key, each pair once
     * @throws IOException if the stream fails
     */
    public void account(Realm realm, Username user, Instant made, SeenVault seen, Collection<VaultEntry> entries)
            throws IOException {
        chunks.record(
                BackupRecord.ACCOUNT,
                out -> out.raw(realm.value())
                        .username(user)
                        .time(made)
                        .u64(seen.version())
                        .raw(seen.hash()));
        for (VaultEntry entry : entries) {
            chunks.record(BackupRecord.ENTRY, entry::write);
        }
    }

    /**
     * The account's recovery secret, where it has one. Once, behind the account and before the conversations.
     *
     * @param secret the secret, which stays the caller's to close
     * @throws IOException if the stream fails
     */
    public void recoverySecret(RecoverySecret secret) throws IOException {
        try (SecretBytes bytes = secret.bytes()) {
            chunks.record(BackupRecord.RECOVERY_SECRET, out -> bytes.reveal(out::raw));
        }
    }

    /**
     * Begins a conversation; its messages follow, all of them.
     *
     * @param peer the other party, each once
     * @param first the position of the first message
     * @param last the position of the last one
     * @throws IOException if the stream fails
     */
    public void conversation(Username peer, Position first, Position last) throws IOException {
        chunks.record(
                BackupRecord.CONVERSATION,
                out -> out.username(peer).u64(first.value()).u64(last.value()));
    }

    /**
     * The next message of the conversation that was begun last.
     *
     * @param message the message, at the position behind the one before it
     * @throws IOException if the stream fails
     */
    public void message(BackupMessage message) throws IOException {
        chunks.record(BackupRecord.MESSAGE, (BinaryWriter out) -> message.write(out));
    }

    /**
     * Ends it. Only now it is a backup.
     *
     * @throws IOException if the stream fails
     */
    public void finish() throws IOException {
        chunks.finish();
    }

    @Override
    public void close() {
        chunks.close();
        key.close();
    }
}
