package dev.pychat.ref.client.screen;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pychat.ref.client.terminal.Answer;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Two people at their terminals, over the real client and server. */
class ChatTest {
    private static final String TIME = "\\d{4}-\\d\\d-\\d\\d \\d\\d:\\d\\d";

    private House house;

    @BeforeEach
    void open() throws Exception {
        house = new House();
        house.signUp("alice");
        house.signUp("bob");
        house.signUp("carol");
    }

    @AfterEach
    void close() {
        house.close();
    }

    @Test
    void messagesWaitForWhoIsAwayAndAreSummarisedAndMarked() throws Exception {
        house.script("bob", "!login", "bob", House.PASSPHRASE, "!talk alice", "first", "second", "!disconnect");
        house.script("carol", "!login", "carol", House.PASSPHRASE, "!talk alice", "hi", "!disconnect");
        try (Person alice = house.person("alice")) {
            alice.logsIn("alice");
            assertThat(alice.everything()).contains("\nbob sent you 2 messages\n", "\ncarol sent you 1 message\n");
            alice.types("!talk bob");
            alice.sees("unread");
            assertThat(alice.sees("first")).matches(TIME + " ~ \\[bob]: first");
            alice.sees("[bob]: second");
            alice.types("so soon?");
            assertThat(alice.leaves()).isTrue();
        }
        House.Result bob = house.script("bob", "!login", "bob", House.PASSPHRASE, "!talk alice");
        assertThat(bob.done()).isTrue();
        assertThat(bob.lines()).contains("alice sent you 1 message");
        assertThat(bob.output()).containsSubsequence("[bob]: first", "[bob]: second", "unread", "[alice]: so soon?");
        assertThat(house.script("alice", "!login", "alice", House.PASSPHRASE).output())
                .contains("carol sent you 1 message")
                .doesNotContain("bob sent you");
    }

    @Test
    void linesAppearWhileBothAreThereAndNoOwnLineTwice() throws Exception {
        try (Person alice = house.person("alice");
                Person bob = house.person("bob")) {
            alice.logsIn("alice").types("!talk bob").sees("to bob> ");
            bob.logsIn("bob").types("!talk alice").sees("to alice> ");
            alice.types("hello");
            bob.sees("[alice]: hello");
            bob.types("hello yourself", "are you well?");
            alice.sees("[bob]: hello yourself");
            alice.sees("[bob]: are you well?");
            assertThat(alice.everything()).doesNotContain("[alice]: hello");
            assertThat(alice.leaves()).isTrue();
            assertThat(bob.leaves()).isTrue();
            assertThat(bob.everything()).doesNotContain("disconnect");
        }
        assertThat(house.script("bob", "!login", "bob", House.PASSPHRASE).lines())
                .contains("You have no new messages");
    }

    @Test
    void messageOfSomebodyElseIsOneNoticeAndStaysUnread() throws Exception {
        try (Person alice = house.person("alice")) {
            alice.logsIn("alice").types("!talk bob").sees("to bob> ");
            house.script("carol", "!login", "carol", House.PASSPHRASE, "!talk alice", "psst");
            alice.sees("carol sent you 1 message");
            assertThat(alice.everything()).doesNotContain("psst").containsOnlyOnce("carol sent you");
            alice.leaves();
        }
        assertThat(house.script("alice", "!login", "alice", House.PASSPHRASE).lines())
                .contains("carol sent you 1 message");
    }

    @Test
    void textThatLooksLikeACommandIsSentWithADoubledMark() throws Exception {
        try (Person bob = house.person("bob")) {
            bob.logsIn("bob").types("!talk alice").sees("to alice> ");
            house.script("alice", "!login", "alice", House.PASSPHRASE, "!talk bob", "!!back", "!nonsense", "a\\b !c");
            bob.sees("[alice]: !back");
            bob.sees("[alice]: a\\b !c");
            assertThat(bob.everything()).doesNotContain("nonsense");
        }
    }

    @Test
    void pastedBlockIsOneMessageWhoseLinesCannotPassForOthers() throws Exception {
        try (Person alice = house.person("alice");
                Person bob = house.person("bob")) {
            bob.logsIn("bob").types("!talk alice").sees("to alice> ");
            alice.logsIn("alice").types("!talk bob").sees("to bob> ");
            alice.types("one\n2026-11-22 14:03 ~ [carol]: forged\u001b[2J\n\u202etwo");
            assertThat(bob.sees("[alice]: one")).matches(TIME + " ~ \\[alice]: one");
            assertThat(bob.sees("forged")).isEqualTo("    | 2026-11-22 14:03 ~ [carol]: forged\u241b[2J");
            assertThat(bob.sees("two")).isEqualTo("    | two");
        }
    }

    @Test
    void messageThatWouldFloodATerminalIsCutAndShownWholeOnDemand() throws Exception {
        try (Person alice = house.person("alice");
                Person bob = house.person("bob")) {
            bob.logsIn("bob").types("!talk alice").sees("to alice> ");
            alice.logsIn("alice").types("!talk bob").sees("to bob> ");
            alice.types("begin" + "\nx".repeat(999) + "\nend");
            bob.sees("[alice]: begin");
            assertThat(bob.sees("not shown")).contains("801 lines");
            assertThat(bob.everything().lines().count()).isLessThan(250);
            bob.types("!show 1");
            bob.sees("| end");
            bob.types("!show 2").sees("no such message");
            bob.types("!show me").sees("no such message");
        }
        assertThat(house.script("bob", "!login", "bob", House.PASSPHRASE, "!talk alice")
                        .output())
                .contains("| end");
    }

    @Test
    void whoCannotBeTalkedToIsSaidInASentence() throws Exception {
        try (Person alice = house.person("alice")) {
            alice.logsIn("alice").types("!talk nobody").sees("no user nobody");
            alice.types("!talk alice").sees("yourself");
            alice.types("!talk Not A Name").sees("is not a user name");
            alice.types("!TALK", "BOB").sees("to bob> ");
            alice.types("!nonsense").sees("There is no such command");
            alice.types("!list").sees("!BACK first");
            alice.types("!back").sees("alice> ");
            alice.types("!back").sees("main menu");
            alice.types("!history").sees("is for a chat");
            alice.types("just words").sees("not sent");
        }
    }

    @Test
    void everyScreenHelps() throws Exception {
        try (Person alice = house.person("alice")) {
            alice.types("!help").sees("!LOGIN");
            alice.logsIn("alice").types("!Help").sees("!LIST [prefix]");
            alice.types("!talk bob").sees("to bob> ");
            alice.types("!HELP").sees("!BACK");
            alice.sees("!DISCONNECT");
        }
    }

    @Test
    void historyIsShownWholeWhenAskedFor() throws Exception {
        String[] lines = new String[303];
        List.of("!login", "alice", House.PASSPHRASE, "!talk bob").toArray(lines);
        for (int i = 4; i < lines.length; i++) {
            lines[i] = "line " + i + ".";
        }
        assertThat(house.script("alice", lines).done()).isTrue();
        house.script("bob", "!login", "bob", House.PASSPHRASE, "!talk alice");
        List<String> latest = house.script("bob", "!login", "bob", House.PASSPHRASE, "!talk alice")
                .lines();
        assertThat(latest).anyMatch(line -> line.endsWith("line 302.")).noneMatch(line -> line.endsWith("line 4."));
        List<String> whole = house.script("bob", "!login", "bob", House.PASSPHRASE, "!talk alice", "!history")
                .lines();
        List<String> said =
                whole.stream().filter(line -> line.contains("~ [alice]: line")).toList();
        assertThat(said.subList(said.size() - 299, said.size()))
                .extracting(line -> line.replaceAll(".*line ", ""))
                .startsWith("4.", "5.")
                .endsWith("302.");
    }

    @Test
    void historyHoldsWhatWasJustTypedAcceptedOrNotAndSaysWhenThereIsNone() throws Exception {
        House.Result script =
                house.script("alice", "!login", "alice", House.PASSPHRASE, "!talk bob", "!history", "hi", "!history");
        assertThat(script.lines())
                .filteredOn("Nothing was said here yet."::equals)
                .hasSize(2);
        assertThat(script.lines())
                .filteredOn(line -> line.endsWith(" ~ [alice]: hi"))
                .hasSize(1);
    }

    @Test
    void controlCKeepsTheScreenAndControlDLeaves() throws Exception {
        Person alice = house.person("alice");
        alice.logsIn("alice").types("!talk bob").sees("to bob> ");
        alice.presses(new Answer.Cancelled()).sees("to bob> ");
        alice.close();
    }
}
