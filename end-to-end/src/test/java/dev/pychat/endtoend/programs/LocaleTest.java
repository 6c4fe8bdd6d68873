package dev.pychat.endtoend.programs;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pychat.endtoend.Command;
import dev.pychat.endtoend.Finished;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * The languages in which careless programs go wrong: Turkish folds I and i to other letters, Arabic writes other digits, and
 * the C locale knows no letter beyond ASCII.
 */
@ExtendWith(Shared.class)
class LocaleTest {
    private static final String TEXT =
            "\u0130st\u0131k \u00df \u00e9 \u6f22\u5b57 \ud83d\ude00\ud83d\udc69\u200d\ud83d\udcbb";
    private static final String RIGHT_TO_LEFT = "\u0645\u0631\u062d\u0628\u0627 123 \u05e9\u05dc\u05d5\u05dd";

    private static Person irma;

    @BeforeAll
    static void signUp(ServerProcess server) throws Exception {
        irma = Person.signUp(server, "irma");
    }

    @ParameterizedTest
    @CsvSource({"C, en, US", "tr_TR, tr, TR", "ar, ar, EG"})
    void clientWorksInEveryLanguage(String locale, String language, String country, ServerProcess server)
            throws Exception {
        Path java = server.installation().javaHome(speaking(language, country));
        Path thoroughJava = server.installation().thoroughJavaHome(speaking(language, country));
        Person lili = Person.unknown(server, "lili-" + language);
        Finished first = ClientProcess.script(
                in(locale, thoroughJava, lili.client()),
                "!signup",
                "LILI-" + language,
                lili.passphrase(),
                "!list LILI-" + language,
                "!talk IRMA",
                RIGHT_TO_LEFT,
                "!disconnect");
        assertThat(first.exit()).as("%s", first).isZero();
        assertThat(first.err()).isEmpty();
        assertThat(first.out()).contains("You have no new messages\n" + lili.name() + "\n");

        Finished answer = irma.types("!talk " + lili.name(), TEXT);
        assertThat(Said.messages(answer.out())).containsExactly(lili.name() + ": \u2068" + RIGHT_TO_LEFT + "\u2069");
        Finished second = ClientProcess.script(
                in(locale, java, lili.client()), "!login", "LILI-" + language, lili.passphrase(), "!talk IRMA");
        assertThat(second.exit()).as("%s", second).isZero();
        assertThat(second.out()).contains("irma sent you 1 message\n");
        assertThat(Said.messages(second.out()))
                .containsExactly(lili.name() + ": \u2068" + RIGHT_TO_LEFT + "\u2069", "irma: " + TEXT);
    }

    @ParameterizedTest
    @CsvSource({"C, en, US", "tr_TR, tr, TR", "ar, ar, EG"})
    void serverWorksInEveryLanguage(String locale, String language, String country, Installation pychat)
            throws Exception {
        Path java = pychat.javaHome(speaking(language, country));
        Finished printed = in(locale, java, pychat.pychat("server", "--print-config", "--listing", "off"))
                .with("PYCHAT_LISTING", "on")
                .with("PYCHAT_PORT", "5051")
                .run();
        assertThat(printed.exit()).as("%s", printed).isZero();
        assertThat(printed.err()).isEmpty();
        assertThat(printed.out())
                .contains("listing = off  (flag --listing)\n", "port = 5051  (environment PYCHAT_PORT)\n");
    }

    private static Command in(String locale, Path java, Command command) {
        return command.with("LC_ALL", locale).with("JAVA_HOME", java.toString());
    }

    private static String[] speaking(String language, String country) {
        return new String[] {"-Duser.language=" + language, "-Duser.country=" + country};
    }
}
