package dev.pychat.ref.client.terminal;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TerminalConsoleTest {
    @TempDir
    Path folder;

    @ParameterizedTest
    @ValueSource(strings = {"C", "tr_TR", "ar", "C.UTF-8"})
    void terminalSpeaksUtf8WhateverTheLocale(String locale) throws Exception {
        try (Tmux tmux = start(locale)) {
            tmux.await("you> ");
            tmux.enter("d\u00e9j\u00e0 \u0438 \u6f22");
            tmux.await("read 8 [d\u00e9j\u00e0 \u0438 \u6f22]");
            tell("\u00fcber");
            tmux.await("12:00 ~ [bob]: \u00fcber");
        }
    }

    @Test
    void lineIsTakenAsItWasTyped() throws Exception {
        try (Tmux tmux = start("C.UTF-8")) {
            tmux.await("you> ");
            tmux.enter("!!a !1 \\n \"open 'too ^x^y^ $HOME");
            assertThat(tmux.await("read 32")).contains("[!!a !1 \\n \"open 'too ^x^y^ $HOME]");
        }
    }

    @Test
    void newsAppearAboveTheHalfTypedLineAndLeaveItAlone() throws Exception {
        try (Tmux tmux = start("C.UTF-8")) {
            tmux.await("you> ");
            tmux.type("half a li");
            tmux.await("you> half a li");
            tell("hello");
            tmux.await("shows the news above", screen -> screen.contains("12:00 ~ [bob]: hello\nyou> half a li"));
            tmux.enter("ne");
            tmux.await("read 11 [half a line]");
        }
    }

    @Test
    void lineAtTheFootStaysBelowWhatIsTypedAndShownAndGoesAtTheEnd() throws Exception {
        try (Tmux tmux = start("C.UTF-8")) {
            tmux.await("you> ");
            tmux.enter("foot alice | connecting");
            tmux.await("has the foot", screen -> screen.stripTrailing().endsWith("\nalice | connecting"));
            tmux.type("half a li");
            tmux.await("you> half a li");
            for (int i = 1; i <= 30; i++) {
                tell("news " + i);
            }
            tmux.await(
                    "shows news above the line, and the foot below",
                    screen -> screen.matches("(?s).*news 30\nyou> half a li\\s*\nalice \\| connecting\\s*"));
            tmux.enter("ne");
            tmux.await("read 11 [half a line]");
            tmux.enter("foot alice | online");
            tmux.await("has the other foot", screen -> screen.stripTrailing().endsWith("\nalice | online"));
            assertThat(tmux.screen()).containsOnlyOnce("\nalice | ");
            tmux.press("C-d");
            tmux.await("<exit 0>");
            assertThat(tmux.screen()).doesNotContain("\nalice | ");
        }
    }

    @Test
    void longNewsGoOnBehindTheGutterAndSteerNothing() throws Exception {
        try (Tmux tmux = start("C.UTF-8")) {
            tmux.await("you> ");
            tell("x".repeat(100) + "\u001b[2J\u001b[H");
            String screen = tmux.await("\u241b[2J\u241b[H");
            assertThat(screen).contains("12:00 ~ [bob]: " + "x".repeat(64) + "\n    | " + "x".repeat(36) + "\u241b[2J");
            assertThat(screen).contains("a terminal");
        }
    }

    @Test
    void secretIsNeitherShownNorKeptEvenTypedAheadOfItsPrompt() throws Exception {
        try (Tmux tmux = start("C.UTF-8")) {
            tmux.await("you> ");
            tmux.type("secret");
            tmux.press("Enter");
            tmux.enter("hidden-passphrase");
            tmux.await("read 17 [***]");
            tmux.press("Up");
            String screen = tmux.await(
                    "calls up the line before", shown -> shown.stripTrailing().endsWith("you> secret"));
            assertThat(screen).doesNotContain("hidden");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"\u001b[A", "\u001bOA"})
    void arrowCallsUpTheLineBeforeInWhicheverFormItComes(String up) throws Exception {
        try (Tmux tmux = start("C.UTF-8")) {
            tmux.await("you> ");
            tmux.enter("first");
            tmux.await("read 5 [first]");
            tmux.type(up);
            tmux.await("calls up the line", shown -> shown.stripTrailing().endsWith("you> first"));
        }
    }

    @Test
    void pastedBlockIsOneLineWithBreaks() throws Exception {
        try (Tmux tmux = start("C.UTF-8")) {
            tmux.await("you> ");
            tmux.paste("one\n\ttwo\n!three");
            tmux.press("Enter");
            tmux.await("read 15 [one|<tab>two|!three]");
        }
    }

    @Test
    void lineOfTenThousandCharactersArrivesWholeTypedOrPasted() throws Exception {
        try (Tmux tmux = start("C.UTF-8")) {
            tmux.await("you> ");
            tmux.enter("word ".repeat(2000));
            tmux.await("read 10000 [");
            tmux.paste("longer ".repeat(1500));
            tmux.press("Enter");
            tmux.await("read 10500 [");
        }
    }

    @Test
    void controlCTakesTheLineBackAndControlDEnds() throws Exception {
        try (Tmux tmux = start("C.UTF-8")) {
            tmux.await("you> ");
            tmux.type("regret");
            tmux.await("you> regret");
            tmux.press("C-c");
            tmux.await("Cancelled");
            tmux.enter("kept");
            tmux.await("read 4 [kept]");
            tmux.press("C-d");
            tmux.await("the end");
            tmux.await("<exit 0>");
        }
    }

    @Test
    void controlCTakesBackALineOrASecretOnATerminalThatCannotMoveItsCursorToo() throws Exception {
        try (Tmux tmux = Tmux.run("TERM=dumb " + command("C.UTF-8"))) {
            tmux.await("you> ");
            tmux.type("regret");
            tmux.await("you> regret");
            tmux.press("C-c");
            tmux.await("Cancelled");
            tmux.enter("secret");
            tmux.await("Passphrase: ");
            tmux.type("hidden");
            tmux.press("C-c");
            tmux.enter("hidden-anew");
            assertThat(tmux.await("read 11 [***]")).doesNotContain("hidden");
            tmux.enter("kept");
            tmux.await("read 4 [kept]");
            tmux.press("C-d");
            tmux.await("<exit 0>");
            tmux.enter("echoed");
            tmux.await("echoes", screen -> screen.split("echoed", -1).length == 3);
        }
    }

    @Test
    void controlDTypedBetweenTwoQuestionsEndsAtTheNext() throws Exception {
        try (Tmux tmux = start("C.UTF-8")) {
            tmux.await("you> ");
            tmux.enter("wait");
            tmux.await("read 4 [wait]");
            tmux.press("C-d");
            tell("go on");
            tmux.await("the end");
            tmux.await("<exit 0>");
        }
    }

    @Test
    void terminalEchoesAgainAfterwards() throws Exception {
        try (Tmux tmux = start("C.UTF-8")) {
            tmux.await("you> ");
            tmux.press("C-d");
            tmux.await("<exit 0>");
            tmux.enter("echoed");
            tmux.await("echoes", screen -> screen.split("echoed", -1).length == 3);
        }
    }

    @Test
    void pipesAreNoTerminal() throws Exception {
        Process process =
                new ProcessBuilder("sh", "-c", "printf 'caf\\303\\251\\n' | " + command("C") + " 2>&1 | cat").start();
        assertThat(new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8))
                .isEqualTo("no terminal\nread 4 [caf\u00e9]\nthe end\n");
        assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
    }

    private Tmux start(String locale) throws Exception {
        return Tmux.run(command(locale));
    }

    private String command(String locale) throws Exception {
        Path news = folder.resolve("news");
        if (!Files.exists(news)) {
            Files.createFile(news);
        }
        String home = System.getProperty("pychat.test.java.home", System.getProperty("java.home"));
        boolean warns = Runtime.version().feature() >= 22;
        return "env LC_ALL=" + locale + " '" + home + "/bin/java' -XX:TieredStopAtLevel=1 "
                + (warns ? "--enable-native-access=ALL-UNNAMED " : "") + "-cp '" + System.getProperty("java.class.path")
                + "' " + TypingProgram.class.getName() + " '" + news + "'";
    }

    private void tell(String line) throws Exception {
        Files.writeString(folder.resolve("news"), line + "\n", StandardOpenOption.APPEND);
    }
}
