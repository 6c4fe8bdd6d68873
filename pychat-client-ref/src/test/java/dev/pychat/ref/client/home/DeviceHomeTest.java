package dev.pychat.ref.client.home;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pychat.model.Bytes;
import dev.pychat.model.Realm;
import dev.pychat.model.Username;
import dev.pychat.ref.client.home.HomeException.Problem;
import dev.pychat.store.ClientStores;
import dev.pychat.store.LocalAccount;
import dev.pychat.store.OutboxStep;
import dev.pychat.store.StoreRefusedException;
import dev.pychat.store.TranscriptStep;
import dev.pychat.transport.KeyPin;
import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.stream.Stream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

class DeviceHomeTest {
    private static final Username BOB = new Username("bob");
    private static final LocalAccount ALICE =
            new LocalAccount(new Realm(Bytes.fromHex("01".repeat(16))), new Username("alice"));

    @TempDir
    Path folder;

    private Path directory;

    @BeforeEach
    void name() {
        directory = folder.resolve("new").resolve("home");
    }

    @Test
    void everythingInAHomeIsItsOwnersOnly() throws Exception {
        fill();
        try (Stream<Path> all = Files.walk(directory)) {
            assertThat(all.toList())
                    .hasSizeGreaterThan(8)
                    .allSatisfy(path -> assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(path)))
                            .as("%s", path)
                            .isEqualTo(Files.isDirectory(path) ? "rwx------" : "rw-------"));
        }
    }

    @Test
    void directoryThatIsThereAlreadyIsLeftAsItIs() throws Exception {
        Files.createDirectories(directory);
        Files.setPosixFilePermissions(directory, PosixFilePermissions.fromString("rwxr-xr-x"));
        fill();
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(directory)))
                .isEqualTo("rwxr-xr-x");
    }

    @Test
    @EnabledOnOs(OS.LINUX)
    void directoryThatTheFileSystemDoesNotTakeIsSaid() {
        assertThatThrownBy(() -> DeviceHome.open(Path.of("/proc/pychat")))
                .isInstanceOfSatisfying(FileSystemException.class, e -> {
                    assertThat(e.getFile()).isEqualTo("/proc/pychat");
                    assertThat(e.getReason()).isEqualTo("no directory can be made there");
                });
    }

    @Test
    void fileIsNoHome() throws Exception {
        Path file = Files.writeString(folder.resolve("file"), "in the way");
        assertThatThrownBy(() -> DeviceHome.open(file)).isInstanceOf(NotDirectoryException.class);
    }

    @Test
    void dataDirectoryOfAServerIsNoHome() throws Exception {
        Path format = Files.createDirectories(directory.resolve("store")).resolve("format");
        Files.writeString(format, "pychat-data 1\n");
        assertThatThrownBy(() -> DeviceHome.open(directory))
                .isInstanceOfSatisfying(
                        HomeException.class, e -> assertThat(e.problem()).isEqualTo(Problem.UNKNOWN_FORMAT))
                .hasMessageContaining("of a pychat server");
        try (Stream<Path> all = Files.list(directory)) {
            assertThat(all).containsExactly(directory.resolve("store"));
        }
    }

    @Test
    void oneAccountIsUsedByOneClientAndAnotherAccountBesideIt() throws Exception {
        fill();
        try (DeviceHome first = DeviceHome.open(directory);
                DeviceHome second = DeviceHome.open(directory);
                ClientStores using = first.stores();
                ClientStores late = second.stores()) {
            assertThat(using.keyrings().load(ALICE)).isPresent();
            assertProblem(Problem.BUSY, () -> late.keyrings().load(ALICE));
            LocalAccount bob = new LocalAccount(ALICE.realm(), BOB);
            late.keyrings().save(bob, 0, Bytes.fromHex("05"));
            assertThat(first.log()).isNotEqualTo(second.log());
        }
        try (DeviceHome home = DeviceHome.open(directory);
                ClientStores stores = home.stores()) {
            assertThat(stores.keyrings().load(ALICE)).isPresent();
        }
    }

    @Test
    void askingForAKeyringThatIsNotThereMakesNothing() throws Exception {
        try (DeviceHome home = DeviceHome.open(directory);
                ClientStores stores = home.stores()) {
            assertThat(stores.keyrings().load(ALICE)).isEmpty();
            assertThat(directory.resolve("accounts")).doesNotExist();
        }
    }

    @Test
    void damagedOrNewerFileIsReportedAndLeftAsItIs() throws Exception {
        fill();
        assertSpoilt("keyring.whole", stores -> stores.keyrings().load(ALICE));
        assertSpoilt("keyring.whole", stores -> stores.keyrings().save(ALICE, 1, Bytes.EMPTY));
        assertSpoilt("pins/bob.whole", stores -> stores.pins(ALICE).save(BOB, 1, Bytes.EMPTY));
        assertSpoilt("outbox.log", stores -> stores.outbox(ALICE));
        assertSpoilt("transcripts/bob.log", stores -> stores.transcripts(ALICE).span(BOB));
    }

    private interface Use {
        void of(ClientStores stores) throws Exception;
    }

    private void assertSpoilt(String name, Use use) throws Exception {
        Path file = directory
                .resolve("accounts")
                .resolve(ALICE.realm().value().hex())
                .resolve("alice")
                .resolve(name);
        byte[] whole = Files.readAllBytes(file);
        assertSpoilt(file, FileHeader.SIZE - 1, Problem.UNKNOWN_FORMAT, use);
        assertSpoilt(file, FileHeader.SIZE + 9, Problem.DAMAGED, use);
        Files.write(file, whole);
    }

    private void assertSpoilt(Path file, int at, Problem problem, Use use) throws Exception {
        byte[] whole = Files.readAllBytes(file);
        byte[] changed = whole.clone();
        changed[at] ^= 0x20;
        Files.write(file, changed);
        try (DeviceHome home = DeviceHome.open(directory);
                ClientStores stores = home.stores()) {
            assertProblem(problem, () -> use.of(stores));
        }
        assertThat(Files.readAllBytes(file)).isEqualTo(changed);
        Files.write(file, whole);
    }

    private static void assertProblem(Problem problem, ThrowingCallable call) {
        assertThatThrownBy(call)
                .isInstanceOf(StoreRefusedException.class)
                .cause()
                .isInstanceOfSatisfying(
                        HomeException.class, e -> assertThat(e.problem()).isEqualTo(problem));
    }

    private void fill() throws Exception {
        try (DeviceHome home = DeviceHome.open(directory);
                ClientStores stores = home.stores()) {
            Files.writeString(logged(home.log()), "line\n");
            home.knownServers().accept("localhost:5050", new KeyPin(Bytes.fromHex("ab".repeat(32))));
            stores.keyrings().save(ALICE, 0, Bytes.fromHex("0102"));
            stores.pins(ALICE).save(BOB, 0, Bytes.fromHex("0304"));
            stores.outbox(ALICE).keep(OutboxStep.dropping(BOB, Bytes.EMPTY, List.of()));
            stores.transcripts(ALICE).append(new TranscriptStep(BOB, List.of(), List.of(), Bytes.fromHex("07")));
        }
    }

    private static Path logged(Path log) throws IOException {
        DeviceHome.ensurePrivate(log);
        return log;
    }
}
