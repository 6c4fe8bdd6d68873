package dev.pychat.backup;

import dev.pychat.crypto.SeededRandom;
import dev.pychat.crypto.open.PasswordCost;
import dev.pychat.crypto.secret.Passphrase;
import dev.pychat.crypto.secret.SecretBytes;
import dev.pychat.keyring.SeenVault;
import dev.pychat.keyring.VaultEntry;
import dev.pychat.model.Bytes;
import dev.pychat.model.EpochName;
import dev.pychat.model.MessageId;
import dev.pychat.model.Position;
import dev.pychat.model.Realm;
import dev.pychat.model.Username;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** A backup with something in each place, and what comes out of it again. */
final class TestBackups {

    static final PasswordCost CHEAP = new PasswordCost(8, 1, 1);
    static final Realm REALM = new Realm(Bytes.fromHex("00112233445566778899aabbccddeeff"));
    static final Username ANN = new Username("ann");
    static final Username BOB = new Username("bob");
    static final Username CAROL = new Username("carol");
    static final Instant NOW = Instant.parse("2026-11-22T12:00:00.123Z");
    static final SeenVault SEEN = new SeenVault(7, hash(7));
    static final List<VaultEntry> ENTRIES = List.of(
            new VaultEntry(1, Bytes.EMPTY, 2, false, SecretBytes.adopt(new byte[32])),
            new VaultEntry(5, Bytes.fromHex("61"), 3, false, SecretBytes.adopt(new byte[] {1, 2, 3})),
            new VaultEntry(60_000, Bytes.EMPTY, 0, true, SecretBytes.adopt(new byte[0])));

    private TestBackups() {}

    static Passphrase passphrase(String text) {
        try {
            return Passphrase.of(text.toCharArray());
        } catch (Exception e) {
            throw new AssertionError(e);
        }
    }

    /** What is written after the account. */
    interface Rest {
        void write(BackupWriter out) throws IOException;
    }

    static Bytes write(Rest rest) throws Exception {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (Passphrase passphrase = passphrase("a good passphrase");
                BackupWriter writer = BackupWriter.begin(out, passphrase, CHEAP, new SeededRandom(1))) {
            writer.account(REALM, ANN, NOW, SEEN, ENTRIES);
            rest.write(writer);
            writer.finish();
        }
        return Bytes.adopt(out.toByteArray());
    }

    /** Two conversations, one message of which did not open. */
    static Bytes small() throws Exception {
        return write(out -> {
            out.conversation(BOB, new Position(1), new Position(2));
            out.message(message(1, 20));
            out.message(unopened(2));
            out.conversation(CAROL, new Position(5), new Position(5));
            out.message(message(5, 0));
        });
    }

    /** One conversation whose messages fill several chunks. */
    static Bytes large(int messages) throws Exception {
        return write(out -> {
            out.conversation(BOB, new Position(1), new Position(messages));
            for (int i = 1; i <= messages; i++) {
                out.message(message(i, 30_000));
            }
        });
    }

    static BackupMessage message(long position, int size) {
        return new BackupMessage(
                new Position(position),
                new MessageId(hash(position).slice(0, MessageId.SIZE)),
                new EpochName(hash(9)),
                (int) position % 256,
                hash(position),
                hash(position + 1),
                Bytes.adopt(new byte[size]));
    }

    static BackupMessage unopened(long position) {
        BackupMessage opened = message(position, 11);
        return new BackupMessage(
                opened.position(), opened.id(), EpochName.NONE, -1, opened.envelopeHash(), Bytes.EMPTY, opened.entry());
    }

    static Bytes hash(long seed) {
        byte[] bytes = new byte[32];
        for (int i = 0; i < bytes.length; i++) {
            bytes[i] = (byte) (seed * 31 + i * 7L + 1);
        }
        return Bytes.adopt(bytes);
    }

    static Backup open(Bytes bytes) throws Exception {
        return open(bytes, "a good passphrase");
    }

    static Backup open(Bytes bytes, String words) throws Exception {
        try (Passphrase passphrase = passphrase(words)) {
            return Backup.open(() -> new ByteArrayInputStream(bytes.toArray()), passphrase, CHEAP);
        }
    }

    /** Notes what it is told. */
    static final class Notes implements BackupHistory {
        final List<String> conversations = new ArrayList<>();
        final List<BackupMessage> messages = new ArrayList<>();

        @Override
        public void conversation(Username peer, Position first, Position last) {
            conversations.add(peer + " " + first + " " + last);
        }

        @Override
        public void message(BackupMessage message) {
            messages.add(message);
        }
    }
}
