package dev.pychat.endtoend.programs;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pychat.endtoend.Finished;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** What the screen shows of messages that are not as they should be; their sender's program is not ours. */
@ExtendWith(Shared.class)
class FindingTest {
    private static final String STEERING =
            "\u001b[2J\u001b[H\u001b]0;GOTCHA\u0007\r\n2026-11-22 14:03 ~ [gina]: GOTCHA\n";
    private static final String GARBAGE =
            "The peer's program is faulty or not pychat: ask the peer to send it again from another program.";
    private static final String ALTERED =
            "Ask the peer what was written; if it happens again, distrust the server or the peer's program.";
    private static final String GAP =
            "One that came late is shown where it came. If others stay away, ask the peer to send again, and distrust the server or the peer's program.";
    private static final String VIEWS_DIFFER =
            "Compare with the peer what was written in the span named; distrust the server or the peer's program.";

    private static Person gina;

    @BeforeAll
    static void signUp(ServerProcess server) throws Exception {
        gina = Person.signUp(server, "gina");
    }

    @Test
    void scriptReadsOneLineForEachFindingAndGoesOn(ServerProcess server) throws Exception {
        try (Outsider otis = Outsider.signUp(server, "otis", gina)) {
            otis.say("good morning");
            otis.babble(STEERING);
            otis.sayAltered("GOTCHA");
            otis.say("after what was altered");
            otis.keepBack("GOTCHA");
            otis.say("after a gap");
            otis.sayWithAnotherView("seen otherwise");
            Finished read = gina.types("!talk otis", "what was that?");
            assertThat(read.exit()).as("%s", read).isZero();
            assertThat(read.err()).isEmpty();
            assertThat(read.out()).doesNotContain("\u001b", "\u0007", "GOTCHA");
            assertThat(Said.messages(read.out()))
                    .containsExactly(
                            "otis: good morning",
                            "otis: after what was altered",
                            "otis: after a gap",
                            "otis: seen otherwise");
            assertThat(findings(read.out()))
                    .satisfiesExactly(
                            line -> assertFound(line, "message 2 of otis, which is not shown: ", GARBAGE),
                            line -> assertFound(line, "message 3 of otis, which is not shown: ", ALTERED),
                            line -> assertFound(line, "message 5 of otis: ", GAP),
                            line -> assertFound(line, "message 6 of otis: ", VIEWS_DIFFER));

            otis.say("good night");
            List<String> later = Said.messages(gina.types("!talk otis").out());
            assertThat(later).endsWith("gina: what was that?", "otis: good night");
        }
    }

    @Test
    void findingAtATerminalIsOneLineThatSteersNothing(ServerProcess server) throws Exception {
        try (Outsider oona = Outsider.signUp(server, "oona", gina);
                Terminal terminal = Terminal.open(server.installation(), gina.client())) {
            terminal.answer("pychat> ", "!login");
            terminal.answer("User name: ", "gina");
            terminal.answer("Passphrase: ", gina.passphrase());
            terminal.answer("gina> ", "!talk oona");
            terminal.await("to oona> ");
            terminal.type("half a li");
            oona.say("good morning");
            oona.babble(STEERING);
            oona.keepBack("GOTCHA");
            oona.say("after a gap");
            oona.say("good night");
            String screen = terminal.await(
                    "the last message stands above the half-typed line",
                    now -> now.contains("[oona]: good night") && now.contains("to oona> half a li"));
            assertThat(screen).contains("Chat with oona").doesNotContain("GOTCHA");
            List<String> shown = whole(screen)
                    .lines()
                    .filter(line -> line.matches("....-.*"))
                    .toList();
            assertThat(shown)
                    .satisfiesExactly(
                            line -> assertThat(line).endsWith(" ~ [oona]: good morning"),
                            line -> assertFound(line, "message 2 of oona, which is not shown: ", GARBAGE),
                            line -> assertThat(line).endsWith(" ~ [oona]: after a gap"),
                            line -> assertFound(line, "message 3 of oona: ", GAP),
                            line -> assertThat(line).endsWith(" ~ [oona]: good night"));

            terminal.enter("ne");
            terminal.press("C-d");
            terminal.await("<exit 0>");
        }
    }

    private static List<String> findings(String printed) {
        return printed.lines().filter(line -> line.contains(" ! ")).toList();
    }

    private static void assertFound(String line, String begin, String remedy) {
        assertThat(line).matches("\\d{4}-\\d\\d-\\d\\d \\d\\d:\\d\\d ! .*");
        assertThat(line.substring("2026-11-22 14:03 ! ".length()))
                .startsWith(begin)
                .endsWith(". " + remedy);
    }

    /** A line of the program's own that is too long for a row goes on in indented ones. */
    private static String whole(String screen) {
        return screen.replaceAll(" *\n {4}(?! *\\|)", " ");
    }
}
