package dev.pychat.ref.client.screen;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pychat.ref.client.text.QrReader;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** People compare safety numbers and accept new identities. */
class PeerTest {
    private static final String NEXT = "another horse, another battery";

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
    void bothSeeTheSameDigitsAndACodeThatSaysThem() throws Exception {
        House.Result alice = as("alice", "!verify bob");
        House.Result bob = as("bob", "!talk alice", "!verify");
        assertThat(alice.done()).isTrue();
        assertThat(digits(alice)).matches("(\\d{5} ){11}\\d{5}").isEqualTo(digits(bob));
        String code =
                QrReader.read(alice.lines().stream().filter(QrReader::isRow).toList());
        assertThat(code).isEqualTo("PYCHAT:1:" + digits(alice).replace(" ", ""));
        assertThat(bob.lines().stream().filter(QrReader::isRow).toList())
                .isEqualTo(alice.lines().stream().filter(QrReader::isRow).toList());
        assertThat(alice.output()).contains("bob is not marked as verified.");
    }

    @Test
    void scriptMarksWithAWordBehindTheName() throws Exception {
        assertThat(as("alice", "!verify bob yes").output()).contains("bob is verified.");
        assertThat(as("alice", "!talk bob").output()).contains("Chat with bob, who is verified.");
        assertThat(as("bob", "!talk alice").output()).contains("Chat with alice. ");
        assertThat(as("alice", "!verify bob").output()).contains("bob is marked as verified.");
        assertThat(as("alice", "!verify bob no").output()).contains("bob is not verified.");
        assertThat(as("alice", "!talk bob").output()).contains("Chat with bob. ");
    }

    @Test
    void newDeviceKnowsWhatAScriptHasSaidThatLeftAtOnce() throws Exception {
        as("alice", "!verify bob yes");
        assertThat(onANewDevice("second")).contains("bob is marked as verified.");
        as("alice", "!verify bob no");
        assertThat(onANewDevice("third")).contains("bob is not marked as verified.");
    }

    private String onANewDevice(String device) throws Exception {
        return house.script(device, "!login", "alice", House.PASSPHRASE, "!verify bob", "!disconnect")
                .output();
    }

    @Test
    void digitsThemselvesMarkOnlyIfTheyAreTheRightOnes() throws Exception {
        String digits = digits(as("bob", "!verify alice"));
        char other = digits.charAt(0) == '1' ? '2' : '1';
        House.Result wrong = as("alice", "!verify bob " + other + digits.substring(1));
        assertThat(wrong.done()).isFalse();
        assertThat(wrong.output()).contains("this is not the safety number with bob");
        assertThat(as("alice", "!verify bob " + digits).output()).contains("bob is verified.");
    }

    @Test
    void keysThatNobodyAsksForAreNotGiven() throws Exception {
        assertThat(as("alice", "!talk bob", "hello").done()).isTrue();
        assertThat(as("alice", "!rewrap bob").output()).contains("Nothing was given: bob's device asks for no keys");
        assertThat(as("alice", "!talk bob", "!rewrap").output()).contains("Nothing was given");
        assertThat(as("alice", "!rewrap").output()).contains("Nobody was named");
    }

    @Test
    void whatIsNeitherYesNorNoChangesNothing() throws Exception {
        House.Result result = as("alice", "!verify bob maybe");
        assertThat(result.done()).isFalse();
        assertThat(result.output()).contains("Nothing was changed").doesNotContain("bob is verified");
        assertThat(as("alice", "!verify").output()).contains("Nobody was named");
        assertThat(as("alice", "!verify nobody").output()).contains("no user nobody");
        assertThat(as("alice", "!accept bob").output()).contains("Nothing was accepted");
    }

    @Test
    void personIsAskedAndSeesTheMarkInThePrompt() throws Exception {
        try (Person alice = house.person("alice")) {
            alice.logsIn("alice").types("!talk bob").sees("to bob> ");
            alice.types("!verify").sees("Are the numbers equal?");
            alice.types("yes").sees("bob is verified.");
            alice.sees("to bob (verified)> ");
            alice.types("!verify").sees("is marked as verified");
            alice.types("no").sees("bob is not verified");
            alice.sees("to bob> ");
            assertThat(alice.leaves()).isTrue();
        }
    }

    @Test
    void changeIsOneNoticeStopsSendingAndIsMarkedWhenItIsAccepted() throws Exception {
        as("bob", "!talk alice", "the first");
        try (Person alice = house.person("alice")) {
            alice.logsIn("alice").types("!talk bob").sees("[bob]: the first");
            alice.types("!verify bob").sees("Are the numbers equal?");
            alice.types("yes").sees("to bob (verified)> ");
            reset();
            house.script("bob", "!login", "bob", NEXT, "!talk alice", "the second");
            alice.sees("The identity of bob has changed.");
            alice.types("not to be sent").sees("This was not sent: The identity of bob");
            assertThat(alice.everything().lines().filter(row -> row.startsWith("The identity of bob has changed. ")))
                    .hasSize(1);
            alice.types("!verify").sees("!ACCEPT bob says what");
            alice.types("!accept").sees("The safety number would be:");
            alice.sees("Accept the new identity of bob?");
            alice.types("no").sees("It is not accepted");
            alice.types("!accept").sees("Accept the new identity of bob?");
            alice.types("yes")
                    .seesInAnyOrder(
                            "Accepted.", "----- a new identity of bob from here on, accepted", "[bob]: the second");
            alice.types("to the new one").sees("to bob> ");
            assertThat(alice.leaves()).isFalse();
        }
        List<String> history = as("alice", "!talk bob").lines();
        int mark = indexOf(history, "----- a new identity of bob");
        assertThat(indexOf(history, "[bob]: the first")).isLessThan(mark);
        assertThat(indexOf(history, "[bob]: the second")).isGreaterThan(mark);
        House.Result bob = house.script("bob", "!login", "bob", NEXT, "!talk alice", "!history");
        assertThat(bob.output()).contains("[alice]: to the new one").doesNotContain("not to be sent");
        List<String> whole = as("alice", "!talk bob", "!history").lines();
        assertThat(whole.stream().filter(row -> row.startsWith("----- a new identity of bob")))
                .hasSize(2);
    }

    @Test
    void scriptSeesTheNumberFirstAndAcceptsWithAWord() throws Exception {
        as("bob", "!talk alice", "the first");
        as("alice", "!talk bob", "!verify bob yes");
        reset();
        House.Result stopped = as("alice", "!talk bob", "not to be sent");
        assertThat(stopped.done()).isFalse();
        House.Result shown = as("alice", "!accept bob");
        assertThat(shown.output()).contains("the old ones have signed for them", "The safety number would be:");
        House.Result accepted = as("alice", "!accept bob yes", "!verify bob", "!talk bob", "now");
        assertThat(accepted.done()).isTrue();
        House.Result bob = house.script("bob", "!login", "bob", NEXT, "!verify alice", "!talk alice");
        assertThat(digits(bob)).isEqualTo(digits(shown)).isNotEqualTo("");
        assertThat(bob.output()).contains("[alice]: now");
        assertThat(accepted.output()).contains("bob is not marked as verified.", "Chat with bob. ");
    }

    @Test
    void weakerSuiteStopsSendingUntilItIsAccepted() throws Exception {
        assertThat(as("alice", "!talk bob", "the first").done()).isTrue();
        house.lowerSuite("bob");
        assertThat(as("alice", "!talk bob", "not to be sent").output())
                .contains("offer weaker protection", "!ACCEPT bob asks you.");
        House.Result shown = as("alice", "!accept bob");
        assertThat(shown.output())
                .contains("offer suite 1, and have offered suite 2")
                .doesNotContain("Accepted");
        assertThat(as("alice", "!accept bob no").output()).contains("It is not accepted");
        House.Result accepted = as("alice", "!accept bob yes", "!talk bob", "now");
        assertThat(accepted.output()).contains("Accepted. What waited is sent.");
        assertThat(as("alice", "!accept bob").output()).contains("Nothing was accepted");
    }

    private void reset() throws Exception {
        House.Result reset =
                house.script("bob", "!login", "bob", House.PASSPHRASE, "!reset-identity", House.PASSPHRASE, NEXT);
        assertThat(reset.output()).contains("You have a new identity");
    }

    private House.Result as(String name, String... lines) throws Exception {
        String[] script = new String[lines.length + 3];
        script[0] = "!login";
        script[1] = name;
        script[2] = House.PASSPHRASE;
        System.arraycopy(lines, 0, script, 3, lines.length);
        return house.script(name, script);
    }

    private static int indexOf(List<String> rows, String text) {
        for (int i = 0; i < rows.size(); i++) {
            if (rows.get(i).contains(text)) {
                return i;
            }
        }
        throw new AssertionError("no \"" + text + "\" in\n" + String.join("\n", rows));
    }

    /** The first number that was shown. */
    private static String digits(House.Result result) {
        List<String> rows = result.lines().stream()
                .filter(row -> row.matches(" {4}(\\d{5} ){5}\\d{5}"))
                .map(String::strip)
                .toList();
        return rows.get(0) + " " + rows.get(1);
    }
}
