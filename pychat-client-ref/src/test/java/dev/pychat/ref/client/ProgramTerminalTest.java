package dev.pychat.ref.client;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pychat.ref.client.terminal.Tmux;
import dev.pychat.testkit.TestCertificates;
import dev.pychat.transport.KeyPin;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The program in a real terminal, beside another one, over real TLS. */
class ProgramTerminalTest {
    private static final String PASSPHRASE = "mind the gap, please";

    @TempDir
    Path folder;

    @Test
    void twoPeopleMeetAndTalk() throws Exception {
        TestCertificates certificates = TestCertificates.selfSigned("localhost");
        int port;
        try (TlsServer server = TlsServer.start(0, certificates);
                Tmux alice = start("alice", server.port());
                Tmux bob = start("bob", server.port())) {
            port = server.port();
            signUp(alice, "alice", certificates);
            signUp(bob, "bob", certificates);
            alice.enter("!talk bob");
            alice.await("to bob> ");
            alice.type("half a li");
            alice.await("to bob> half a li");
            bob.enter("!talk alice");
            bob.await("to alice> ");
            bob.enter("caf\u00e9 at \ud83d\udd50?");
            alice.await(
                    "shows it above what is typed",
                    screen -> screen.contains(" ~ [bob]: caf\u00e9 at \ud83d\udd50?\nto bob> half a li"));
            alice.enter("ne");
            bob.await("[alice]: half a line");
            alice.paste("one\ntwo");
            alice.press("Enter");
            bob.await("[alice]: one\n    | two");
            alice.enter("!BACK");
            alice.await("alice> ");
            alice.press("C-d");
            alice.await("<exit 0>");
            bob.enter("!disconnect");
            bob.await("<exit 0>");
            assertThat(alice.screen() + bob.screen()).doesNotContain(PASSPHRASE, "[alice]: !", "[bob]: !");
        }
        ProgramTest.assertNothingReadable(folder, PASSPHRASE, "half a line", "caf\u00e9");
        try (TlsServer other = TlsServer.start(port, TestCertificates.selfSigned("localhost"));
                Tmux alice = start("alice", other.port())) {
            alice.await("<exit 5>");
            assertThat(alice.screen()).contains("remove the line");
        }
    }

    static void signUp(Tmux person, String name, TestCertificates certificates) throws Exception {
        person.await("(yes/no)");
        assertThat(person.screen())
                .contains(KeyPin.fingerprint(certificates.certificate()).hex());
        person.enter("yes");
        person.await("pychat> ");
        person.enter("!signup");
        person.await("User name: ");
        person.enter(name);
        person.await("New passphrase: ");
        person.enter(PASSPHRASE);
        person.await("The same again: ");
        person.enter(PASSPHRASE);
        person.await(name + "> ");
        person.await("You have no new messages");
    }

    private Tmux start(String home, int port) throws Exception {
        return start(folder.resolve(home), port);
    }

    static Tmux start(Path home, int port) throws Exception {
        List<String> arguments = List.of("--server", "localhost:" + port, "--home", home.toString());
        return Tmux.run(Program.command(arguments).stream()
                .map(word -> "'" + word + "'")
                .collect(Collectors.joining(" ", "env LC_ALL=C ", "")));
    }
}
