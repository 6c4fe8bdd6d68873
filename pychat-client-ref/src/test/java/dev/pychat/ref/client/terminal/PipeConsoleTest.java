package dev.pychat.ref.client.terminal;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pychat.ref.client.terminal.Answer.End;
import dev.pychat.ref.client.terminal.Answer.Line;
import dev.pychat.ref.client.terminal.Answer.Unusable;
import dev.pychat.ref.client.text.Entry;
import dev.pychat.ref.client.text.Rows;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

class PipeConsoleTest {
    @Test
    void linesComeWithoutTheirEndsWhicheverTheseAre() {
        Console console = reading("one\ntwo\r\n\nlast".getBytes(StandardCharsets.UTF_8));
        assertThat(console.line("> ")).isEqualTo(new Line("one"));
        assertThat(console.word("name: ")).isEqualTo(new Line("two"));
        assertThat(console.secret("passphrase: ")).isEqualTo(new Line(""));
        assertThat(console.line("> ")).isEqualTo(new Line("last"));
        assertThat(console.line("> ")).isEqualTo(new End());
        assertThat(console.line("> ")).isEqualTo(new End());
    }

    @Test
    void lineThatIsNotUtf8IsReportedAndTheNextOneComes() {
        Console console = reading(new byte[] {'a', '\n', (byte) 0xc3, 'x', '\n', 'b'});
        assertThat(console.line("")).isEqualTo(new Line("a"));
        assertThat(console.line("")).isEqualTo(new Unusable("Line 2 of the input is not UTF-8."));
        assertThat(console.line("")).isEqualTo(new Line("b"));
    }

    @Test
    void lineLongerThanAnyMessageIsReportedAndNotKept() {
        byte[] input = ("x".repeat(Utf8Lines.LONGEST + 5) + "\nshort\n").getBytes(StandardCharsets.UTF_8);
        Console console = reading(input);
        assertThat(console.line(""))
                .isInstanceOfSatisfying(
                        Unusable.class, refused -> assertThat(refused.reason()).contains("1048581", "1048576"));
        assertThat(console.line("")).isEqualTo(new Line("short"));
    }

    @Test
    void entriesArePlainUtf8LinesWithoutPrompts() {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        PipeConsole console = PipeConsole.over(InputStream.nullInputStream(), out);
        console.line("alice> ");
        console.show(Entry.trouble("No."));
        console.show(new Entry(Entry.Tone.MESSAGE, "head: ", List.of("d\u00e9j\u00e0", "vu")));
        assertThat(out.toString(StandardCharsets.UTF_8))
                .isEqualTo("No.\nhead: d\u00e9j\u00e0\n" + Rows.GUTTER + "vu\n");
    }

    @Test
    void outputThatCannotBeWrittenIsKnown() {
        PipeConsole console = PipeConsole.over(InputStream.nullInputStream(), new OutputStream() {
            @Override
            public void write(int value) throws IOException {
                throw new IOException("No space left on device");
            }
        });
        assertThat(console.isCut()).isFalse();
        console.show(Entry.plain("lost"));
        assertThat(console.isCut()).isTrue();
    }

    @Test
    void answerNeverShowsItsTextInALog() {
        assertThat(new Line("correct horse").toString()).doesNotContain("horse");
    }

    private static Console reading(byte[] input) {
        return PipeConsole.over(new ByteArrayInputStream(input), OutputStream.nullOutputStream());
    }
}
