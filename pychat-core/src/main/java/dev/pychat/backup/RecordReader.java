package dev.pychat.backup;

import dev.pychat.crypto.open.BinaryReader;
import dev.pychat.crypto.open.MalformedException;
import dev.pychat.crypto.open.Sha256;
import dev.pychat.crypto.secret.RecoverySecret;
import dev.pychat.crypto.secret.SecretBytes;
import dev.pychat.keyring.SeenVault;
import dev.pychat.keyring.UnreadableException;
import dev.pychat.keyring.Vault;
import dev.pychat.keyring.VaultEntry;
import dev.pychat.model.Bytes;
import dev.pychat.model.Position;
import dev.pychat.model.PychatException;
import dev.pychat.model.Realm;
import dev.pychat.model.Username;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads the records of a backup in the one order that they may have. Used once, by one thread. */
final class RecordReader {

    private final ChunkReader chunks;
    private final BackupHistory history;
    private final List<VaultEntry> entries = new ArrayList<>();
    private final Set<Username> peers = new HashSet<>();
    private @Nullable Account account;
    private Optional<RecoverySecret> recovery = Optional.empty();
    private Position next = Position.NONE;
    private Position last = Position.NONE;

    /** Whose backup it is. */
    record Account(Realm realm, Username user, Instant made, SeenVault seen) {}

    RecordReader(ChunkReader chunks, BackupHistory history) {
        this.chunks = chunks;
        this.history = history;
    }

    /** Reads to the end; gives whose it is. */
    Account read() throws IOException, PychatException {
        Optional<byte[]> content = chunks.next();
        while (content.isPresent()) {
            try {
                read(new BinaryReader("backup", Bytes.adopt(content.get())));
            } catch (MalformedException | IllegalArgumentException e) {
                // It was authentic, so its writer was wrong; and it is secret, so no cause goes along.
                throw senseless();
            } finally {
                Arrays.fill(content.get(), (byte) 0);
            }
            content = chunks.next();
        }
        if (account == null || last.isMessage()) {
            throw senseless();
        }
        return account;
    }

    /** The recovery secret, if there is one, the caller's to close. */
    Optional<RecoverySecret> recovery() {
        return recovery;
    }

    /** Erases what was read of secrets. */
    void erase() {
        entries.forEach(entry -> entry.value().close());
        recovery.ifPresent(RecoverySecret::close);
    }

    /** The entries that were read, the caller's to close. */
    List<VaultEntry> entries() {
        return entries;
    }

    private void read(BinaryReader in) throws PychatException {
        while (in.remaining() > 0) {
            int type = in.u16("type");
            BinaryReader value = new BinaryReader("backup", in.bytes32("record", ChunkWriter.MAX));
            switch (type) {
                case BackupRecord.ACCOUNT -> account(value);
                case BackupRecord.ENTRY -> entry(value);
                case BackupRecord.CONVERSATION -> conversation(value);
                case BackupRecord.MESSAGE -> message(value);
                case BackupRecord.RECOVERY_SECRET -> recoverySecret(value);
                default -> value.raw("unknown record", value.remaining());
            }
            value.end();
        }
    }

    private void account(BinaryReader in) throws PychatException {
        require(account == null);
        Realm realm = new Realm(copy(in.raw("realm", Realm.SIZE)));
        Username user = in.username("user name");
        Instant made = in.time("made");
        long version = in.u64("vault version");
        account = new Account(realm, user, made, new SeenVault(version, copy(in.raw("vault hash", Sha256.SIZE))));
    }

    private void entry(BinaryReader in) throws PychatException {
        require(account != null && peers.isEmpty() && entries.size() < Vault.MAX_ENTRIES);
        VaultEntry entry = VaultEntry.read(in);
        entries.add(entry);
        int count = entries.size();
        require(count < 2 || entries.get(count - 2).compareTo(entry) < 0);
    }

    private void recoverySecret(BinaryReader in) throws PychatException {
        require(account != null && peers.isEmpty() && recovery.isEmpty());
        byte[] bytes = in.raw("recovery secret", RecoverySecret.SIZE).toArray();
        try (SecretBytes secret = SecretBytes.adopt(bytes)) {
            recovery = Optional.of(RecoverySecret.of(secret));
        }
    }

    private void conversation(BinaryReader in) throws PychatException {
        require(account != null && !last.isMessage());
        Username peer = in.username("peer");
        next = new Position(in.u64("first position"));
        last = new Position(in.u64("last position"));
        require(next.isMessage() && !next.isAfter(last) && peers.add(peer));
        history.conversation(peer, next, last);
    }

    private void message(BinaryReader in) throws PychatException {
        BackupMessage message = BackupMessage.read(in);
        require(last.isMessage() && message.position().equals(next));
        if (next.equals(last)) {
            last = Position.NONE;
        } else {
            next = next.next();
        }
        history.message(message);
    }

    private static void require(boolean holds) throws UnreadableException {
        if (!holds) {
            throw senseless();
        }
    }

    private static Bytes copy(Bytes part) {
        return Bytes.adopt(part.toArray());
    }

    private static UnreadableException senseless() {
        return ChunkReader.damaged("it was sealed with a content that makes no sense");
    }
}
