package dev.pychat.ref.client;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pychat.testkit.TestCertificates;
import dev.pychat.transport.KeyPin;
import java.io.File;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The program as a script runs it: what it prints, how it ends, what it leaves behind. */
class ProgramTest {
    private static final TestCertificates CERTIFICATES = TestCertificates.selfSigned("localhost");
    private static final String FINGERPRINT =
            KeyPin.of(CERTIFICATES.certificate()).toString();
    private static final String PASSPHRASE = "gr\u00fcne Wiesen im Mai";

    private static TlsServer server;

    @TempDir
    static Path homes;

    @TempDir
    Path folder;

    /** Ben has an account before anything else; each test leaves his device as it was. */
    @BeforeAll
    static void start() throws Exception {
        server = TlsServer.start(0, CERTIFICATES);
        assertThat(run("C", "ben", "!signup", "ben", PASSPHRASE).code()).isZero();
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    @Test
    void scriptTalksUtf8AndOnlyOurLinesArePrinted() throws Exception {
        String ida = "ida";
        String ben = "ben";
        Program.Result first = run(
                "C",
                ida,
                "!SIGNUP",
                "IDA",
                PASSPHRASE,
                "!list",
                "!talk " + ben,
                "d\u00e9j\u00e0 vu \ud83d\ude00 \u05e9\u05dc\u05d5\u05dd");
        assertThat(first.err()).isEmpty();
        assertThat(first.code()).as(first.out()).isZero();
        assertThat(first.out().lines()).contains(ida, ben, "You have no new messages");
        Program.Result second = run("C", ben, "!login", ben, PASSPHRASE, "!talk " + ida);
        assertThat(second.err()).isEmpty();
        assertThat(second.out())
                .contains(ida + " sent you 1 message\n")
                .containsPattern("\\d{4}-\\d\\d-\\d\\d \\d\\d:\\d\\d ~ \\[" + ida
                        + "]: \u2068d\u00e9j\u00e0 vu \ud83d\ude00 \u05e9\u05dc\u05d5\u05dd\u2069\n")
                .doesNotContain("> ", "\u001b");
        assertNothingReadable(homes, "d\u00e9j\u00e0", PASSPHRASE, "Wiesen");
    }

    @Test
    void accountInUseEndsWithSix() throws Exception {
        File out = folder.resolve("out").toFile();
        Process using =
                Program.start("C", arguments("ben"), out, folder.resolve("err").toFile());
        try {
            using.getOutputStream().write(("!login\nben\n" + PASSPHRASE + "\n").getBytes(StandardCharsets.UTF_8));
            using.getOutputStream().flush();
            while (!Files.readString(out.toPath()).matches("(?s).*(You have no new|sent you 1) message.*")) {
                assertThat(using.isAlive()).isTrue();
                Thread.sleep(50);
            }
            Program.Result late = run("C", "ben", "!login", "ben", PASSPHRASE);
            assertThat(late.code()).isEqualTo(6);
            assertThat(late.err().lines())
                    .singleElement()
                    .asString()
                    .contains("another pychat is using the files of ben");
        } finally {
            using.destroy();
            using.waitFor();
        }
    }

    @Test
    void damagedAndNewerFilesEndWithEightAndSeven() throws Exception {
        Path keyring;
        try (Stream<Path> files = Files.walk(homes.resolve("ben"))) {
            keyring = files.filter(file -> file.endsWith("keyring.whole"))
                    .findFirst()
                    .orElseThrow();
        }
        byte[] intact = Files.readAllBytes(keyring);
        try {
            flip(keyring, 20);
            assertThat(run("C", "ben", "!login", "ben", PASSPHRASE)).satisfies(result -> {
                assertThat(result.code()).isEqualTo(8);
                assertThat(result.err().lines()).singleElement().asString().contains(keyring.toString(), "damaged");
            });
            flip(keyring, 20);
            flip(keyring, 7);
            assertThat(run("C", "ben", "!login", "ben", PASSPHRASE).code()).isEqualTo(7);
        } finally {
            Files.write(keyring, intact);
        }
    }

    @Test
    void backupsEndWithFourSevenAndEight() throws Exception {
        Path file = folder.resolve("backup");
        String words = "of the backup alone";
        Program.Result written = run("C", "ben", "!login", "ben", PASSPHRASE, "!export " + file, words);
        assertThat(written.err()).isEmpty();
        assertThat(written.code()).as(written.out()).isZero();
        assertNothingReadable(folder, "ben", PASSPHRASE, words);
        Program.Result again = run("C", "ben", "!login", "ben", PASSPHRASE, "!export " + file, words);
        assertThat(again.code()).isEqualTo(4);
        assertThat(again.err().lines()).singleElement().asString().contains(file.toString(), "is there already");
        assertThat(imported(folder.resolve("none"), words).code()).isEqualTo(4);
        assertThat(imported(file, "of something else").code()).isEqualTo(1);
        assertThat(imported(file, words).code()).isZero();
        flip(file, 16);
        assertThat(imported(file, words).code()).isEqualTo(7);
        flip(file, 16);
        flip(file, 500);
        Program.Result damaged = imported(file, words);
        assertThat(damaged.code()).isEqualTo(8);
        assertThat(damaged.err().lines()).singleElement().asString().contains(file.toString(), "damaged");
    }

    private static Program.Result imported(Path file, String words) throws Exception {
        return run("C", "ben", "!login", "ben", PASSPHRASE, "!import " + file, words);
    }

    @Test
    void homeThatCannotBeUsedEndsWithFour() throws Exception {
        Files.writeString(homes.resolve("file"), "in the way");
        Program.Result result = run("C", "file", "!help");
        assertThat(result.code()).isEqualTo(4);
        assertThat(result.err().lines())
                .singleElement()
                .asString()
                .contains(homes.resolve("file").toString());
    }

    @Test
    void serverThatIsNotThereEndsWithOneAndOneLine() throws Exception {
        Program.Result result = Program.run(
                "C",
                List.of("--server", "localhost:1", "--home", folder.resolve("x").toString()),
                "!help");
        assertThat(result.code()).isEqualTo(1);
        assertThat(result.out()).isEmpty();
        assertThat(result.err().lines()).singleElement().asString().contains("localhost:1");
    }

    @Test
    void outputThatCannotBeWrittenEndsWithFour() throws Exception {
        File err = folder.resolve("err").toFile();
        Process process = Program.start("C", arguments("x"), new File("/dev/full"), err);
        process.getOutputStream().close();
        assertThat(process.waitFor()).isEqualTo(4);
        assertThat(Files.readString(err.toPath()).lines())
                .singleElement()
                .asString()
                .contains("the output could not be written");
    }

    @Test
    void wrongCommandLineEndsWithTwoAndHelpWithZero() throws Exception {
        assertThat(Program.run("C", List.of("--server", "localhost:x")).code()).isEqualTo(2);
        assertThat(Program.run("C", List.of("--nonsense")).err())
                .contains("--nonsense")
                .doesNotContain("\tat ");
        Program.Result help = Program.run("C", List.of("--help"));
        assertThat(help.code()).isZero();
        assertThat(help.out()).contains("--accept-fingerprint", "Exit codes");
        assertThat(Program.run("C", List.of("--version")).out()).startsWith("pychat client ");
    }

    static void assertNothingReadable(Path directory, String... words) throws IOException {
        try (Stream<Path> files = Files.walk(directory)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                String content = Files.readString(file, StandardCharsets.ISO_8859_1);
                for (String word : words) {
                    assertThat(content.contains(
                                    new String(word.getBytes(StandardCharsets.UTF_8), StandardCharsets.ISO_8859_1)))
                            .as("%s holds %s", file, word)
                            .isFalse();
                }
            }
        }
    }

    private static void flip(Path file, int at) throws IOException {
        try (RandomAccessFile content = new RandomAccessFile(file.toFile(), "rw")) {
            content.seek(at);
            int value = content.read();
            content.seek(at);
            content.write(value ^ 0x20);
        }
    }

    private static Program.Result run(String locale, String home, String... lines) throws Exception {
        return Program.run(locale, arguments(home), lines);
    }

    private static List<String> arguments(String home) {
        return new ArrayList<>(List.of(
                "--server",
                server.address(),
                "--home",
                homes.resolve(home).toString(),
                "--accept-fingerprint",
                FINGERPRINT));
    }
}
