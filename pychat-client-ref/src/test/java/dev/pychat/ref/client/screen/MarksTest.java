package dev.pychat.ref.client.screen;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What somebody sees of how far their messages have come. */
class MarksTest {
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

    private void script(String name, String... lines) throws Exception {
        String[] all = new String[lines.length + 3];
        all[0] = "!login";
        all[1] = name;
        all[2] = House.PASSPHRASE;
        System.arraycopy(lines, 0, all, 3, lines.length);
        assertThat(house.script(name, all).done()).isTrue();
    }

    @Test
    void messageIsAcceptedUntilThePeerItselfSaysMore() throws Exception {
        script("alice", "!talk bob", "are you there?");
        // Bob's read marker goes to the server, whose word it would be.
        script("bob", "!talk alice");
        try (Person alice = house.person("alice")) {
            alice.logsIn("alice").types("!talk bob");
            assertThat(alice.sees("are you there?")).matches(TIME + " ~ \\[alice] \u2713: are you there\\?");
            script("bob", "!talk alice", "I am");
            assertThat(alice.sees("[bob]")).matches(TIME + " ~ \\[bob]: I am");
            assertThat(alice.sees("has read"))
                    .matches("bob has read up to your message of " + TIME + ": are you there\\?");
            alice.types("!history");
            assertThat(alice.sees("[alice]")).matches(TIME + " ~ \\[alice] \u2713\u2713 \\(read\\): are you there\\?");
            assertThat(alice.leaves()).isTrue();
        }
    }

    @Test
    void peerWhoseProgramAnswersUnseenHasItDelivered() throws Exception {
        script("bob", "!talk alice", "first of all");
        script("alice", "!talk bob", "one");
        // It knows the whole conversation, and shows it to nobody.
        house.answer("bob", "alice", "one", "out of office");
        try (Person alice = house.person("alice")) {
            alice.logsIn("alice").types("!talk bob");
            assertThat(alice.sees("[alice]")).matches(TIME + " ~ \\[alice] \u2713\u2713: one");
            alice.types("two").sees("to bob> ");
            house.answer("bob", "alice", "two", "still out");
            assertThat(alice.sees("delivered to bob up to your message")).endsWith(": two");
            assertThat(alice.everything()).doesNotContain("has read");
            assertThat(alice.leaves()).isTrue();
        }
    }

    @Test
    void eachChangeIsToldOnceAndOnlyWhatIsNew() throws Exception {
        try (Person alice = house.person("alice")) {
            alice.logsIn("alice").types("!talk bob").sees("to bob> ");
            alice.types("first", "second");
            alice.sees("to bob> ");
            script("bob", "!talk alice", "answer");
            alice.sees("bob has read up to your message");
            script("bob", "!talk alice", "another");
            alice.sees("[bob]: another");
            alice.types("third").sees("to bob> ");
            script("bob", "!talk alice", "last");
            assertThat(alice.sees("bob has read up to your message")).endsWith(": third");
            assertThat(alice.everything().lines().filter(row -> row.contains("has read up to")))
                    .hasSize(2);
            assertThat(alice.everything()).doesNotContain("delivered to bob");
            assertThat(alice.leaves()).isTrue();
        }
    }

    /** Bob's client says on its own that he has read: nobody wants to hear how far that has come. */
    @Test
    void whoOnlyReadsIsToldNothingOfReceipts() throws Exception {
        house.sendReceiptsAlone(Duration.ofSeconds(1));
        try (Person alice = house.person("alice");
                Person bob = house.person("bob")) {
            alice.logsIn("alice").types("!talk bob").sees("to bob> ");
            bob.logsIn("bob").types("!talk alice").sees("to alice> ");
            for (String text : new String[] {"one", "two", "three"}) {
                alice.types(text);
                bob.sees("[alice]: " + text);
                assertThat(alice.sees("bob has read up to your message")).endsWith(": " + text);
            }
            assertThat(bob.leaves()).isTrue();
            assertThat(bob.everything()).doesNotContain("has read", "delivered to");
            assertThat(alice.leaves()).isTrue();
        }
    }

    @Test
    void scriptsGetTheLinesAsTheyWere() throws Exception {
        script("alice", "!talk bob", "hello");
        script("bob", "!talk alice", "hi");
        House.Result result = house.script("alice", "!login", "alice", House.PASSPHRASE, "!talk bob", "!history");
        assertThat(result.lines())
                .filteredOn(line -> line.contains("[alice]"))
                .hasSize(2)
                .allMatch(line -> line.matches(TIME + " ~ \\[alice]: hello"));
        assertThat(result.output()).doesNotContain("has read");
    }

    @Test
    void marksAreWordsWhereSignsMayNotShow() {
        assertThat(Mark.READ.behindName(false)).isEqualTo(" (read)");
        assertThat(Mark.DELIVERED.behindName(false)).isEqualTo(" (delivered)");
        assertThat(Mark.ACCEPTED.behindName(false)).isEqualTo(" (accepted)");
        assertThat(Mark.NONE.behindName(false)).isEmpty();
    }
}
