package dev.pychat.endtoend.programs;

import dev.pychat.endtoend.Command;
import dev.pychat.endtoend.Command.Running;
import dev.pychat.endtoend.Finished;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;

/** A client whose input is a pipe; it is gone when this is closed. */
public final class ClientProcess implements AutoCloseable {
    private final Running running;
    private final OutputStream input;

    private ClientProcess(Running running) {
        this.running = running;
        this.input = running.process().getOutputStream();
    }

    /** Starts it. */
    public static ClientProcess start(Command command) throws IOException {
        return new ClientProcess(command.withInput().start());
    }

    /** Runs one with these lines as its whole input. */
    static Finished script(Command command, String... lines) throws IOException, InterruptedException {
        try (ClientProcess client = start(command)) {
            client.type(lines);
            return client.end();
        }
    }

    /** Writes lines to it. One that has left already reads none, and that is no failure. */
    public ClientProcess type(String... lines) throws IOException {
        byte[] bytes = (String.join("\n", lines) + "\n").getBytes(StandardCharsets.UTF_8);
        try {
            input.write(bytes);
            input.flush();
        } catch (IOException e) {
            if (running.process().isAlive()) {
                throw e;
            }
        }
        return this;
    }

    /** Waits until it has printed a text; gives all that it has printed. */
    public String await(String text) throws Exception {
        return await(text, Waiting.PATIENCE);
    }

    /** The same with another patience. */
    public String await(String text, Duration patience) throws Exception {
        Waiting.until(
                patience,
                "the client prints " + text,
                () -> running.outSoFar().contains(text) || !running.process().isAlive(),
                this::said);
        String printed = running.outSoFar();
        if (!printed.contains(text)) {
            throw new AssertionError("the client ended without printing " + text + ":\n" + said());
        }
        return printed;
    }

    /** Ends its input and waits for its end. */
    public Finished end() throws IOException, InterruptedException {
        try {
            input.close();
        } catch (IOException e) {
            // What it did not read is of no use to it any more.
        }
        return running.end();
    }

    /** Ends it without a word. */
    public void kill() throws InterruptedException {
        running.process().destroyForcibly().waitFor();
    }

    /** For the message of a failed test, with the longest lines cut. */
    private String said() throws IOException {
        return (running.outSoFar() + running.errSoFar()).replaceAll("(?m)^(.{200}).+$", "$1...");
    }

    @Override
    public void close() throws IOException {
        running.close();
    }
}
