package dev.pychat.ref.client.screen;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What stands behind a command is never overlooked in silence, and nobody is asked for a secret for nothing. */
class WordsBehindCommandsTest {
    private static final String BARE = " takes nothing behind it.";

    private House house;

    @BeforeEach
    void open() throws Exception {
        house = new House();
        house.signUp("alice");
        house.signUp("bob");
    }

    @AfterEach
    void close() {
        house.close();
    }

    @Test
    void commandsThatStandAloneAreKnownByTheirUsage() {
        assertThat(Arrays.stream(Command.values()).filter(Command::isBare))
                .containsExactly(
                        Command.BLOCKED,
                        Command.PASSWD,
                        Command.DEVICES,
                        Command.REJOIN,
                        Command.RESET_IDENTITY,
                        Command.HISTORY,
                        Command.STATUS,
                        Command.BACK,
                        Command.HELP,
                        Command.DISCONNECT);
    }

    @Test
    void personIsToldOnEveryScreenAndStaysThere() throws Exception {
        try (Person alice = house.person("alice")) {
            alice.sees("pychat> ");
            isTold(alice, "pychat> ", Command.HELP, Command.DISCONNECT);
            alice.logsIn("alice");
            isTold(alice, "alice> ", Command.PASSWD, Command.RESET_IDENTITY, Command.HELP, Command.DISCONNECT);
            alice.types("!talk bob").sees("to bob> ");
            isTold(alice, "to bob> ", Command.HISTORY, Command.BACK, Command.HELP, Command.DISCONNECT);
            assertThat(alice.leaves()).isTrue();
        }
    }

    private static void isTold(Person person, String prompt, Command... commands) throws Exception {
        for (Command command : commands) {
            person.types(command + " secret").sees("Nothing was done: " + command + BARE);
            person.sees(prompt);
        }
        assertThat(person.everything()).doesNotContain("secret");
    }

    @Test
    void personIsNotAskedForAPassphraseThatWouldBeOfNoUse() throws Exception {
        try (Person alice = house.person("alice")) {
            alice.logsIn("alice");
            alice.types("!delete-account").sees("!DELETE-ACCOUNT alice deletes this account");
            alice.types("!delete-account bob").sees("!DELETE-ACCOUNT alice deletes this account");
            alice.types("!recovery on").sees("takes nothing but \"off\"");
            alice.sees("alice> ");
            assertThat(alice.everything()).doesNotContain("Your passphrase: ");
        }
    }

    @Test
    void scriptFailsAndItsSecretsAreNotTakenForLines() throws Exception {
        for (String line : List.of("!passwd x", "!reset-identity x", "!delete-account", "!recovery x")) {
            House.Result result = house.script(
                    "alice", "!login", "alice", House.PASSPHRASE, line, House.PASSPHRASE, "!list", "!talk bob");
            assertThat(result.done()).as(line).isFalse();
            assertThat(result.output())
                    .as(line)
                    .contains("Nothing was ")
                    .contains("Chat with bob")
                    .doesNotContain("This was not sent", House.PASSPHRASE);
        }
    }
}
