package dev.pychat.endtoend.programs;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pychat.endtoend.Finished;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** People who are never there at the same time. */
@ExtendWith(Shared.class)
class OfflineTest {
    private static Person olga;
    private static Person otto;

    @BeforeAll
    static void signUp(ServerProcess server) throws Exception {
        olga = Person.signUp(server, "olga");
        otto = Person.signUp(server, "otto");
    }

    @Test
    void messagesWaitAreCountedAndBeginWhereTheUnreadOnesStart() throws Exception {
        Finished sent = olga.types("!talk otto", "one", "!!two", "!back", "!talk otto", "three");
        assertThat(sent.exit()).as("%s", sent).isZero();

        assertThat(otto.types().out()).contains("olga sent you 3 messages");
        Finished answered = otto.types("!TALK", "olga", "four");
        assertThat(answered.exit()).as("%s", answered).isZero();
        assertThat(answered.out()).contains("olga sent you 3 messages");
        assertThat(Said.messages(answered.out())).containsExactly("olga: one", "olga: !two", "olga: three");
        assertThat(answered.out()).containsSubsequence("unread from here", "one");

        Finished read = olga.types("!talk otto");
        assertThat(read.out()).contains("otto sent you 1 message\n");
        assertThat(Said.messages(read.out())).containsExactly("olga: one", "olga: !two", "olga: three", "otto: four");
        assertThat(read.out()).containsSubsequence("three", "unread from here", "four");

        Finished nothingNew = olga.types("!talk otto");
        assertThat(nothingNew.out()).contains("You have no new messages").doesNotContain("unread from here");
        assertThat(Said.messages(nothingNew.out())).hasSize(4);
    }

    @Test
    void whatMakesNoSenseIsSaidAndThePromptComesAgain() throws Exception {
        Finished session = olga.types(
                "!talk olga",
                "!talk nobody-there",
                "!talk",
                "not a name!",
                "!nonsense",
                "!back",
                "!help",
                "!list o",
                "!LIST zz");
        assertThat(session.exit()).as("%s", session).isEqualTo(1);
        assertThat(session.out())
                .containsSubsequence(
                        "No chat was opened: ",
                        "No chat was opened: ",
                        "nobody-there",
                        "No chat was opened: ",
                        "There is no such command",
                        "This is the main menu",
                        "!LIST",
                        "!TALK",
                        "!HELP",
                        "!DISCONNECT",
                        "\nolga\notto\n",
                        "No user has a name that begins so");
    }
}
