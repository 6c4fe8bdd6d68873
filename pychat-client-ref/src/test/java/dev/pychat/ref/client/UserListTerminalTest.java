package dev.pychat.ref.client;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pychat.model.Bytes;
import dev.pychat.model.Username;
import dev.pychat.ref.client.terminal.Tmux;
import dev.pychat.store.LoginRecord;
import dev.pychat.store.NewAccount;
import dev.pychat.store.ServerStores;
import dev.pychat.store.memory.MemoryServerStores;
import dev.pychat.testkit.TestCertificates;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The list of several hundred users in a terminal of 24 rows. */
class UserListTerminalTest {
    private static final int USERS = 300;
    private static final int ROWS = 21;
    private static final String MORE = "-- Enter for more, q and Enter to stop --";

    private final SecureRandom random = new SecureRandom();

    private static final String FOOT = "anna at ";

    @TempDir
    Path folder;

    @Test
    void manyUsersAreListedPageByPageAndAPrefixFiltersThem() throws Exception {
        TestCertificates certificates = TestCertificates.selfSigned("localhost");
        try (ServerStores stores = MemoryServerStores.create(random)) {
            for (int i = 1; i <= USERS; i++) {
                create(stores, name(i));
            }
            try (TlsServer server = TlsServer.start(0, certificates, stores);
                    Tmux anna = ProgramTerminalTest.start(folder.resolve("anna"), server.port())) {
                ProgramTerminalTest.signUp(anna, "anna", certificates);
                stopsAfterThreePages(anna);
                goesOnToTheEnd(anna);
                anna.enter("!LIST U29");
                anna.await(
                        "shows the users with the prefix",
                        screen -> behind(screen, "!LIST U29").endsWith("anna>"));
                assertThat(names(behind(anna.screen(), "!LIST U29"))).isEqualTo(names(290, 299));
                anna.enter("!list zz");
                anna.await("No user has a name that begins so");
                // At a question it leaves as everywhere.
                anna.enter("!passwd");
                anna.await("assphrase");
                anna.press("C-d");
                anna.await("<exit 0>");
            }
        }
    }

    private static void stopsAfterThreePages(Tmux anna) throws Exception {
        anna.enter("!LIST");
        awaitPages(anna, "!LIST", 1);
        assertThat(names(behind(anna.screen(), "!LIST")))
                .isEqualTo(Stream.concat(Stream.of("anna"), names(1, ROWS - 1).stream())
                        .toList());
        anna.press("Enter");
        awaitPages(anna, "!LIST", 2);
        anna.press("Enter");
        awaitPages(anna, "!LIST", 3);
        anna.enter("q");
        anna.await("asks for a command again", screen -> behind(screen, "!LIST").endsWith("anna>"));
        assertThat(names(behind(anna.screen(), "!LIST")))
                .isEqualTo(Stream.concat(Stream.of("anna"), names(1, 3 * ROWS - 1).stream())
                        .toList());
    }

    private static void goesOnToTheEnd(Tmux anna) throws Exception {
        anna.enter("!list u1");
        for (int page = 1; page <= 100 / ROWS; page++) {
            awaitPages(anna, "!list u1", page);
            anna.press("Enter");
        }
        anna.await(
                "asks for a command again", screen -> behind(screen, "!list u1").endsWith("anna>"));
        assertThat(names(behind(anna.screen(), "!list u1"))).isEqualTo(names(100, 199));
    }

    private static void awaitPages(Tmux anna, String command, int pages) throws Exception {
        anna.await("asks after page " + pages, screen -> {
            String shown = behind(screen, command);
            return shown.endsWith(MORE) && shown.split(MORE, -1).length == pages + 1;
        });
    }

    /** What the window shows below the line in which a command was typed. */
    private static String behind(String screen, String command) {
        int at = screen.lastIndexOf("anna> " + command + "\n");
        return at < 0
                ? ""
                : screen.substring(at)
                        .lines()
                        .skip(1)
                        .filter(line -> !line.startsWith(FOOT))
                        .reduce("", (all, line) -> all + line.strip() + "\n")
                        .strip();
    }

    private static List<String> names(String shown) {
        return shown.lines().filter(line -> line.matches("anna|u\\d+")).toList();
    }

    private static List<String> names(int first, int last) {
        return IntStream.rangeClosed(first, last)
                .mapToObj(UserListTerminalTest::name)
                .toList();
    }

    private static String name(int number) {
        return String.format(Locale.ROOT, "u%03d", number);
    }

    private void create(ServerStores stores, String name) throws Exception {
        LoginRecord login = new LoginRecord(Bytes.random(random, 32), 64 * 1024, 3, 4, "$2a$10$nobody logs in");
        stores.accounts().create(new NewAccount(new Username(name), Bytes.random(random, 16), login, Instant.now()));
    }
}
