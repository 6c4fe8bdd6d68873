package dev.pychat.keyring;

import dev.pychat.crypto.open.BinaryReader;
import dev.pychat.crypto.open.BinaryWriter;
import dev.pychat.crypto.open.Label;
import dev.pychat.crypto.open.MalformedException;
import dev.pychat.crypto.open.Sha256;
import dev.pychat.crypto.secret.SealedBox;
import dev.pychat.crypto.secret.SecretBytes;
import dev.pychat.crypto.secret.UnsealException;
import dev.pychat.keyring.UnreadableException.Reason;
import dev.pychat.model.Bytes;
import dev.pychat.model.Realm;
import dev.pychat.model.Username;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * The sealed copy of an account's keys and pins that lives on the server, which can neither read nor alter it:
 *
 * <pre>
 * sealed  = header | sealed box (purpose "vault", context = header) of content
 * header  = label "vault" | u8 format = 1, or 2 if the recovery secret is in the key | realm(16) | u8 length, user name | u64 version | predecessor's hash(32)
 * content = u32 n, n times (u16 type | u8 length, key | u64 counter | u8 tombstone | u32 length, value)
 * </pre>
 *
 * <p>The hash of a vault is SHA-256(label "vault hash" | sealed). Immutable and thread-safe. Closing erases the values.
 *
 * @param version 1 for the first, growing by one
 * @param predecessor the hash of the vault before, 32 bytes; zero for the first
 * @param entries ascending by type and key, each pair once, at most {@value #MAX_ENTRIES}
 */
public record Vault(long version, Bytes predecessor, List<VaultEntry> entries) implements AutoCloseable {

    /** The most bytes of a sealed vault: 960 KiB, so that it travels in one frame. */
    public static final int MAX_SIZE = 960 << 10;

    /** The most entries. */
    public static final int MAX_ENTRIES = 10_000;

    /** The predecessor of the first vault: 32 zero bytes. */
    public static final Bytes NO_PREDECESSOR = Bytes.adopt(new byte[Sha256.SIZE]);

    private static final int FORMAT = 1;
    private static final int WITH_RECOVERY_SECRET = 2;

    /**
     * Checks the limits.
     *
     * @param version 1 for the first, growing by one
     * @param predecessor the hash of the vault before, 32 bytes; zero for the first
     * @param entries ascending by type and key, each pair once, at most {@value #MAX_ENTRIES}
     * @throws IllegalArgumentException if a component is outside its limits
     */
    public Vault {
        entries = List.copyOf(entries);
        if (version < 1 || predecessor.size() != Sha256.SIZE || entries.size() > MAX_ENTRIES) {
            throw new IllegalArgumentException("vault: version " + version + ", predecessor of " + predecessor.size()
                    + " bytes, " + entries.size() + " entries");
        }
        if (predecessor.equals(NO_PREDECESSOR) != (version == 1)) {
            throw new IllegalArgumentException("vault: the first and no other is without predecessor");
        }
        for (int i = 1; i < entries.size(); i++) {
            if (entries.get(i - 1).compareTo(entries.get(i)) >= 0) {
                throw new IllegalArgumentException("vault: the entries are not in ascending order");
            }
        }
    }

    /**
     * How large a vault with certain entries is when it is sealed.
     *
     * @param username the account
     * @param entries the entries
     * @return its size in bytes, which may be more than {@link #MAX_SIZE}
     */
    public static long sealedSize(Username username, List<VaultEntry> entries) {
        long header = Label.VAULT.bytes().size()
                + 1L
                + Realm.SIZE
                + 1
                + username.value().length()
                + Long.BYTES
                + Sha256.SIZE;
        long content =
                Integer.BYTES + entries.stream().mapToLong(VaultEntry::size).sum();
        return header + content + SealedBox.OVERHEAD;
    }

    /**
     * Seals this vault.
     *
     * @param key the vault key
     * @param withRecoverySecret whether a recovery secret is mixed into the key, which the vault says in clear
     * @param realm the server's realm
     * @param username the account
     * @param random the source of the box's salt
     * @return the sealed vault
     * @throws IllegalArgumentException if it would have more than {@link #MAX_SIZE} bytes
     */
    public Bytes seal(
            SecretBytes key, boolean withRecoverySecret, Realm realm, Username username, SecureRandom random) {
        Bytes header = header(withRecoverySecret ? WITH_RECOVERY_SECRET : FORMAT, realm, username);
        try (BinaryWriter content = new BinaryWriter()) {
            content.u32(entries.size());
            entries.forEach(entry -> entry.write(content));
            if (header.size() + content.size() + SealedBox.OVERHEAD > MAX_SIZE) {
                throw new IllegalArgumentException("vault: " + content.size() + " bytes, allowed are " + MAX_SIZE);
            }
            byte[] plaintext = content.toArray();
            try {
                return Bytes.concat(header, SealedBox.seal(Label.VAULT, key, header, plaintext, random));
            } finally {
                Arrays.fill(plaintext, (byte) 0);
            }
        }
    }

    /**
     * Opens a vault.
     *
     * @param key the vault key
     * @param realm the server's realm
     * @param username the account
     * @param sealed the sealed vault; anything at all may be given
     * @return the vault, to be closed by the caller; whether its version is new enough is for the caller to judge
     * @throws UnreadableException if the key is another one, it is another account's, damaged, or of a newer format
     */
    public static Vault open(SecretBytes key, Realm realm, Username username, Bytes sealed) throws UnreadableException {
        try {
            BinaryReader in = BinaryReader.limited("vault", sealed, MAX_SIZE);
            in.expect(Label.VAULT);
            requireFormat(in.u8("format"));
            boolean ours = in.raw("realm", Realm.SIZE).equals(realm.value());
            if (!in.username("user name").equals(username) || !ours) {
                throw new UnreadableException(Reason.DAMAGED, "this vault belongs to another account");
            }
            long version = in.u64("version");
            Bytes predecessor = in.raw("predecessor", Sha256.SIZE);
            Bytes header = sealed.slice(0, in.position());
            byte[] content = SealedBox.open(Label.VAULT, key, header, in.raw("box", in.remaining()));
            return read(version, predecessor, content);
        } catch (UnsealException e) {
            boolean wrongKey = e.reason() == UnsealException.Reason.WRONG_KEY;
            throw new UnreadableException(
                    wrongKey ? Reason.WRONG_KEY : Reason.DAMAGED, "this vault is " + e.getMessage(), e);
        } catch (MalformedException e) {
            throw new UnreadableException(Reason.DAMAGED, "this vault is damaged: " + e.getMessage(), e);
        }
    }

    /**
     * Whether a sealed vault says that a recovery secret is in its key. It is to be believed when the vault has been opened.
     *
     * @param sealed what should be a sealed vault; anything at all may be given
     * @return true if a recovery secret is needed to open it
     */
    public static boolean needsRecoverySecret(Bytes sealed) {
        int at = Label.VAULT.bytes().size();
        return sealed.size() > at && sealed.at(at) == WITH_RECOVERY_SECRET;
    }

    /**
     * The hash by which a vault's successor names it.
     *
     * @param sealed a sealed vault
     * @return 32 bytes
     */
    public static Bytes hash(Bytes sealed) {
        return Sha256.of(Label.VAULT_HASH, sealed);
    }

    /**
     * A second owner's copy.
     *
     * @return the same vault, to be closed on its own
     * @throws IllegalStateException if this has been closed
     */
    public Vault copy() {
        return new Vault(
                version, predecessor, entries.stream().map(VaultEntry::copy).toList());
    }

    @Override
    public void close() {
        entries.forEach(entry -> entry.value().close());
    }

    private Bytes header(int format, Realm realm, Username username) {
        try (BinaryWriter header = new BinaryWriter(Label.VAULT)) {
            return header.u8(format)
                    .raw(realm.value())
                    .username(username)
                    .u64(version)
                    .raw(predecessor)
                    .toBytes();
        }
    }

    private static void requireFormat(int format) throws UnreadableException {
        if (format != FORMAT && format != WITH_RECOVERY_SECRET) {
            throw new UnreadableException(
                    Reason.NEWER_VERSION,
                    "this vault has format " + format + ", this program knows up to " + WITH_RECOVERY_SECRET);
        }
    }

    private static Vault read(long version, Bytes predecessor, byte[] content) throws MalformedException {
        BinaryReader in = new BinaryReader("vault", Bytes.adopt(content));
        try {
            long count = in.u32("number of entries");
            if (count > MAX_ENTRIES) {
                throw in.malformed(count + " entries");
            }
            List<VaultEntry> entries = new ArrayList<>();
            for (int i = 0; i < count; i++) {
                entries.add(VaultEntry.read(in));
            }
            in.end();
            return new Vault(version, predecessor, entries);
        } catch (IllegalArgumentException e) {
            throw in.malformed("an entry or version that makes no sense");
        } finally {
            Arrays.fill(content, (byte) 0);
        }
    }
}
