package dev.pychat.ref.client.screen;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pychat.ref.client.terminal.Answer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class SignInTest {
    private House house;

    @BeforeEach
    void open() throws Exception {
        house = new House();
    }

    @AfterEach
    void close() {
        house.close();
    }

    @Test
    void samePassphraseAgainChangesNothing() throws Exception {
        house.signUp("alice");
        House.Result same = house.script(
                "alice",
                "!login",
                "alice",
                House.PASSPHRASE,
                "!passwd",
                House.PASSPHRASE,
                House.PASSPHRASE,
                "!disconnect");
        assertThat(same.done()).isFalse();
        assertThat(same.output()).contains("Nothing was changed: the new passphrase is the present one.");
    }

    @Test
    void whatIsUnacceptableLeadsBackWithTheReason() throws Exception {
        house.signUp("alice");
        try (Person person = house.person("new")) {
            person.types("!signup", "No Name").sees("is not a user name");
            person.sees("pychat> ");
            person.types("!signup", "bob", "short").sees("8");
            person.sees("pychat> ");
            person.types("!signup", "bob", House.PASSPHRASE, "something else").sees("differ");
            person.sees("pychat> ");
            person.types("!signup", "alice", House.PASSPHRASE, House.PASSPHRASE).sees("No account was made");
            person.sees("pychat> ");
            person.types("!login", "alice", "not the passphrase").sees("You are not logged in");
            person.sees("pychat> ");
            person.types("!talk bob").sees("needs an account");
            person.types("words").sees("not sent");
            person.types("!SignUp", "BOB", House.PASSPHRASE, House.PASSPHRASE).sees("You have no new messages");
            person.sees("bob> ");
            person.types("!login").sees("You are logged in as bob");
        }
    }

    @Test
    void wordsBehindSignUpAndLogInAreToldAndThePassphraseIsNoLine() throws Exception {
        House.Result result =
                house.script("alice", "!signup alice", "alice", House.PASSPHRASE, "!login alice", "alice", "x");
        assertThat(result.done()).isFalse();
        assertThat(result.lines())
                .filteredOn(line -> line.startsWith("Nothing was done"))
                .hasSize(2);
        assertThat(result.output()).doesNotContain("This was not sent");
    }

    @Test
    void commandsAreUnderstoodAtTheQuestions() throws Exception {
        house.signUp("alice");
        try (Person person = house.person("alice")) {
            person.types("!login", "!help").sees("leave pychat");
            person.sees("pychat> ");
            person.types("!login", "alice", House.PASSPHRASE).sees("You have no new messages");
            person.sees("alice> ");
            person.types("!talk", "!back").sees("This is the main menu");
            person.sees("alice> ");
            person.types("!talk");
            assertThat(person.leaves()).isTrue();
        }
    }

    @Test
    void secondDeviceShowsWhatTheFirstHasWritten() throws Exception {
        house.signUp("alice");
        house.signUp("bob");
        house.script("alice", "!login", "alice", House.PASSPHRASE, "!talk bob", "written on the desk");
        House.Result tablet =
                house.script("alice's tablet", "!login", "alice", House.PASSPHRASE, "!talk bob", "and on the tablet");
        assertThat(tablet.done()).isTrue();
        assertThat(tablet.lines()).anyMatch(line -> line.endsWith("~ [alice]: written on the desk"));
        House.Result bob = house.script("bob", "!login", "bob", House.PASSPHRASE, "!talk alice");
        assertThat(bob.lines())
                .anyMatch(line -> line.endsWith("~ [alice]: written on the desk"))
                .anyMatch(line -> line.endsWith("~ [alice]: and on the tablet"));
    }

    @Test
    void changedPassphraseCountsOnEveryDevice() throws Exception {
        house.signUp("alice");
        house.script("tablet", "!login", "alice", House.PASSPHRASE);
        String next = "another " + House.PASSPHRASE;
        assertThat(house.script("alice", "!login", "alice", House.PASSPHRASE, "!passwd", "not it at all", next)
                        .lines())
                .anyMatch(line -> line.contains("not the present passphrase"));
        assertThat(house.script("alice", "!login", "alice", House.PASSPHRASE, "!passwd", House.PASSPHRASE, next)
                        .lines())
                .anyMatch(line -> line.startsWith("The passphrase is changed"));
        assertThat(house.script("alice", "!login", "alice", House.PASSPHRASE).lines())
                .anyMatch(line -> line.startsWith("You are not logged in"));
        assertThat(house.script("alice", "!login", "alice", next).lines()).contains("You have no new messages");
        assertThat(house.script("tablet", "!login", "alice", next).lines())
                .anyMatch(line -> line.contains("log in with both"));
        assertThat(house.script("tablet", "!login changed", "alice", House.PASSPHRASE, next)
                        .lines())
                .contains("You have no new messages");
        assertThat(house.script("tablet", "!login", "alice", next).lines()).contains("You have no new messages");
    }

    @Test
    void personWhosePassphraseIsChangedElsewhereIsToldAndLedBackToLogIn() throws Exception {
        String next = "another passphrase of alice";
        house.signUp("alice");
        try (Person tablet = house.person("tablet")) {
            tablet.logsIn("alice");
            assertThat(house.script("alice", "!login", "alice", House.PASSPHRASE, "!passwd", House.PASSPHRASE, next)
                            .done())
                    .isTrue();
            tablet.sees("You are logged out: ");
            tablet.types("").sees("pychat> ");
            tablet.types("!login", "alice", next).sees("then the new one.");
            tablet.types("!login changed", "alice", House.PASSPHRASE, next).sees("alice> ");
        }
    }

    @Test
    void accountIsDeletedByItsNameAndPassphraseOnly() throws Exception {
        house.signUp("alice");
        assertThat(house.script("alice", "!login", "alice", House.PASSPHRASE, "!delete-account bob", House.PASSPHRASE)
                        .lines())
                .anyMatch(line -> line.startsWith("Nothing was deleted"));
        House.Result deleted = house.script(
                "alice", "!login", "alice", House.PASSPHRASE, "!delete-account alice", House.PASSPHRASE, "!disconnect");
        assertThat(deleted.lines()).last().asString().startsWith("The account alice is deleted");
        assertThat(deleted.done()).isTrue();
        assertThat(house.script("alice", "!login", "alice", House.PASSPHRASE).lines())
                .anyMatch(line -> line.startsWith("You are not logged in"));
    }

    @Test
    void offeredPassphraseIsTakenByEnter() throws Exception {
        String offered;
        try (Person person = house.person("alice")) {
            person.types("!signup", "alice");
            offered = person.sees("nobody guesses").replaceAll(".*: ", "");
            person.types("").sees("alice> ");
        }
        assertThat(house.script("alice", "!login", "alice", offered).lines()).contains("You have no new messages");
    }

    @Test
    void takenBackPassphraseMakesNothing() throws Exception {
        try (Person person = house.person("alice")) {
            person.types("!signup", "alice").presses(new Answer.Cancelled());
            person.sees("New passphrase: ");
            person.sees("pychat> ");
        }
        house.signUp("alice");
    }

    @Test
    void failedLoginOfAScriptSendsAndShowsNothingOfWhatFollows() throws Exception {
        house.signUp("alice");
        house.signUp("bob");
        House.Result result = house.script(
                "alice", "!login", "alice", "wrong passphrase", "!talk bob", "secret words", House.PASSPHRASE);
        assertThat(result.done()).isFalse();
        assertThat(result.output())
                .contains("You are not logged in")
                .doesNotContain("secret words", "wrong passphrase", House.PASSPHRASE);
        assertThat(house.script("bob", "!login", "bob", House.PASSPHRASE).lines())
                .contains("You have no new messages");
    }

    @Test
    void refusedNameOfAScriptStillTakesItsPassphrase() throws Exception {
        House.Result result = house.script("alice", "!signup", "No Name", "!help", "!disconnect");
        assertThat(result.done()).isFalse();
        assertThat(result.output()).contains("is not a user name").doesNotContain("!LOGIN [");
        assertThat(result.lines()).noneMatch(line -> line.startsWith("  !"));
    }

    @Test
    void misplacedLoginOfAScriptDoesNotSendThePassphraseToThePeer() throws Exception {
        house.signUp("alice");
        house.signUp("bob");
        House.Result result = house.script(
                "alice",
                "!login",
                "alice",
                House.PASSPHRASE,
                "!talk bob",
                "!login",
                "alice",
                House.PASSPHRASE,
                "hello");
        assertThat(result.done()).isFalse();
        assertThat(house.script("bob", "!login", "bob", House.PASSPHRASE, "!talk alice")
                        .output())
                .contains("[alice]: hello")
                .doesNotContain(House.PASSPHRASE, "[alice]: alice");
    }

    @Test
    void chatThatCannotBeOpenedDoesNotSendItsLinesToTheOneBefore() throws Exception {
        house.signUp("alice");
        house.signUp("bob");
        House.Result result = house.script(
                "alice", "!login", "alice", House.PASSPHRASE, "!talk bob", "for bob", "!talk carol", "for carol");
        assertThat(result.done()).isFalse();
        assertThat(house.script("bob", "!login", "bob", House.PASSPHRASE, "!talk alice")
                        .output())
                .contains("for bob")
                .doesNotContain("for carol");
    }

    @Test
    void scriptThatDidEverythingSaysSoAndNeedsNoDisconnect() throws Exception {
        house.signUp("alice");
        house.signUp("bob");
        assertThat(house.script("alice", "!login", "alice", House.PASSPHRASE, "!talk bob", "", "hi")
                        .done())
                .isTrue();
        assertThat(house.script("bob", "!login", "bob", House.PASSPHRASE).lines())
                .contains("alice sent you 1 message");
    }

    @Test
    void overlongLineIsNotSentAndTheScriptFails() throws Exception {
        house.signUp("alice");
        house.signUp("bob");
        House.Result result = house.script(
                "alice", "!login", "alice", House.PASSPHRASE, "!talk bob", "\u00e9".repeat(32 * 1024 + 1), "short");
        assertThat(result.done()).isFalse();
        assertThat(result.output()).contains("65538", "65536");
        assertThat(house.script("bob", "!login", "bob", House.PASSPHRASE).lines())
                .contains("alice sent you 1 message");
    }

    @Test
    void usersAreListedByPrefixAndInPages() throws Exception {
        for (int i = 10; i < 24; i++) {
            house.signUp("user" + i);
        }
        house.signUp("alice");
        assertThat(house.script("alice", "!login", "alice", House.PASSPHRASE, "!LIST USER1")
                        .lines())
                .contains("user10", "user19")
                .doesNotContain("user20", "alice");
        assertThat(house.script("alice", "!login", "alice", House.PASSPHRASE, "!list")
                        .lines())
                .contains("alice", "user10", "user23");
        try (Person alice = house.person("alice")) {
            alice.logsIn("alice").types("!list").sees("user18");
            alice.sees("Enter for more");
            alice.types("").sees("user23");
            alice.types("!list", "q").sees("alice> ");
            alice.types("!list z").sees("No user has a name that begins so.");
            alice.types("!list *").sees("No user has a name that begins so.");
        }
    }
}
