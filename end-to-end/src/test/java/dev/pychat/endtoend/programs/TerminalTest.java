package dev.pychat.endtoend.programs;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** People at terminals. */
@ExtendWith(Shared.class)
class TerminalTest {
    private static final String LOUD = "wow !! it's !1 or !tina, \u00e9\u00df\ud83d\ude00";

    /**
     * That he has read what she wrote before may come in between. The line at the foot is there where the client finds what its
     * terminal can do, for which it needs {@code infocmp}.
     */
    private static final Pattern LOUD_ABOVE = Pattern.compile("\\[theo]: \\Q" + LOUD
            + "\\E\\s*\n(theo has read up to [^\n]*\n)?to theo> half a li(\\s*\ntina at [^\n]* \\| online)?$");

    private static Person tina;
    private static Person theo;

    @BeforeAll
    static void signUp(ServerProcess server) throws Exception {
        tina = Person.signUp(server, "tina");
        theo = Person.signUp(server, "theo");
    }

    @Test
    void newcomerIsAskedWhetherToTrustTheServerAndTwiceForAPassphrase(ServerProcess server) throws Exception {
        Person tom = Person.unknown(server, "tom");
        try (Terminal terminal = Terminal.open(server.installation(), tom.newClient(new String[0]))) {
            assertThat(terminal.await("(yes/no)")).contains(server.fingerprint());
            terminal.enter("yes");
            terminal.answer("pychat> ", "!signup");
            terminal.answer("User name: ", "tom");
            terminal.answer("New passphrase: ", tom.passphrase());
            terminal.answer("The same again: ", tom.passphrase() + "?");
            terminal.await(
                    "the reason, and the prompt again",
                    screen -> screen.contains("The two passphrases differ")
                            && screen.stripTrailing().endsWith("pychat>"));
            terminal.enter("!signup");
            answerAgain(terminal, "User name: ", "tom");
            answerAgain(terminal, "New passphrase: ", tom.passphrase());
            answerAgain(terminal, "The same again: ", tom.passphrase());
            assertThat(terminal.await("You have no new messages")).doesNotContain(tom.passphrase());
            terminal.press("C-d");
            terminal.await("<exit 0>");
        }
        assertThat(tom.client("--help").run().exit()).isZero();
    }

    @Test
    void peersLinesAppearAboveTheHalfTypedOne() throws Exception {
        try (Terminal atTina = logIn(tina);
                Terminal atTheo = logIn(theo)) {
            atTina.enter("!talk theo");
            atTina.await("to theo> ");
            atTheo.enter("!talk tina");
            atTheo.await("to tina> ");
            atTina.type("half a li");
            atTina.await("to theo> half a li");
            atTheo.enter(LOUD);
            atTina.await(
                    "the line stands above the half-typed one",
                    screen -> LOUD_ABOVE.matcher(screen.stripTrailing()).find());
            atTina.enter("ne");
            atTheo.await("[tina]: half a line");

            atTina.type("regretted");
            atTina.await("to theo> regretted");
            atTina.press("C-c");
            atTina.enter("kept");
            assertThat(atTheo.await("[tina]: kept")).doesNotContain("regretted");

            atTina.press("C-d");
            atTina.await("<exit 0>");
            atTheo.enter("!DISCONNECT");
            atTheo.await("<exit 0>");
        }
    }

    @Test
    void pastedBlockIsOneMessageAndPeersSteerNothing() throws Exception {
        try (Terminal atTina = logIn(tina)) {
            atTina.enter("!talk theo");
            atTina.await("to theo> ");
            atTina.paste("pasted one\n!back\n  three");
            atTina.await("  three");
            atTina.press("Enter");
            String hostile = "\u001b[2J\u001b[H\u001b]0;title\u0007 \u202eback\u202c\u0085forged";
            assertThat(theo.types("!talk tina", hostile).exit()).isZero();
            assertThat(atTina.await("forged"))
                    .contains("[theo]: \u241b[2J\u241b[H\u241b]0;title\u2407 back", "    | forged", "to theo> ");
            atTina.press("C-d");
            atTina.await("<exit 0>");
        }
        assertThat(theo.types("!talk tina").out()).contains("[tina]: pasted one\n    | !back\n    |   three\n");
    }

    private static Terminal logIn(Person person) throws Exception {
        Terminal terminal = Terminal.open(person.server().installation(), person.client());
        terminal.answer("pychat> ", "!login");
        terminal.answer("User name: ", person.name());
        terminal.answer("Passphrase: ", person.passphrase());
        assertThat(terminal.await(person.name() + "> ")).doesNotContain(person.passphrase());
        return terminal;
    }

    /** Answers a question that was asked once before. */
    private static void answerAgain(Terminal terminal, String question, String line) throws Exception {
        terminal.await("it asks \"" + question + "\" again", screen -> screen.split(question, -1).length == 3);
        terminal.enter(line);
    }
}
