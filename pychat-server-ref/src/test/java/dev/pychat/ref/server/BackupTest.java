package dev.pychat.ref.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pychat.model.MessageId;
import dev.pychat.model.Position;
import dev.pychat.model.Username;
import dev.pychat.ref.server.control.ControlClient;
import dev.pychat.store.Submission;
import dev.pychat.store.directory.DirectoryServerStores;
import dev.pychat.testkit.server.RawClient;
import dev.pychat.testkit.server.RawLane;
import dev.pychat.testkit.store.Draw;
import dev.pychat.testkit.store.Talker;
import dev.pychat.wire.Message;
import dev.pychat.wire.Since;
import dev.pychat.wire.Submit;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The commands {@code backup} and {@code restore}. */
class BackupTest {

    private static final Username ALICE = new Username("alice");

    private final Draw draw = Draw.announced(getClass());
    private final CommandLineUnderTest commands = new CommandLineUnderTest();

    @TempDir
    Path directory;

    /** Sends one message after another, and remembers those of which it was told that they are kept. */
    private static final class Sending implements AutoCloseable {
        private final List<MessageId> accepted = new CopyOnWriteArrayList<>();
        private final Thread thread;
        private volatile boolean ending;

        Sending(RawClient alice) {
            RawLane lane = new RawLane(alice, "bob");
            thread = new Thread(() -> {
                while (!ending) {
                    Submit next = lane.next("m" + accepted.size());
                    lane.accepted(lane.begin(next));
                    accepted.add(next.mid());
                }
            });
            thread.start();
        }

        void until(int count) {
            while (accepted.size() < count) {
                assertThat(thread.isAlive()).isTrue();
                Thread.onSpinWait();
            }
        }

        @Override
        public void close() {
            ending = true;
            try {
                thread.join();
            } catch (InterruptedException e) {
                throw new AssertionError("interrupted while waiting for the sender", e);
            }
        }
    }

    @ParameterizedTest
    @CsvSource({"xodus,sqlite", "sqlite,xodus"})
    void backupTakenWhileClientsSendHoldsAllThatWasAcknowledgedBefore(String store, String restored) throws Exception {
        List<MessageId> before;
        List<MessageId> all;
        String fingerprint;
        try (Started server = Started.with(at("data"), Map.of(Setting.STORE, store))) {
            fingerprint = server.fingerprint();
            server.client().signUp("bob");
            RawClient alice = server.client();
            alice.signUp("alice");
            Sending sending = new Sending(alice);
            try (sending) {
                sending.until(30);
                before = List.copyOf(sending.accepted);
                commands.done("backup", "--data", at("data"), "--to", at("backup"));
                sending.until(sending.accepted.size() + 10);
            }
            all = sending.accepted;
        }
        assertThat(commands.out()).contains("accounts: 2", "conversations: 1", "store: " + store);
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(at("backup"))))
                .isEqualTo("rw-------");
        commands.done("restore", "--from", at("backup"), "--data", at("restored"), "--store", restored);
        commands.done("check", "--data", at("restored"));
        try (Started server = Started.with(at("restored"), Map.of(Setting.STORE, restored))) {
            assertThat(server.fingerprint()).isEqualTo(fingerprint);
            RawClient bob = server.client();
            bob.logIn("bob");
            List<MessageId> kept = messages(bob);
            assertThat(kept).startsWith(before.toArray(MessageId[]::new));
            assertThat(all).startsWith(kept.toArray(MessageId[]::new));
            RawClient alice = server.client();
            alice.logIn("alice");
            new RawLane(alice, "bob").send("goes on");
            assertThat(messages(bob)).hasSize(kept.size() + 1);
        }
    }

    private static List<MessageId> messages(RawClient bob) {
        List<MessageId> ids = new ArrayList<>();
        while (true) {
            Position after = new Position(ids.size());
            Message page = bob.ask(Message.class, id -> new Since(id, ALICE, after, 64));
            page.items().forEach(item -> ids.add(item.id()));
            if (!page.more()) {
                return ids;
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"xodus", "sqlite"})
    void restoredDirectoryHoldsTheSameRecords(String store) throws Exception {
        Started.with(at("data"), Map.of(Setting.STORE, store)).close();
        append(store, 500);
        String made = commands.done("backup", "--data", at("data"), "--to", at("one"));
        commands.done("restore", "--from", at("one"), "--data", at("restored"));
        assertThat(DataStores.present(at("restored")).name()).isEqualTo(store);
        String again = commands.done("backup", "--data", at("restored"), "--to", at("two"));
        assertThat(line(again, "sha256")).isEqualTo(line(made, "sha256"));
        assertThat(line(made, "messages")).isEqualTo("messages: 500");
        assertThat(Files.readAllBytes(at("restored").resolve("tls-key.pem")))
                .isEqualTo(Files.readAllBytes(at("data").resolve("tls-key.pem")));
    }

    /** A backup to which nobody listens must not hold up the end, nor leave the directory in use. */
    @ParameterizedTest
    @ValueSource(strings = {"xodus", "sqlite"})
    void serverThatIsToldToStopDoesNotWaitForABackup(String store) throws Exception {
        Started.with(at("data"), Map.of(Setting.STORE, store)).close();
        append(store, 5_000);
        Started server = Started.with(at("data"), Map.of(Setting.STORE, store));
        try (ControlClient nobody = ControlClient.connect(at("data")).orElseThrow()) {
            assertThat(nobody.ask("backup").exitCode()).isZero();
            assertThat(nobody.printed().read()).isPositive();
            long before = System.nanoTime();
            server.close();
            assertThat(System.nanoTime() - before).isLessThan(15_000_000_000L);
        }
        commands.done("stats", "--data", at("data"));
    }

    @Test
    void fileThatIsThereIsNeverReplaced() throws Exception {
        Started.on(at("data")).close();
        Files.writeString(at("backup"), "mine");
        String said =
                commands.fails(ExitCode.CANNOT_READ_OR_WRITE, "backup", "--data", at("data"), "--to", at("backup"));
        assertThat(said).contains(at("backup") + "", "something else is there already");
        assertThat(at("backup")).hasContent("mine");
        assertThat(at("backup.partial")).doesNotExist();
    }

    @Test
    void directoryThatIsNoneLeavesNoFile() throws Exception {
        String said =
                commands.fails(ExitCode.CANNOT_READ_OR_WRITE, "backup", "--data", at("none"), "--to", at("backup"));
        assertThat(said).contains(at("none") + " is no data directory");
        try (var files = Files.list(directory)) {
            assertThat(files).isEmpty();
        }
    }

    /** As where a server is about to start, or its directory's path is too long for a socket. */
    @Test
    void directoryInUseByWhoeverTakesNoCommandsIsRefused() throws Exception {
        Started.on(at("data")).close();
        try (DirectoryServerStores used = DataStores.kind("xodus").open(at("data"), new SecureRandom())) {
            assertThat(used.hasUsers()).isFalse();
            commands.fails(ExitCode.DATA_BUSY, "backup", "--data", at("data"), "--to", at("backup"));
        }
        assertThat(at("backup")).doesNotExist();
    }

    @Test
    void damagedRecordMakesNoBackup() throws Exception {
        dev.pychat.ref.server.store.DamagedAccount.in(at("data"));
        String said = commands.fails(ExitCode.DAMAGED, "backup", "--data", at("data"), "--to", at("backup"));
        assertThat(said).contains("there is no backup", "accounts", "damaged");
        try (var files = Files.list(directory)) {
            assertThat(files).containsExactly(at("data"));
        }
    }

    @Test
    void directoryThatHoldsSomethingIsNotRestoredInto() throws Exception {
        Started.on(at("data")).close();
        commands.done("backup", "--data", at("data"), "--to", at("backup"));
        String said =
                commands.fails(ExitCode.CANNOT_READ_OR_WRITE, "restore", "--from", at("backup"), "--data", at("data"));
        assertThat(said).contains("is not empty");
        commands.done("check", "--data", at("data"));
    }

    @Test
    void damagedBackupIsNotRestoredAndLeavesNoDirectory() throws Exception {
        Started.on(at("data")).close();
        commands.done("backup", "--data", at("data"), "--to", at("backup"));
        byte[] whole = Files.readAllBytes(at("backup"));
        for (int i = 0; i < 25; i++) {
            byte[] damaged = whole.clone();
            int at = i == 0 ? damaged.length - 1 : draw.below(damaged.length);
            damaged[at] ^= (byte) (1 << draw.below(8));
            Files.write(at("damaged"), damaged);
            ExitCode code = commands.run("restore", "--from", at("damaged"), "--data", at("restored"));
            assertThat(code).as("byte %s", at).isIn(ExitCode.DAMAGED, ExitCode.UNKNOWN_FORMAT);
            assertThat(at("restored")).doesNotExist();
        }
        Files.write(at("damaged"), java.util.Arrays.copyOf(whole, whole.length - 1 - draw.below(whole.length - 100)));
        assertThat(commands.fails(ExitCode.DAMAGED, "check", "--backup", at("damaged")))
                .contains("it ends at byte");
        Files.write(at("damaged"), java.util.Arrays.copyOf(whole, whole.length + 1));
        assertThat(commands.fails(ExitCode.DAMAGED, "check", "--backup", at("damaged")))
                .contains("behind its end");
        assertThat(commands.done("check", "--backup", at("backup"))).contains("records: 2", "sha256: ");
        assertThat(commands.fails(ExitCode.USAGE, "check", "--backup", at("backup"), "--data", at("data")))
                .contains("--data has no place beside it");
    }

    @Test
    void backupOfAnotherFormatSaysWhatItIsAndWhatToDo() throws Exception {
        Files.writeString(at("newer"), "pychat-server-backup 2\nsomething else");
        assertThat(commands.fails(ExitCode.UNKNOWN_FORMAT, "restore", "--from", at("newer"), "--data", at("x")))
                .contains(
                        "\"pychat-server-backup 2\"",
                        "\"pychat-server-backup 1\" only",
                        "run the version that wrote it");
        Files.writeString(at("other"), "%PDF-1.7");
        assertThat(commands.fails(ExitCode.UNKNOWN_FORMAT, "check", "--backup", at("other")))
                .contains("is no backup of a server");
        assertThat(commands.fails(ExitCode.CANNOT_READ_OR_WRITE, "check", "--backup", at("none")))
                .contains("there is no such file");
    }

    @Test
    void optionsAreCheckedAndShown() {
        assertThat(commands.fails(ExitCode.USAGE, "backup", "--data", at("data")))
                .contains("--to");
        assertThat(commands.fails(ExitCode.USAGE, "restore", "--from", "x", "--store", "oracle"))
                .contains("oracle", "xodus or sqlite");
        for (String command : List.of("backup", "restore", "check", "stats")) {
            assertThat(commands.done(command, "--help")).contains("--data");
            assertThat(commands.done("--help")).contains(command);
        }
    }

    private void append(String store, int count) throws Exception {
        Talker talker = new Talker(draw, draw.conversation(), ALICE, new Username("bob"));
        try (DirectoryServerStores stores = DataStores.kind(store).open(at("data"), new SecureRandom())) {
            List<Submission> batch = new ArrayList<>();
            for (int i = 0; i < count; i++) {
                batch.add(talker.next());
            }
            assertThat(stores.messages().append(batch)).hasSize(count);
        }
    }

    private static String line(String printed, String key) {
        return printed.lines()
                .filter(line -> line.startsWith(key + ": "))
                .findFirst()
                .orElseThrow();
    }

    private Path at(String name) {
        return directory.resolve(name);
    }
}
