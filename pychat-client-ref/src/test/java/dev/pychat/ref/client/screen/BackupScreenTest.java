package dev.pychat.ref.client.screen;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pychat.store.memory.MemoryClientStores;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Backups as a script and as a person make and read them. */
class BackupScreenTest {
    private static final String OF_BACKUP = "seven green bottles";

    private House house;

    @TempDir
    Path folder;

    private String file;

    @BeforeEach
    void talk() throws Exception {
        file = folder.resolve("my backup").toString();
        house = new House();
        house.signUp("alice");
        house.signUp("bob");
        assertThat(house.script("alice", "!login", "alice", House.PASSPHRASE, "!talk bob", "how are you?")
                        .done())
                .isTrue();
    }

    @AfterEach
    void close() {
        house.close();
    }

    private House.Result export() throws Exception {
        return house.script(
                "alice", "!login", "alice", House.PASSPHRASE, "!talk bob", "!back", "!export " + file, OF_BACKUP);
    }

    @Test
    void scriptWritesAPrivateFileAndALostDeviceComesBackWithIt() throws Exception {
        House.Result written = export();
        assertThat(written.done()).as(written.output()).isTrue();
        assertThat(written.output()).contains("1 message of 1 conversation").doesNotContain(OF_BACKUP);
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(Path.of(file))))
                .isEqualTo("rw-------");
        assertThat(files()).containsExactly("my backup");
        house.own("alice", new MemoryClientStores());
        House.Result back = house.script("alice", "!import " + file, OF_BACKUP, House.PASSPHRASE, "!archive bob");
        assertThat(back.done()).as(back.output()).isTrue();
        assertThat(back.output())
                .contains("The backup of alice was taken", "Its keys and marks are joined with yours.")
                .contains("with bob, from a backup of alice", "[alice]: how are you?")
                .doesNotContain(OF_BACKUP, House.PASSPHRASE);
    }

    @Test
    void onAnotherServerOnlyTheHistoryIsRead() throws Exception {
        export();
        try (House other = new House()) {
            House.Result refused = other.script("alice", "!import " + file, OF_BACKUP, House.PASSPHRASE, "text");
            assertThat(refused.done()).isFalse();
            assertThat(refused.output()).contains("You are not logged in: this backup is of alice on another server");
            other.signUp("alice");
            House.Result taken = other.script(
                    "alice",
                    "!login",
                    "alice",
                    House.PASSPHRASE,
                    "!import " + file,
                    OF_BACKUP,
                    "!archive",
                    "!archive bob");
            assertThat(taken.done()).as(taken.output()).isTrue();
            assertThat(taken.output())
                    .contains("It is of another account: its identity and its marks count for nobody here.")
                    .contains("  bob, 1 message", "[alice]: how are you?");
            assertThat(other.script("alice", "!login", "alice", House.PASSPHRASE, "!archive carol")
                            .output())
                    .contains("No backup has brought anything that was said with carol.");
        }
    }

    @Test
    void fileThatIsThereIsNeverWrittenOver() throws Exception {
        Files.writeString(Path.of(file), "mine");
        House.Result result = export();
        assertThat(result.failure())
                .hasValueSatisfying(failure -> assertThat(failure).hasMessageContaining("is there already"));
        assertThat(Files.readString(Path.of(file))).isEqualTo("mine");
        assertThat(files()).containsExactly("my backup");
    }

    @Test
    void wrongPassphraseAndNoFileAreTold() throws Exception {
        export();
        House.Result wrong =
                house.script("alice", "!login", "alice", House.PASSPHRASE, "!import " + file, "another one", "!list");
        assertThat(wrong.done()).isFalse();
        assertThat(wrong.failure()).isEmpty();
        assertThat(wrong.output()).contains("does not open with this passphrase", "bob");
        House.Result unnamed = house.script("alice", "!login", "alice", House.PASSPHRASE, "!export", OF_BACKUP);
        assertThat(unnamed.output()).contains("No file was named").doesNotContain(OF_BACKUP);
        House.Result nothing = house.script(
                "alice", "!login", "alice", House.PASSPHRASE, "!import " + folder.resolve("none"), OF_BACKUP, "!list");
        assertThat(nothing.failure()).isPresent();
    }

    @Test
    void misplacedCommandOfAScriptSendsNoPassphraseToThePeer() throws Exception {
        House.Result result = house.script(
                "alice", "!login", "alice", House.PASSPHRASE, "!talk bob", "!export " + file, OF_BACKUP, "hello");
        assertThat(result.done()).isFalse();
        assertThat(house.script("bob", "!login", "bob", House.PASSPHRASE, "!talk alice")
                        .output())
                .contains("[alice]: hello")
                .doesNotContain(OF_BACKUP);
    }

    @Test
    void personIsAskedTwiceAndMayTryAgain() throws Exception {
        try (Person alice = house.person("alice")) {
            alice.logsIn("alice").types("!export " + folder.resolve("no") + "/file");
            alice.sees("That did not work: cannot write");
            alice.sees("alice> ");
            alice.types("!export " + file).sees("New passphrase: ");
            alice.types(OF_BACKUP).sees("The same again: ");
            alice.types("of another").sees("The two passphrases differ");
            alice.types("!export " + file).sees("New passphrase: ");
            alice.types("short").sees("8");
            alice.types("!export " + file).sees("New passphrase: ");
            alice.types(OF_BACKUP, OF_BACKUP).sees("holds your keys and");
            alice.types("!export " + file).sees("That did not work");
            alice.types("!import " + file).sees("The passphrase of the backup: ");
            alice.types("of another").sees("Nothing was done with");
            alice.types("!import " + file, OF_BACKUP).sees("was taken");
            assertThat(alice.leaves()).isTrue();
        }
        house.own("alice", new MemoryClientStores());
        try (Person alice = house.person("alice")) {
            alice.sees("pychat> ");
            alice.types("!import " + file, OF_BACKUP).sees("The passphrase of the account of alice: ");
            alice.types("a wrong passphrase").sees("You are not logged in");
            alice.types("!import " + file, OF_BACKUP, House.PASSPHRASE).sees("was taken");
            alice.sees("alice> ");
            assertThat(alice.leaves()).isTrue();
        }
    }

    private List<String> files() throws IOException {
        try (Stream<Path> all = Files.list(folder)) {
            return all.map(each -> each.getFileName().toString()).toList();
        }
    }
}
