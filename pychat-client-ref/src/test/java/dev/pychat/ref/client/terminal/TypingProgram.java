package dev.pychat.ref.client.terminal;

import dev.pychat.ref.client.text.Entry;
import dev.pychat.ref.client.text.Printable;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * Runs in the window of a test: says what it read, and shows each line that is appended to a file, at any time. After the line
 * "wait" it asks nothing before the file has a line; what stands behind "foot" is shown at the foot.
 */
final class TypingProgram {
    private TypingProgram() {}

    public static void main(String[] arguments) throws Exception {
        try (Console console = StandardStreams.open(true)) {
            console.show(Entry.plain(console.interactive() ? "a terminal" : "no terminal"));
            Thread news = new Thread(() -> tell(Path.of(arguments[0]), console));
            news.setDaemon(true);
            news.start();
            Answer answer = console.line("you> ");
            while (!(answer instanceof Answer.End)) {
                console.show(Entry.plain(told(answer)));
                if (answer instanceof Answer.Line line && line.text().startsWith("foot")) {
                    console.status(line.text().substring("foot".length()).strip());
                }
                if (answer.equals(new Answer.Line("wait"))) {
                    awaitNews(Path.of(arguments[0]));
                }
                boolean secret =
                        answer instanceof Answer.Line line && line.text().equals("secret");
                answer = secret ? console.secret("Passphrase: ") : console.line("you> ");
            }
            console.show(Entry.plain("the end"));
        }
    }

    private static void awaitNews(Path file) throws Exception {
        while (Files.size(file) == 0) {
            Thread.sleep(20);
        }
    }

    private static String told(Answer answer) {
        return answer instanceof Answer.Line line
                ? "read " + line.text().length() + " ["
                        + line.text().replace("\n", "|").replace("\t", "<tab>").replaceAll("hidden.*", "***") + "]"
                : answer.getClass().getSimpleName();
    }

    private static void tell(Path file, Console console) {
        int told = 0;
        try {
            while (true) {
                List<String> lines = Files.readAllLines(file, StandardCharsets.UTF_8);
                for (; told < lines.size(); told++) {
                    console.show(new Entry(Entry.Tone.MESSAGE, "12:00 ~ [bob]: ", Printable.lines(lines.get(told))));
                }
                Thread.sleep(20);
            }
        } catch (Exception e) {
            console.show(Entry.trouble(e.toString()));
        }
    }
}
