package dev.pychat.endtoend.programs;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pychat.endtoend.Finished;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** People who are there at the same time. */
@ExtendWith(Shared.class)
class LiveTest {
    private static Person lena;
    private static Person luis;
    private static Person lars;

    @BeforeAll
    static void signUp(ServerProcess server) throws Exception {
        lena = Person.signUp(server, "lena");
        luis = Person.signUp(server, "luis");
        lars = Person.signUp(server, "lars");
    }

    @Test
    void linesAppearAsTheyAreTypedAndSomebodyElsesAsANotice() throws Exception {
        try (ClientProcess atLena = lena.stays("!talk luis");
                ClientProcess atLuis = luis.stays("!talk lena")) {
            atLena.await("Chat with luis");
            atLuis.await("Chat with lena");
            atLena.type("knock knock");
            atLuis.await("[lena]: knock knock");
            atLuis.type("who is there?");
            atLena.await("[luis]: who is there?");

            Finished third = lars.types("!talk lena", "and I");
            assertThat(third.exit()).as("%s", third).isZero();
            assertThat(atLena.await("lars sent you 1 message")).doesNotContain("and I");

            atLena.type("!back", "!talk lars");
            atLena.await("[lars]: and I");
            atLuis.type("still there?");
            atLena.await("luis sent you 1 message");

            Finished end = atLena.end();
            assertThat(end.exit()).as("%s", end).isZero();
            assertThat(Said.messages(end.out())).containsExactly("luis: who is there?", "lars: and I");
            assertThat(atLuis.end().exit()).isZero();
        }
        assertThat(lena.types().out()).contains("luis sent you 1 message\n").doesNotContain("lars sent");
    }
}
