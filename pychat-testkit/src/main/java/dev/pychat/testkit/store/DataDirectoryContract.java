package dev.pychat.testkit.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pychat.model.Bytes;
import dev.pychat.model.Realm;
import dev.pychat.model.Username;
import dev.pychat.store.directory.DataDirectoryBusyException;
import dev.pychat.store.directory.DataDirectoryDamagedException;
import dev.pychat.store.directory.DataDirectoryException;
import dev.pychat.store.directory.DataDirectoryFormatException;
import dev.pychat.store.directory.DataDirectoryUnusableException;
import dev.pychat.store.directory.DirectoryServerStores;
import dev.pychat.store.directory.StoreKind;
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

/**
 * What happens before the stores of a data directory are open, or instead: the first start, the lock, the format, damage, and places
 * that are none.
 *
 * <p>The system property {@code pychat.test.java.home} names the Java that runs a second process; without it, it is this one.
 */
public abstract class DataDirectoryContract {

    private static final SecureRandom RANDOM = new SecureRandom();

    private final StoreKind kind;
    private final String format;
    private final String file;

    @TempDir
    private Path temporary;

    /**
     * Names what is tried.
     *
     * @param kind the stores, of a class that has a public constructor without parameters
     * @param format the first word of their format, which is in version 1
     * @param file the path of a file of theirs in the data directory, of which each byte counts when they are closed
     */
    protected DataDirectoryContract(StoreKind kind, String format, String file) {
        this.kind = kind;
        this.format = format;
        this.file = file;
    }

    @Test
    void firstStartMakesItReadableByItsOwnerOnly() throws Exception {
        open().close();
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
        try (DirectoryServerStores stores = open()) {
            realm = stores.realm();
            secret = stores.decoySecret();
        }
        try (DirectoryServerStores stores = open()) {
            assertThat(stores.realm()).isEqualTo(realm);
            assertThat(stores.decoySecret()).isEqualTo(secret);
        }
    }

    @Test
    void secondOpeningInThisProgramIsRefusedAndTheFirstGoesOn() throws Exception {
        try (DirectoryServerStores stores = open()) {
            for (int times = 0; times < 2; times++) {
                assertThatThrownBy(() -> open())
                        .isInstanceOf(DataDirectoryBusyException.class)
                        .hasMessageContaining(data().toString());
            }
            assertThat(openedElsewhere()).contains("DataDirectoryBusyException");
            stores.blocks().block(new Username("alice"), new Username("bob"));
        }
        assertThat(openedElsewhere()).contains("opened");
    }

    @Test
    void closingTwiceDoesNotFreeWhatSomebodyElseHolds() throws Exception {
        DirectoryServerStores first = open();
        first.close();
        try (DirectoryServerStores second = open()) {
            first.close();
            assertThatThrownBy(() -> open()).isInstanceOf(DataDirectoryBusyException.class);
            assertThat(second.realm()).isEqualTo(first.realm());
        }
    }

    @Test
    void unknownFormatIsRefusedAndNothingIsTouched() throws Exception {
        open().close();
        Files.delete(data().resolve("lock"));
        Path file = data().resolve("store/format");
        String known = Files.readString(file).strip();
        Files.writeString(file, format + " 99\n");
        Map<String, Bytes> before = contents();
        assertThatThrownBy(() -> open())
                .isInstanceOf(DataDirectoryFormatException.class)
                .hasMessageContaining(format + " 99")
                .hasMessageContaining(known);
        assertThat(contents()).isEqualTo(before);
    }

    @Test
    void missingFormatIsDamage() throws Exception {
        open().close();
        Files.delete(data().resolve("store/format"));
        assertThatThrownBy(() -> open()).isInstanceOf(DataDirectoryDamagedException.class);
    }

    @Test
    void damageIsNamedAndNothingIsTouched() throws Exception {
        open().close();
        Path damaged = data().resolve(file);
        byte[] bytes = Files.readAllBytes(damaged);
        bytes[bytes.length - 20] ^= 1;
        Files.write(damaged, bytes);
        Map<String, Bytes> before = contents();
        assertThatThrownBy(() -> open())
                .isInstanceOf(DataDirectoryDamagedException.class)
                .hasMessageContaining(damaged.getFileName().toString());
        assertThat(contents()).isEqualTo(before);
    }

    @Test
    void accountsAreSeen() throws Exception {
        try (DirectoryServerStores stores = open()) {
            assertThat(stores.hasUsers()).isFalse();
        }
    }

    @Test
    void attemptThatWasNeverFinishedIsBegunAgain() throws Exception {
        Path half = data().resolve("store.new").resolve(Path.of("store").relativize(Path.of(file)));
        Files.createDirectories(half.getParent());
        Files.writeString(half, "half");
        open().close();
        assertThat(data().resolve("store.new")).doesNotExist();
        open().close();
    }

    @Test
    void fileInThePlaceOfTheDirectoryIsRefused() throws Exception {
        Files.writeString(data(), "not a directory");
        assertThatThrownBy(() -> open())
                .isInstanceOf(DataDirectoryUnusableException.class)
                .hasMessageContaining(data().toString());
    }

    @Test
    @EnabledOnOs(OS.LINUX)
    void directoryThatTheFileSystemDoesNotTakeIsSaid() {
        assertThatThrownBy(() -> kind.open(Path.of("/proc/pychat"), RANDOM))
                .isInstanceOf(DataDirectoryUnusableException.class)
                .hasMessageEndingWith("/proc/pychat: no directory can be made there");
    }

    private String openedElsewhere() throws Exception {
        String home = System.getProperty("pychat.test.java.home", System.getProperty("java.home"));
        Process process = new ProcessBuilder(
                        Path.of(home, "bin", "java").toString(),
                        "-cp",
                        System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")),
                        OpenForAMoment.class.getName(),
                        kind.getClass().getName(),
                        data().toString())
                .redirectErrorStream(true)
                .start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
        return said;
    }

    private DirectoryServerStores open() throws DataDirectoryException {
        return kind.open(data(), RANDOM);
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
