package dev.pychat.ref.server.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pychat.model.Bytes;
import dev.pychat.model.Realm;
import dev.pychat.store.directory.DataDirectoryBusyException;
import dev.pychat.store.directory.DataDirectoryDamagedException;
import dev.pychat.store.directory.DataDirectoryFormatException;
import dev.pychat.store.directory.DataDirectoryUnusableException;
import dev.pychat.store.directory.DirectoryServerStores;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** What happens before the stores of a data directory are open, or instead. */
class DataDirectoryTest {

    private static final SecureRandom RANDOM = new SecureRandom();

    @TempDir
    private Path temporary;

    @Test
    void firstStartMakesItReadableByItsOwnerOnly() throws Exception {
        XodusServerStores.open(data(), RANDOM).close();
        for (Path path : walk(data())) {
            assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(path)))
                    .as("%s", path)
                    .isEqualTo(Files.isDirectory(path) ? "rwx------" : "rw-------");
        }
        assertThat(walk(data())).hasSizeGreaterThan(6);
    }

    @Test
    void realmAndSecretAreDrawnOnce() throws Exception {
        Realm realm;
        Bytes secret;
        try (DirectoryServerStores stores = XodusServerStores.open(data(), RANDOM)) {
            realm = stores.realm();
            secret = stores.decoySecret();
        }
        try (DirectoryServerStores stores = XodusServerStores.open(data(), RANDOM)) {
            assertThat(stores.realm()).isEqualTo(realm);
            assertThat(stores.decoySecret()).isEqualTo(secret);
        }
    }

    @Test
    void secondOpeningInThisProgramIsRefusedAndTheFirstGoesOn() throws Exception {
        try (DirectoryServerStores stores = XodusServerStores.open(data(), RANDOM)) {
            for (int times = 0; times < 2; times++) {
                assertThatThrownBy(() -> XodusServerStores.open(data(), RANDOM))
                        .isInstanceOf(DataDirectoryBusyException.class)
                        .hasMessageContaining(data().toString());
            }
            assertThat(openedElsewhere()).contains("DataDirectoryBusyException");
            stores.blocks().block(new dev.pychat.model.Username("alice"), new dev.pychat.model.Username("bob"));
        }
        assertThat(openedElsewhere()).contains("opened");
    }

    @Test
    void closingTwiceDoesNotFreeWhatSomebodyElseHolds() throws Exception {
        DirectoryServerStores first = XodusServerStores.open(data(), RANDOM);
        first.close();
        try (DirectoryServerStores second = XodusServerStores.open(data(), RANDOM)) {
            first.close();
            assertThatThrownBy(() -> XodusServerStores.open(data(), RANDOM))
                    .isInstanceOf(DataDirectoryBusyException.class);
            assertThat(second.realm()).isEqualTo(first.realm());
        }
    }

    @Test
    void unknownFormatIsRefusedAndNothingIsTouched() throws Exception {
        XodusServerStores.open(data(), RANDOM).close();
        Files.delete(data().resolve("lock"));
        Files.writeString(data().resolve("store/format"), "pychat-data 2\n");
        Map<String, Bytes> before = contents();
        assertThatThrownBy(() -> XodusServerStores.open(data(), RANDOM))
                .isInstanceOf(DataDirectoryFormatException.class)
                .hasMessageContaining("pychat-data 2")
                .hasMessageContaining("pychat-data 1");
        assertThat(contents()).isEqualTo(before);
    }

    @Test
    void missingFormatIsDamage() throws Exception {
        XodusServerStores.open(data(), RANDOM).close();
        Files.delete(data().resolve("store/format"));
        assertThatThrownBy(() -> XodusServerStores.open(data(), RANDOM))
                .isInstanceOf(DataDirectoryDamagedException.class);
    }

    @Test
    void damageIsNamedAndNothingIsTouched() throws Exception {
        XodusServerStores.open(data(), RANDOM).close();
        Path log = data().resolve("store/log/00000000000.xd");
        byte[] bytes = Files.readAllBytes(log);
        bytes[bytes.length - 20] ^= 1;
        Files.write(log, bytes);
        Map<String, Bytes> before = contents();
        assertThatThrownBy(() -> XodusServerStores.open(data(), RANDOM))
                .isInstanceOf(DataDirectoryDamagedException.class)
                .hasMessageContaining("00000000000.xd");
        assertThat(contents()).isEqualTo(before);
    }

    @Test
    void damageThatShowsOnlyInTheAccountsIsNamed() throws Exception {
        DamagedAccount.in(data());
        try (DirectoryServerStores stores = XodusServerStores.open(data(), RANDOM)) {
            assertThatThrownBy(stores::hasUsers)
                    .isInstanceOf(DataDirectoryDamagedException.class)
                    .hasMessageContaining(data().toString())
                    .hasMessageContaining("accounts")
                    .hasMessageContaining("restore it from a backup");
        }
    }

    @Test
    void accountsAreSeen() throws Exception {
        try (DirectoryServerStores stores = XodusServerStores.open(data(), RANDOM)) {
            assertThat(stores.hasUsers()).isFalse();
        }
    }

    @Test
    void attemptThatWasNeverFinishedIsBegunAgain() throws Exception {
        Files.createDirectories(data().resolve("store.new/log"));
        Files.writeString(data().resolve("store.new/log/00000000000.xd"), "half");
        XodusServerStores.open(data(), RANDOM).close();
        assertThat(data().resolve("store.new")).doesNotExist();
        XodusServerStores.open(data(), RANDOM).close();
    }

    @Test
    void fileInThePlaceOfTheDirectoryIsRefused() throws Exception {
        Files.writeString(data(), "not a directory");
        assertThatThrownBy(() -> XodusServerStores.open(data(), RANDOM))
                .isInstanceOf(DataDirectoryUnusableException.class)
                .hasMessageContaining(data().toString());
    }

    @Test
    @EnabledOnOs(OS.LINUX)
    void directoryThatTheFileSystemDoesNotTakeIsSaid() {
        assertThatThrownBy(() -> XodusServerStores.open(Path.of("/proc/pychat"), RANDOM))
                .isInstanceOf(DataDirectoryUnusableException.class)
                .hasMessageEndingWith("/proc/pychat: no directory can be made there");
    }

    /** Opens the directory in another process, for a moment. */
    public static void main(String[] args) throws IOException {
        try (DirectoryServerStores stores = XodusServerStores.open(Path.of(args[0]), RANDOM)) {
            System.out.println("opened " + stores.realm());
        } catch (dev.pychat.model.PychatException e) {
            System.out.println(e);
        }
    }

    private String openedElsewhere() throws Exception {
        String home = System.getProperty("pychat.test.java.home", System.getProperty("java.home"));
        Process process = new ProcessBuilder(
                        Path.of(home, "bin", "java").toString(),
                        "-cp",
                        System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")),
                        DataDirectoryTest.class.getName(),
                        data().toString())
                .redirectErrorStream(true)
                .start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
        return said;
    }

    private Path data() {
        return temporary.resolve("data");
    }

    private Map<String, Bytes> contents() throws IOException {
        Map<String, Bytes> contents = new TreeMap<>();
        for (Path path : walk(data())) {
            boolean held = path.endsWith("lock") || Files.isDirectory(path);
            if (!held) {
                contents.put(path.toString(), Bytes.adopt(Files.readAllBytes(path)));
            }
        }
        return contents;
    }

    private static List<Path> walk(Path directory) throws IOException {
        try (Stream<Path> paths = Files.walk(directory)) {
            return paths.toList();
        }
    }
}
