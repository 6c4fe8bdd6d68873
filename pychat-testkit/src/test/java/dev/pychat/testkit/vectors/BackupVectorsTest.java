package dev.pychat.testkit.vectors;

import static dev.pychat.testkit.vectors.Vectors.hex;
import static dev.pychat.testkit.vectors.Vectors.string;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.gson.JsonObject;
import dev.pychat.backup.Backup;
import dev.pychat.backup.BackupHistory;
import dev.pychat.backup.BackupMessage;
import dev.pychat.backup.BackupWriter;
import dev.pychat.crypto.open.PasswordCost;
import dev.pychat.crypto.secret.Passphrase;
import dev.pychat.crypto.secret.RecoverySecret;
import dev.pychat.crypto.secret.SecretBytes;
import dev.pychat.keyring.SeenVault;
import dev.pychat.keyring.UnreadableException;
import dev.pychat.keyring.VaultEntry;
import dev.pychat.model.Bytes;
import dev.pychat.model.Position;
import dev.pychat.model.Realm;
import dev.pychat.model.Username;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** Backups of the second implementation: what is read out of them, that ours has the same bytes, and each damage. */
class BackupVectorsTest {

    static final String RESOURCE = "/dev/pychat/testkit/vectors/backups.json";

    static final PasswordCost CHEAP = new PasswordCost(64, 1, 1);

    private static final JsonObject ALL = Vectors.load(RESOURCE);
    private static final JsonObject CONTENT = ALL.getAsJsonObject("content");

    @TestFactory
    Stream<DynamicTest> backupIsReadAndHoldsWhatTheVectorsSay() {
        return Vectors.objects(ALL.getAsJsonArray("backups")).stream()
                .map(each -> DynamicTest.dynamicTest(string(each, "what"), () -> assertHolds(each)));
    }

    @TestFactory
    Stream<DynamicTest> oursHasTheSameBytes() {
        // The other one ends its chunks elsewhere, and has records of a type that we don't write.
        return Stream.of(Vectors.objects(ALL.getAsJsonArray("backups")).get(0))
                .map(each -> DynamicTest.dynamicTest(string(each, "what"), () -> assertWrittenAlike(each)));
    }

    @TestFactory
    Stream<DynamicTest> damagedBackupIsRefusedForItsReason() {
        return Vectors.objects(ALL.getAsJsonArray("damaged")).stream()
                .map(each -> DynamicTest.dynamicTest(
                        string(each, "what"),
                        () -> assertThatThrownBy(() -> open(each).close())
                                .isInstanceOfSatisfying(
                                        UnreadableException.class,
                                        e -> assertThat(e.reason()).isEqualTo(reason(string(each, "reason"))))));
    }

    private static UnreadableException.Reason reason(String named) {
        return UnreadableException.Reason.valueOf(named.toUpperCase(Locale.ROOT).replace(' ', '_'));
    }

    static Backup open(JsonObject vector) throws Exception {
        byte[] bytes = hex(vector, "file").toArray();
        try (Passphrase passphrase = Passphrase.of(string(vector, "passphrase").toCharArray())) {
            return Backup.open(() -> new ByteArrayInputStream(bytes), passphrase, CHEAP);
        }
    }

    private static void assertHolds(JsonObject vector) throws Exception {
        List<JsonObject> entries = Vectors.objects(CONTENT.getAsJsonArray("entries"));
        List<JsonObject> messages = Vectors.objects(conversation().getAsJsonArray("messages"));
        Read read = new Read();
        try (Backup backup = open(vector)) {
            assertThat(backup.realm()).isEqualTo(new Realm(hex(CONTENT, "realm")));
            assertThat(backup.user()).isEqualTo(new Username(string(CONTENT, "user")));
            assertThat(backup.made()).isEqualTo(Vectors.time(CONTENT, "made"));
            assertThat(backup.seenVault())
                    .isEqualTo(new SeenVault(CONTENT.get("vaultVersion").getAsLong(), hex(CONTENT, "vaultHash")));
            try (RecoverySecret secret = backup.recoverySecret().orElseThrow();
                    SecretBytes expected =
                            SecretBytes.adopt(hex(CONTENT, "recoverySecret").toArray())) {
                assertThat(secret).isEqualTo(RecoverySecret.of(expected));
            }
            assertThat(backup.keys().entries()).hasSameSizeAs(entries);
            for (int i = 0; i < entries.size(); i++) {
                assertAlike(backup.keys().entries().get(i), entries.get(i));
            }
            backup.read(read);
        }
        assertThat(read.messages).hasSameSizeAs(messages);
        for (int i = 0; i < messages.size(); i++) {
            assertThat(read.messages.get(i).position().value())
                    .isEqualTo(messages.get(i).get("position").getAsLong());
        }
    }

    private static JsonObject conversation() {
        return CONTENT.getAsJsonArray("conversations").get(0).getAsJsonObject();
    }

    private static void assertAlike(VaultEntry entry, JsonObject vector) {
        assertThat(entry.type()).isEqualTo(vector.get("type").getAsInt());
        assertThat(entry.key()).isEqualTo(hex(vector, "key"));
        assertThat(entry.counter()).isEqualTo(vector.get("counter").getAsLong());
        assertThat(entry.tombstone()).isEqualTo(vector.get("tombstone").getAsInt() == 1);
        Bytes value = entry.value().reveal(Bytes::copyOf);
        assertThat(value).isEqualTo(hex(vector, "value"));
    }

    private static void assertWrittenAlike(JsonObject vector) throws Exception {
        ScriptedRandom random = new ScriptedRandom().then(hex(vector, "salt"));
        for (JsonObject chunk : Vectors.objects(vector.getAsJsonArray("chunks"))) {
            random.then(hex(chunk, "salt"));
        }
        Read read = new Read();
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (Backup backup = open(vector);
                Passphrase passphrase =
                        Passphrase.of(string(vector, "passphrase").toCharArray());
                BackupWriter writer = BackupWriter.begin(out, passphrase, CHEAP, random)) {
            writer.account(
                    backup.realm(),
                    backup.user(),
                    backup.made(),
                    backup.seenVault(),
                    backup.keys().entries());
            try (RecoverySecret secret = backup.recoverySecret().orElseThrow()) {
                writer.recoverySecret(secret);
            }
            backup.read(read);
            writer.conversation(read.peer, read.first, read.last);
            for (BackupMessage message : read.messages) {
                writer.message(message);
            }
            writer.finish();
        }
        assertThat(Bytes.adopt(out.toByteArray())).isEqualTo(hex(vector, "file"));
    }

    /** What one backup with one conversation holds. */
    private static final class Read implements BackupHistory {
        private final List<BackupMessage> messages = new ArrayList<>();
        private Username peer = new Username("nobody");
        private Position first = Position.NONE;
        private Position last = Position.NONE;

        @Override
        public void conversation(Username with, Position from, Position to) {
            peer = with;
            first = from;
            last = to;
        }

        @Override
        public void message(BackupMessage message) {
            messages.add(message);
        }
    }
}
