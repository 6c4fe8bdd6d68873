package dev.pychat.ref.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pychat.ref.server.backup.Tally;
import dev.pychat.ref.server.operation.DirectorySize;
import dev.pychat.ref.server.store.DamagedAccount;
import dev.pychat.store.directory.DirectoryServerStores;
import dev.pychat.testkit.store.Draw;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The command {@code compact}. */
class CompactionTest {

    private static final SecureRandom RANDOM = new SecureRandom();
    private static final int KILLS = 4;

    private final Draw draw = Draw.announced(getClass());
    private final CommandLineUnderTest command = new CommandLineUnderTest();

    @TempDir
    Path directory;

    private Path data() {
        return directory.resolve("data");
    }

    @Test
    void xodusGivesBackWhatIsInUseNoMore() throws Exception {
        String fingerprint = served("xodus");
        ManyTalks.in(DataStores.kind("xodus"), data(), draw, 8_000);
        Tally.Sum held = held("xodus");
        long before = DirectorySize.bytes(data());
        String said = command.done("compact", "--data", data());
        assertThat(DirectorySize.bytes(data())).isLessThan(before * 3 / 4);
        assertThat(said)
                .contains(
                        "8000 messages",
                        "10 conversations",
                        "SHA-256 " + held.hash().hex());
        assertThat(held("xodus")).isEqualTo(held);
        assertThat(served("xodus")).isEqualTo(fingerprint);
    }

    @Test
    void sqliteHoldsTheSameAfterwards() throws Exception {
        String fingerprint = served("sqlite");
        ManyTalks.in(DataStores.kind("sqlite"), data(), draw, 2_000);
        Tally.Sum held = held("sqlite");
        assertThat(command.done("compact", "--data", data()))
                .contains("(sqlite)", "2000 messages", "SHA-256 " + held.hash().hex());
        assertThat(held("sqlite")).isEqualTo(held);
        assertThat(served("sqlite")).isEqualTo(fingerprint);
    }

    @Test
    void itSaysHowFarItHasCome() throws Exception {
        ManyTalks.in(DataStores.kind("xodus"), data(), draw, 2_000);
        ByteArrayOutputStream said = new ByteArrayOutputStream();
        new Compaction(data(), at -> Long.MAX_VALUE, 1_000, new PrintStream(said, true, StandardCharsets.UTF_8)).run();
        assertThat(said.toString(StandardCharsets.UTF_8).lines())
                .containsSubsequence(
                        "copied 1,000 records",
                        "copied 2,000 records",
                        "compared 1,000 records",
                        "compared 2,000 records");
    }

    @Test
    void tooLittleRoomIsSaidBeforeAnythingIsDone() throws Exception {
        ManyTalks.in(DataStores.kind("xodus"), data(), draw, 500);
        Tally.Sum held = held("xodus");
        Compaction compaction = new Compaction(data(), at -> 4_321, 1_000, System.out);
        assertThatThrownBy(compaction::run)
                .isInstanceOfSatisfying(
                        StartException.class, e -> assertThat(e.exitCode()).isEqualTo(ExitCode.CANNOT_READ_OR_WRITE))
                .hasMessageContaining("4,321 are free");
        assertThat(data().resolve("store.new")).doesNotExist();
        assertThat(held("xodus")).isEqualTo(held);
    }

    @ParameterizedTest
    @ValueSource(strings = {"xodus", "sqlite"})
    void killAtAnyMomentLeavesEverything(String store) throws Exception {
        ManyTalks.in(DataStores.kind(store), data(), draw, 4_000);
        Tally.Sum held = held(store);
        long begun = System.nanoTime();
        assertThat(compact().waitFor()).isZero();
        long whole = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - begun);
        int died = 0;
        for (int i = 1; i <= KILLS; i++) {
            Process process = compact();
            boolean ended = process.waitFor(whole * i / KILLS, TimeUnit.MILLISECONDS);
            process.destroyForcibly().waitFor();
            died += ended ? 0 : 1;
            assertThat(held(store)).as("kill %d of %d", i, KILLS).isEqualTo(held);
            assertThat(data().resolve("store.new")).doesNotExist();
            assertThat(data().resolve("store.old")).doesNotExist();
        }
        assertThat(died).as("killed before their end").isPositive();
    }

    private Process compact() throws Exception {
        Process process = OwnJvm.start(List.of(), "compact", "--data", data().toString());
        process.getOutputStream().close();
        return process;
    }

    @Test
    void runningServerKeepsItsDirectory() throws Exception {
        try (Started server = Started.with(data(), Map.of())) {
            assertThat(command.fails(ExitCode.DATA_BUSY, "compact", "--data", data()))
                    .contains("in use");
            assertThat(server.fingerprint()).isNotEmpty();
        }
    }

    @Test
    void damagedRecordIsRefusedAndNothingIsReplaced() throws Exception {
        DamagedAccount.in(data());
        assertThat(command.fails(ExitCode.DAMAGED, "compact", "--data", data())).contains("accounts", "damaged");
        assertThat(data().resolve("store.new")).doesNotExist();
        assertThat(command.fails(ExitCode.DAMAGED, "check", "--data", data())).contains("accounts");
    }

    @Test
    void whatIsNoDataDirectoryIsSaid() throws Exception {
        Files.createDirectory(data());
        assertThat(command.fails(ExitCode.CANNOT_READ_OR_WRITE, "compact", "--data", data()))
                .contains("is no data directory");
    }

    @Test
    void helpSaysWhatItDoesAndTheServersHelpNamesIt() {
        assertThat(command.done("compact", "--help")).contains("--data", "while no server uses it");
        assertThat(command.done("--help")).contains("compact");
    }

    private Tally.Sum held(String store) throws Exception {
        Tally tally = new Tally();
        try (DirectoryServerStores stores = DataStores.kind(store).open(data(), RANDOM)) {
            stores.writeOut(tally::take);
        }
        return tally.sum();
    }

    private String served(String store) throws StartException {
        try (Started server = Started.with(data(), Map.of(Setting.STORE, store))) {
            return server.fingerprint();
        }
    }
}
