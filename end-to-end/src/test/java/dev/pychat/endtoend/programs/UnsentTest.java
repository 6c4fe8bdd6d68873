package dev.pychat.endtoend.programs;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pychat.endtoend.Finished;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(Shared.class)
class UnsentTest {
    private static Person ursula;
    private static Person urs;

    @BeforeAll
    static void signUp(ServerProcess server) throws Exception {
        ursula = Person.signUp(server, "ursula");
        urs = Person.signUp(server, "urs");
    }

    @Test
    void lineThatCannotBeSentIsSaidAndTheOthersGo() throws Exception {
        String longest = "x".repeat(65_536);
        Finished sent = ursula.types("!talk urs", "before", "y".repeat(65_537), longest);
        assertThat(sent.exit()).as("%s", sent).isEqualTo(1);
        assertThat(sent.out()).contains("This was not sent", "65537", "65536");
        assertThat(Said.messages(urs.types("!talk ursula").out()))
                .isEqualTo(List.of("ursula: before", "ursula: " + longest));
    }

    @Test
    void scriptThatEndsInTheMiddleHasFailed() throws Exception {
        Finished cut = ClientProcess.script(ursula.client(), "!login", "ursula");
        assertThat(cut.exit()).as("%s", cut).isEqualTo(1);
        assertThat(cut.out()).contains("The input ended");
    }

    @Test
    void serverThatIsNotThereIsSaid(Installation pychat) throws Exception {
        Finished alone = pychat.pychat(
                        "client",
                        "--server",
                        "localhost:1",
                        "--home",
                        "" + pychat.directory("alone").resolve("home"))
                .run();
        assertThat(alone.exit()).as("%s", alone).isEqualTo(1);
        assertThat(alone.err()).hasLineCount(1).contains("localhost:1");
    }
}
