package dev.pychat.endtoend.programs;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pychat.endtoend.Finished;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(Shared.class)
class DemoTest {
    @Test
    void demoShowsTwoScreensAndWhatTheServerStoredOfThem(Installation pychat) throws Exception {
        Finished demo = pychat.pychat("demo").run();
        assertThat(demo.exit()).as("%s", demo).isZero();
        assertThat(demo.err()).isEmpty();
        assertThat(demo.out())
                .containsSubsequence(
                        "alice's screen",
                        "bob's screen",
                        "!signup",
                        "!LIST",
                        "!TALK bob",
                        "alice sent you 2 messages",
                        "unread from here",
                        "~ [alice]: ",
                        "~ [bob]: ",
                        "~ [alice]: ",
                        "what the server stored of it",
                        "none is there",
                        "./pychat server",
                        "./pychat client");
        List<String> stored = demo.out()
                .lines()
                .filter(line -> line.matches(".* #[0-9]+ .* id [0-9a-f]+.* bytes .*"))
                .toList();
        assertThat(stored).hasSizeGreaterThanOrEqualTo(3);
    }
}
