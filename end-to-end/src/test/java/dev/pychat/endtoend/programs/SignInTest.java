package dev.pychat.endtoend.programs;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pychat.endtoend.Finished;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(Shared.class)
class SignInTest {
    private static Person alice;

    @BeforeAll
    static void signUp(ServerProcess server) throws Exception {
        alice = Person.signUpByProgram(server, "alice");
    }

    @Test
    void loginLeadsToTheMailboxAndDisconnectLeaves() throws Exception {
        Finished session = ClientProcess.script(
                alice.client(), "!LogIn", "Alice", alice.passphrase(), "!Disconnect", "this line is never read");
        assertThat(session.exit()).as("%s", session).isZero();
        assertThat(session.out()).contains("You have no new messages").doesNotContain("never read", "not sent");
        assertThat(session.err()).isEmpty();
    }

    @Test
    void whatIsRefusedLeadsBackToThePromptWithTheReason(ServerProcess server) throws Exception {
        Person newcomer = Person.unknown(server, "newcomer");
        Finished session = ClientProcess.script(
                newcomer.newClient(),
                List.of(
                                "!signup",
                                "alice",
                                "a good passphrase",
                                "!signup",
                                "no spaces",
                                "a good passphrase",
                                "!signup",
                                "newcomer",
                                "short",
                                "!login",
                                "nobody-at-all",
                                "a good passphrase",
                                "!nonsense",
                                "text without a chat",
                                "!talk alice",
                                "!signup",
                                "newcomer",
                                newcomer.passphrase())
                        .toArray(String[]::new));
        assertThat(session.exit()).as("%s", session).isEqualTo(1);
        assertThat(session.out())
                .containsSubsequence(
                        "No account was made: ",
                        "is not a user name",
                        "The passphrase is too short: at least 8 bytes",
                        "You are not logged in: ",
                        "There is no such command",
                        "log in first",
                        "!TALK needs an account",
                        "You have no new messages");
    }

    @Test
    void wrongPassphraseIsRefusedAndTheRightOneTakenAfterIt() throws Exception {
        Finished session = ClientProcess.script(
                alice.client(), "!login", "alice", "a wrong passphrase", "!login", "alice", alice.passphrase());
        assertThat(session.exit()).as("%s", session).isEqualTo(1);
        assertThat(session.out()).containsSubsequence("You are not logged in: ", "You have no new messages");
    }

    @Test
    void emptyDeviceGetsTheKeysAndNothingOfThePassphrase(ServerProcess server) throws Exception {
        Person elsewhere = new Person(
                server,
                "alice",
                alice.passphrase(),
                Person.unknown(server, "elsewhere").home());
        Finished joined = elsewhere.types();
        assertThat(joined.exit()).as("%s", joined).isZero();
        assertThat(joined.out()).contains("You have no new messages");
        Tree.assertHoldsNone(elsewhere.home(), List.of(alice.passphrase()));
        assertThat(alice.types().exit()).isZero();
    }

    @Test
    void deviceIsItsOwnersAloneAndHoldsNoPassphrase() throws Exception {
        Tree.assertPrivate(alice.home());
        Tree.assertHoldsNone(alice.home(), List.of(alice.passphrase()));
    }

    @Test
    void wrongCommandLineIsSaid(Installation pychat) throws Exception {
        Finished refused =
                pychat.pychat("client", "--server", "here:there:5050").run();
        assertThat(refused.exit()).as("%s", refused).isEqualTo(2);
        assertThat(refused.err()).hasLineCount(2).contains("here:there:5050", "--help");
    }
}
