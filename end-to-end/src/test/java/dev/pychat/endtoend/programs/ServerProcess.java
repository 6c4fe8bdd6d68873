package dev.pychat.endtoend.programs;

import dev.pychat.endtoend.Command;
import dev.pychat.endtoend.Command.Running;
import dev.pychat.endtoend.Finished;
import dev.pychat.testkit.transport.FreePort;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** A server that listens; it is gone when this is closed. */
public final class ServerProcess implements AutoCloseable {
    private static final Pattern LISTENING = Pattern.compile("(?m)^listening on localhost:([0-9]+)$");
    private static final Pattern FINGERPRINT = Pattern.compile("(?m)^fingerprint (sha256:[0-9a-f]{64})");

    private final Installation pychat;
    private final Path data;
    private final String[] more;
    private final Running running;
    private final int port;
    private final String fingerprint;

    private ServerProcess(Installation pychat, Path data, String[] more, Running running) throws Exception {
        this.pychat = pychat;
        this.data = data;
        this.more = more;
        this.running = running;
        Waiting.until(
                "the server listens",
                () -> find(LISTENING).find() || !running.process().isAlive(),
                this::said);
        this.port = Integer.parseInt(first(LISTENING));
        this.fingerprint = first(FINGERPRINT);
    }

    /**
     * Starts one on a port that is free, and out of the range from which systems give ports away, so that it can be had again
     * after this server's end.
     *
     * @param more further arguments, also for those started again on the same data
     */
    public static ServerProcess start(Installation pychat, Path data, String... more) throws Exception {
        return start(pychat, data, FreePort.find(), more);
    }

    /** Starts one as somebody for whom the modes of files count. */
    static ServerProcess startNotAsRoot(Installation pychat, Path data, String... more) throws Exception {
        int port = FreePort.find();
        return listening(pychat, data, more, NotRoot.of(command(pychat, data, port, more)));
    }

    private static ServerProcess start(Installation pychat, Path data, int port, String... more) throws Exception {
        return listening(pychat, data, more, command(pychat, data, port, more));
    }

    private static Command command(Installation pychat, Path data, int port, String... more) {
        String[] words = Stream.concat(
                        Stream.of("server", "--port", Integer.toString(port), "--data", data.toString()),
                        Stream.of(more))
                .toArray(String[]::new);
        return pychat.pychat(words);
    }

    @SuppressWarnings("MustBeClosedChecker")
    private static ServerProcess listening(Installation pychat, Path data, String[] more, Command command)
            throws Exception {
        Running running = command.start();
        try {
            return new ServerProcess(pychat, data, more, running);
        } catch (Exception | AssertionError e) {
            running.close();
            throw e;
        }
    }

    /** Starts one on the same data and the same port, after this one has ended. */
    public ServerProcess again() throws Exception {
        return start(pychat, data, port, more);
    }

    /** Starts one on other data and the same port, after this one has ended. */
    ServerProcess again(Path otherData, String... more) throws Exception {
        return start(pychat, otherData, port, more);
    }

    Installation installation() {
        return pychat;
    }

    /** Its data directory. */
    public Path data() {
        return data;
    }

    /** Where it listens. */
    public int port() {
        return port;
    }

    /** As in {@code --server}. */
    String address() {
        return "localhost:" + port;
    }

    /** As in {@code --accept-fingerprint}. */
    String fingerprint() {
        return fingerprint;
    }

    /** Asks it to stop, as a system does that shuts down, and waits for its end. */
    public Finished stop() throws Exception {
        running.process().destroy();
        return running.end();
    }

    /** Ends it without a word; gives what it had said. */
    public Finished kill() throws Exception {
        running.process().destroyForcibly();
        return running.end();
    }

    private String first(Pattern pattern) throws IOException {
        Matcher matcher = find(pattern);
        if (!matcher.find()) {
            throw new AssertionError("the server did not say " + pattern + ":\n" + said());
        }
        return Objects.requireNonNull(matcher.group(1));
    }

    private Matcher find(Pattern pattern) throws IOException {
        return pattern.matcher(running.outSoFar());
    }

    /** What it has said until now, on both outputs. */
    String said() throws IOException {
        return running.outSoFar() + running.errSoFar();
    }

    @Override
    public void close() throws IOException {
        running.close();
        try {
            running.process().waitFor();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
