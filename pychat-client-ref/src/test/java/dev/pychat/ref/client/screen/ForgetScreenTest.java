package dev.pychat.ref.client.screen;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What a person sees of forgetting. */
class ForgetScreenTest {
    private House house;

    @BeforeEach
    void meet() throws Exception {
        house = new House();
        house.signUp("alice");
        house.signUp("bob");
    }

    @AfterEach
    void end() {
        house.close();
    }

    private House.Result as(String name, String... lines) throws Exception {
        String[] all = new String[lines.length + 3];
        all[0] = "!login";
        all[1] = name;
        all[2] = House.PASSPHRASE;
        System.arraycopy(lines, 0, all, 3, lines.length);
        return house.script(name, all);
    }

    @Test
    void personIsToldWhatItMeansAndAskedBefore() throws Exception {
        try (Person alice = house.person("alice")) {
            alice.logsIn("alice").types("!forget").sees("Your devices keep what is said");
            alice.types("!forget 7").sees("All your devices will erase");
            alice.sees("This can't make others forget");
            alice.sees("Forget after 7 days? (yes/no)");
            alice.types("no").sees("Nothing was changed.");
            alice.types("!forget").sees("Your devices keep what is said");
            alice.types("!forget 7").sees("Forget after 7 days? (yes/no)");
            alice.types("yes").sees("Your devices forget after 7 days.");
            alice.types("!forget").sees("Your devices forget what is said after 7 days");
            alice.types("!forget never").sees("Your devices keep what is said from now on");
            alice.types("!forget").sees("Your devices keep what is said");
            assertThat(alice.leaves()).isTrue();
        }
    }

    @Test
    void scriptSaysYesBehindTheDays() throws Exception {
        House.Result asked = as("alice", "!forget 7");
        assertThat(asked.done()).isFalse();
        assertThat(asked.output()).contains("Nothing was changed: \"yes\" has to stand behind it.");
        House.Result changed = as("alice", "!forget 1 yes", "!forget");
        assertThat(changed.done()).isTrue();
        assertThat(changed.output()).contains("Your devices forget what is said after 1 day;");
    }

    @Test
    void whatIsNoTimeIsRefusedWithWhatIsAllowed() throws Exception {
        for (String wrong : new String[] {"0", "3651", "-1", "7d", "week", "never yes", "99999999999"}) {
            House.Result result = as("alice", "!forget " + wrong);
            assertThat(result.done()).as(wrong).isFalse();
            assertThat(result.output())
                    .contains(
                            "Nothing was changed: \"never\" or a number of days from 1 to 3650 is understood, and not \""
                                    + wrong + "\"");
        }
        assertThat(as("alice", "!forget").output()).contains("Your devices keep what is said");
    }

    @Test
    void bothSidesAreToldWhenTheChatOpens() throws Exception {
        assertThat(as("bob", "!talk alice", "hello").output()).doesNotContain("What is said here");
        assertThat(as("alice", "!forget 7 yes", "!talk bob").output())
                .contains("What is said here: you forget after 7 days; bob's devices keep what you write.");
        assertThat(as("bob", "!talk alice").output())
                .contains("What is said here: your devices keep what is written; alice's devices say that they forget"
                        + " after 7 days.");
    }

    @Test
    void forgottenMessagesAreOneLineWithTheirTimes() throws Exception {
        as("alice", "!forget 7 yes", "!talk bob", "burn the map", "and the key");
        // What it sends a device takes when it comes back from the server.
        as("alice", "!talk bob");
        house.goOn(Duration.ofDays(8));
        as("alice", "!talk bob", "still here");
        House.Result talk = as("alice", "!talk bob", "!show 1", "!history");
        assertThat(talk.done()).isTrue();
        assertThat(talk.output())
                .contains("2 messages, forgotten on this device")
                .contains("a message of alice, forgotten on this device")
                .contains("[alice]: still here")
                .doesNotContain("burn the map")
                .doesNotContain("could not be opened");
        assertThat(talk.lines().stream().filter(row -> row.contains("2 messages, forgotten")))
                .hasSize(2);
        assertThat(as("bob", "!talk alice").output()).contains("[alice]: burn the map");
    }

    @Test
    void whoIsInTheChatHearsOnceThatWhatStandsThereIsForgotten() throws Exception {
        as("alice", "!talk bob", "burn the map");
        as("alice", "!talk bob");
        house.goOn(Duration.ofDays(8));
        try (Person alice = house.person("alice")) {
            alice.logsIn("alice").types("!talk bob").sees(": burn the map");
            alice.types("!forget 7").sees("Forget after 7 days? (yes/no)");
            alice.types("yes").sees("What was said here up to message 1 is forgotten on this device now");
            alice.types("!history").sees("a message of alice, forgotten on this device");
            assertThat(alice.leaves()).isTrue();
        }
    }
}
