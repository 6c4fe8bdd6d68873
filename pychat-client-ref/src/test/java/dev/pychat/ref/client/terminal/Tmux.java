package dev.pychat.ref.client.terminal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import org.junit.jupiter.api.Assumptions;

/** A terminal for tests: a tmux server of its own with one window, in which a program runs. */
public final class Tmux implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final String socket = "pychat-" + UUID.randomUUID();

    private Tmux() {}

    /**
     * Runs a command line of the shell in a window of 80 by 24. The window stays when the program ends, so that its last
     * words can be read. Without tmux the test is skipped, or fails where {@code CI=true}.
     */
    public static Tmux run(String command) throws Exception {
        if (!isInstalled()) {
            String why = "tmux is not installed: apt-get install tmux";
            assertThat(System.getenv("CI")).as(why).isNotEqualTo("true");
            Assumptions.abort(why);
        }
        Tmux tmux = new Tmux();
        String shell = command + "; echo \"<exit $?>\"; exec cat";
        tmux.call("-f", "/dev/null", "new-session", "-d", "-x", "80", "-y", "24", shell);
        return tmux;
    }

    /** Types text as it is; it may hold no line break. */
    public void type(String text) throws Exception {
        call("send-keys", "-l", text);
    }

    /** Presses a key that has a name, such as {@code Enter}, {@code C-c} or {@code Up}. */
    public void press(String key) throws Exception {
        call("send-keys", key);
    }

    /** Types a line and presses Enter. */
    public void enter(String line) throws Exception {
        type(line);
        press("Enter");
    }

    /** Pastes as a terminal does, in brackets if the program has asked for them. */
    public void paste(String block) throws Exception {
        call("set-buffer", block);
        call("paste-buffer", "-p");
    }

    /** What the window shows, with what has scrolled out of it. */
    public String screen() throws Exception {
        return call("capture-pane", "-p", "-J", "-S", "-500");
    }

    /** Waits until the window shows a text; gives what it shows. */
    public String await(String text) throws Exception {
        return await("shows " + text, screen -> screen.contains(text));
    }

    /** Waits until the window is as told; gives what it shows. */
    public String await(String what, Predicate<String> condition) throws Exception {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        String screen = screen();
        while (!condition.test(screen)) {
            if (System.nanoTime() > deadline) {
                fail("the window never " + what + ":\n" + screen);
            }
            Thread.sleep(50);
            screen = screen();
        }
        return screen;
    }

    @Override
    public void close() throws IOException {
        // Not waited for: the process ends by itself.
        new ProcessBuilder("tmux", "-L", socket, "kill-server").start();
    }

    private static boolean isInstalled() throws InterruptedException {
        try {
            return new ProcessBuilder("tmux", "-V").start().waitFor() == 0;
        } catch (IOException e) {
            return false;
        }
    }

    private String call(String... arguments) throws Exception {
        List<String> command = new ArrayList<>(List.of("tmux", "-u", "-L", socket));
        command.addAll(List.of(arguments));
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
        assertThat(process.exitValue()).as("%s: %s", command, output).isZero();
        return output;
    }
}
