package dev.pychat.endtoend.programs;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pychat.endtoend.Command;
import dev.pychat.endtoend.Finished;
import dev.pychat.testkit.Needs;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;

/** A window of 80 by 24 in a tmux server of its own, in which a command runs; it is gone when this is closed. */
final class Terminal implements AutoCloseable {
    private static final String INSTALL = "apt-get install tmux, or scripts/install-test-tools";

    private final Path socket;

    private Terminal(Path socket) {
        this.socket = socket;
    }

    /** Opens it. The window stays when the command has ended, so that its last words can be read, and then says its exit code. */
    static Terminal open(Installation pychat, Command command) throws Exception {
        Needs.program("tmux", INSTALL);
        Path directory = Files.createTempDirectory("pychat-tmux");
        Path script = directory.resolve("window");
        Files.writeString(script, command.asShell() + "\necho \"<exit $?>\"\nexec cat\n");
        Terminal terminal = new Terminal(directory.resolve("socket"));
        terminal.call("-f", "/dev/null", "new-session", "-d", "-x", "80", "-y", "24", "exec sh '" + script + "'");
        return terminal;
    }

    /** Types text as it is; it holds no line break. */
    void type(String text) throws Exception {
        call("send-keys", "-l", "--", text);
    }

    /** Presses a key by its name, such as {@code Enter}, {@code C-c} or {@code Up}. */
    void press(String key) throws Exception {
        call("send-keys", key);
    }

    /** Types a line and presses Enter. */
    void enter(String line) throws Exception {
        type(line);
        press("Enter");
    }

    /** Waits for a question and answers it. */
    void answer(String question, String line) throws Exception {
        await(question);
        enter(line);
    }

    /** Pastes as a terminal does: in brackets if the program has asked for them. */
    void paste(String block) throws Exception {
        call("set-buffer", "--", block);
        call("paste-buffer", "-p", "-r");
    }

    /** What the window shows, with what has scrolled out of it. */
    String screen() throws Exception {
        return call("capture-pane", "-p", "-J", "-S", "-500");
    }

    /** Waits until the window shows a text; gives all that it shows. */
    String await(String text) throws Exception {
        return await("the window shows " + text, screen -> screen.contains(text));
    }

    /** Waits until the window is as wanted; gives all that it shows. */
    String await(String what, Predicate<String> wanted) throws Exception {
        Waiting.until(what, () -> wanted.test(screen()), this::screen);
        return screen();
    }

    private String call(String... arguments) throws IOException, InterruptedException {
        List<String> words = new ArrayList<>(List.of("tmux", "-u", "-S", socket.toString()));
        words.addAll(List.of(arguments));
        Finished finished = Command.of(words.toArray(String[]::new))
                .with("PATH", System.getenv("PATH"))
                .with("LC_ALL", "C.UTF-8")
                .run();
        assertThat(finished.exit()).as("%s: %s", words, finished).isZero();
        return finished.out();
    }

    @Override
    public void close() throws IOException {
        try {
            call("kill-server");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        Path directory = socket.resolveSibling("");
        Files.deleteIfExists(socket);
        Files.delete(directory.resolve("window"));
        Files.delete(directory);
    }
}
