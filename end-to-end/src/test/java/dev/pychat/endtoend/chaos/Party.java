package dev.pychat.endtoend.chaos;

import dev.pychat.endtoend.Checkout;
import dev.pychat.endtoend.Command;
import dev.pychat.endtoend.Finished;
import dev.pychat.endtoend.programs.ClientProcess;
import dev.pychat.testkit.network.Faults;
import dev.pychat.testkit.network.FaultyProxy;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/** One of those who talk, as the test sees them: a directory, a proxy of their own, and a process that is started anew when it was killed. */
final class Party implements AutoCloseable {

    private final Who who;
    private final Path directory;
    private final FaultyProxy proxy;
    private final long seed;
    private int lives;
    private Optional<ClientProcess> process = Optional.empty();

    Party(Who who, Path directory, Path certificate, int serverPort, long seed) throws IOException {
        this.who = who;
        this.directory = Files.createDirectories(directory);
        this.seed = seed;
        Files.copy(certificate, directory.resolve("server.pem"));
        this.proxy = FaultyProxy.start(serverPort, Faults.NONE);
    }

    Who who() {
        return who;
    }

    FaultyProxy proxy() {
        return proxy;
    }

    Journal journal() {
        return new Journal(directory.resolve("journal"));
    }

    Path logs() {
        return directory.resolve("home").resolve("logs");
    }

    int lives() {
        return lives;
    }

    /** Begins a life: enters, then does what it is told. */
    void live(String... commands) throws IOException {
        lives++;
        Command java = Command.of(
                        Checkout.testJava(),
                        "-XX:+UnlockDiagnosticVMOptions",
                        "-XX:-DisplayVMOutput",
                        "-XX:CompilerDirectivesFile=" + Checkout.JIT,
                        "-XX:+UseSerialGC",
                        "-Xmx192m",
                        "-cp",
                        System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")),
                        ChaosClient.class.getName(),
                        directory.toString(),
                        who.words(),
                        Integer.toString(lives),
                        Integer.toString(proxy.port()),
                        Long.toString(seed + lives))
                .with("LC_ALL", "C");
        process = Optional.of(ClientProcess.start(java));
        if (commands.length > 0) {
            tell(commands);
        }
    }

    ClientProcess process() {
        return process.orElseThrow();
    }

    void tell(String... commands) throws IOException {
        process().type(commands);
    }

    /** Ends it without a word. */
    void kill() throws Exception {
        process().kill();
        close(process());
    }

    private void close(ClientProcess one) throws IOException {
        process = Optional.empty();
        one.close();
    }

    /** Lets it leave. */
    Finished leave() throws Exception {
        Finished end = process().end();
        process = Optional.empty();
        return end;
    }

    /** A report that it writes now. */
    Journal report(int number) throws Exception {
        Path file = directory.resolve("report-" + number);
        tell("report " + file);
        process().await("reported " + file);
        return new Journal(file);
    }

    @Override
    public void close() throws IOException {
        proxy.close();
        if (process.isPresent()) {
            close(process.get());
        }
    }
}
