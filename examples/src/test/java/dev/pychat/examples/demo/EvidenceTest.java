package dev.pychat.examples.demo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the demo shows of the server's data is not shown unless it holds. */
class EvidenceTest {

    private static final List<Line> TYPED =
            List.of(new Line(Side.ALICE, "dinner at 8?"), new Line(Side.BOB, "caf\u00e9!"));

    private final ByteArrayOutputStream shown = new ByteArrayOutputStream();

    @TempDir
    private Path directory;

    private Path data;
    private Evidence evidence;

    @BeforeEach
    void open() {
        data = directory.resolve("server");
        evidence = new Evidence(data, new Stage(new PrintStream(shown, true, StandardCharsets.UTF_8)));
    }

    @Test
    void blindServerThatKeptEverythingPasses() throws Exception {
        TamperedStore.sealed(data, Side.ALICE);
        TamperedStore.sealed(data, Side.BOB);
        assertThatCode(() -> evidence.show(TYPED)).doesNotThrowAnyException();
        assertThat(shown()).contains("alice: dinner at 8?", "#2 bob", "none is there");
    }

    @Test
    void messageThatIsMissingFails() throws Exception {
        TamperedStore.sealed(data, Side.ALICE);
        fails("the server stored 1 messages, typed were 2");
    }

    @Test
    void messageThatNobodyTypedFails() throws Exception {
        TamperedStore.sealed(data, Side.ALICE);
        TamperedStore.sealed(data, Side.BOB);
        TamperedStore.sealed(data, Side.BOB);
        fails("the server stored 3 messages, typed were 2");
    }

    @Test
    void messageOfSomebodyElseFails() throws Exception {
        TamperedStore.sealed(data, Side.ALICE);
        TamperedStore.sealed(data, Side.ALICE);
        fails("message 2 was stored as one of alice, typed by bob");
    }

    @Test
    void textThatTheServerStoredReadablyFails() throws Exception {
        TamperedStore.sealed(data, Side.ALICE);
        TamperedStore.readable(data, Side.BOB, "caf\u00e9!");
        fails("\"caf\u00e9!\" can be read in the server's file 00000000000.xd");
    }

    @Test
    void passphraseThatTheServerKeptFails() throws Exception {
        TamperedStore.sealed(data, Side.ALICE);
        TamperedStore.sealed(data, Side.BOB);
        Files.writeString(data.resolve("notes"), "bob: " + Play.passphrase(Side.BOB));
        fails("\"" + Play.passphrase(Side.BOB) + "\" can be read in the server's file notes");
    }

    private void fails(String why) {
        assertThatThrownBy(() -> evidence.show(TYPED))
                .isInstanceOf(DemoFailure.class)
                .hasMessage(why);
        assertThat(shown()).doesNotContain("none is there");
    }

    private String shown() {
        return shown.toString(StandardCharsets.UTF_8);
    }
}
