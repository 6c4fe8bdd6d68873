package dev.pychat.ref.client.screen;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pychat.client.ClientState;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What somebody sees of the connection, and of how far their messages have come. */
class StatusTest {
    private static final String TIME = "\\d{4}-\\d\\d-\\d\\d \\d\\d:\\d\\d";

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
    void lineAtTheFootFollowsTheConnectionAndSaysWhatWaits() throws Exception {
        try (Person alice = house.person("alice")) {
            alice.logsIn("alice");
            assertThat(alice.seesAtTheFoot("online")).matches("alice at .* \\| online");
            alice.types("!talk bob").sees("to bob> ");
            alice.types("hello");
            assertThat(stateOnceAccepted(alice, ": hello")).matches("\u2713 accepted, sent " + TIME + ": hello");
            house.line().cut();
            assertThat(alice.seesAtTheFoot("no connection"))
                    .matches("alice at .* \\| no connection, next attempt at \\d\\d:\\d\\d:\\d\\d.*");
            alice.types("are you there?");
            alice.seesAtTheFoot("| 1 message waits");
            alice.types("!status");
            alice.sees("alice at ");
            assertThat(alice.sees("queued")).isEqualTo("\u2026 queued: are you there?");
            house.line().mend();
            alice.seesAtTheFoot("| online");
            assertThat(alice.leaves()).isTrue();
        }
    }

    @Test
    void statesAreSaidInWords() {
        Instant noon = Instant.parse("2026-11-26T12:00:00Z");
        assertThat(StatusLine.words(new ClientState.Online(), ZoneOffset.UTC)).isEqualTo("online");
        assertThat(StatusLine.words(new ClientState.Connecting(), ZoneOffset.UTC))
                .isEqualTo("connecting");
        assertThat(StatusLine.words(new ClientState.Waiting(noon), ZoneOffset.UTC))
                .isEqualTo("no connection, next attempt at 12:00:00");
        assertThat(StatusLine.words(new ClientState.Closed("the account was deleted"), ZoneOffset.UTC))
                .isEqualTo("closed: the account was deleted");
    }

    @Test
    void scriptIsToldTheSameInWordsAlone() throws Exception {
        script("alice", "!talk bob", "one");
        script("bob", "!talk alice", "answer");
        script("alice", "!talk bob", "two");
        House.Result result = house.script(
                "alice", "!login", "alice", House.PASSPHRASE, "!status", "!talk bob", "!status", "!disconnect");
        assertThat(result.done()).isTrue();
        assertThat(result.lines())
                .anyMatch(line -> line.matches("alice at .* \\| online"))
                .anyMatch(line -> line.matches("read, sent " + TIME + ": one"))
                .anyMatch(line -> line.matches("accepted, sent " + TIME + ": two"));
    }

    @Test
    void messageThatIsRefusedIsShownAsFailedWithTheReason() throws Exception {
        script("bob", "!block alice");
        try (Person alice = house.person("alice")) {
            alice.logsIn("alice").types("!talk bob").sees("to bob> ");
            alice.types("let me in");
            alice.sees("was not sent");
            alice.types("!status");
            assertThat(alice.sees("let me in")).startsWith("! failed (").endsWith(": let me in");
            alice.leaves();
        }
    }

    @Test
    void receiptsOfAPersonWhoOnlyReadsArriveUntilTheyAreSwitchedOff() throws Exception {
        house.sendReceiptsAlone(Duration.ofMillis(20));
        try (Person alice = house.person("alice");
                Person bob = house.person("bob")) {
            alice.logsIn("alice").types("!talk bob").sees("to bob> ");
            bob.logsIn("bob");
            alice.types("first");
            assertThat(alice.sees("delivered to bob up to your message")).endsWith(": first");
            bob.types("!talk alice").sees("first");
            assertThat(alice.sees("bob has read up to your message")).endsWith(": first");
            bob.types("!receipts").sees("Receipts are on");
            bob.types("!receipts off").sees("Receipts are off, on all your devices");
            bob.types("!receipts perhaps").sees("Nothing was changed");
            alice.types("second");
            bob.sees("second");
            bob.types("I write");
            alice.seesInAnyOrder("I write", "delivered to bob up to your message");
            assertThat(alice.everything())
                    .containsPattern("delivered to bob up to your message of " + TIME + ": second");
            alice.types("!status");
            assertThat(alice.sees(": second")).contains("delivered, sent");
            assertThat(alice.everything()).doesNotContain("unread from here");
            assertThat(alice.leaves()).isTrue();
            assertThat(bob.leaves()).isTrue();
        }
    }

    private static String stateOnceAccepted(Person person, String text) throws Exception {
        while (true) {
            String state = person.types("!status").sees(text);
            if (!state.contains("queued")) {
                return state;
            }
        }
    }

    private void script(String name, String... lines) throws Exception {
        String[] all = new String[lines.length + 3];
        all[0] = "!login";
        all[1] = name;
        all[2] = House.PASSPHRASE;
        System.arraycopy(lines, 0, all, 3, lines.length);
        assertThat(house.script(name, all).done()).isTrue();
    }
}
