package dev.pychat.benchmarks.contender;

import dev.pychat.benchmarks.load.Command;
import dev.pychat.benchmarks.load.LauncherFlags;
import dev.pychat.benchmarks.load.Seat;
import dev.pychat.model.PychatException;
import dev.pychat.ref.server.store.XodusStoreKind;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The reference server, on the Java and with the flags that are given, from the jars that this program runs with. */
final class Pychat implements Contender {

    /** So that runs of a few users lay accounts in only once. */
    private static final int FEWEST_SEATS = 64;

    private final Net net;
    private final Path javaHome;
    private final List<String> flags;
    private final NavigableMap<Integer, List<Seat>> seats = new TreeMap<>();

    /** With a Java's home directory and flags for it. */
    Pychat(Net net, Path javaHome, List<String> flags) {
        this.net = net;
        this.javaHome = javaHome;
        this.flags = flags;
    }

    @Override
    public String name() {
        return "pychat";
    }

    @Override
    public Optional<String> missing() {
        return Optional.empty();
    }

    @Override
    public String version() throws IOException, InterruptedException {
        String said = Command.run(java(), "-version");
        String version = said.lines()
                .filter(line -> line.contains(" version "))
                .findFirst()
                .orElse(said);
        return "of this checkout, on " + version.replace("\"", "")
                + (flags.isEmpty() ? "" : ", " + String.join(" ", flags));
    }

    @Override
    public String durability() {
        return "default: each message is synced to the disk before it is accepted";
    }

    @Override
    public String accepted() {
        return "`accepted`: synced to the disk";
    }

    /** All of it: the JVM compiles while the server runs, and goes on for minutes. */
    @Override
    public Duration warmUp(Duration given) {
        return given;
    }

    @Override
    public RunningServer start(Place place) throws IOException, InterruptedException {
        Path data = place.directory().resolve("data");
        List<Seat> people = seats(place);
        if (!Files.exists(data)) {
            copy(template(place, people.size()), data);
        }
        int port = Launched.freePort();
        int pages = Launched.freePort();
        List<String> command = new ArrayList<>(List.of(java()));
        command.addAll(LauncherFlags.with(flags));
        command.addAll(List.of(
                "--add-opens",
                "java.base/sun.nio.ch=ALL-UNNAMED",
                "-Dfile.encoding=UTF-8",
                "-cp",
                classPath(),
                "dev.pychat.ref.server.Main",
                "--port=" + port,
                "--operations-port=" + pages,
                "--data=" + data,
                "--tls-cert=" + place.certificate().chain(),
                "--tls-key=" + place.certificate().key(),
                "--limit-address-connections=20000"));
        Launched process = Launched.start(place, port, Map.of(), command);
        return new RunningServer(
                process,
                net,
                net.tls("pychat/1"),
                part -> new PychatParty(
                        part, people.get(part.user()), people.get(part.peer()).user()),
                new PychatInside(pages, process.tree().root().pid(), javaHome));
    }

    private String java() {
        return javaHome.resolve("bin/java").toString();
    }

    /** The one of this program, but for its place: the server runs in another directory. */
    private static String classPath() {
        return Stream.of(System.getProperty("java.class.path").split(File.pathSeparator, -1))
                .map(each -> Path.of(each).toAbsolutePath().toString())
                .collect(Collectors.joining(File.pathSeparator));
    }

    /** Accounts that were laid in once, at least as many as there are users. */
    private List<Seat> seats(Place place) throws IOException {
        Map.Entry<Integer, List<Seat>> enough = seats.ceilingEntry(place.users());
        if (enough != null) {
            return enough.getValue();
        }
        int number = Math.max(place.users(), FEWEST_SEATS);
        try {
            List<Seat> laid = Seat.lay(Files.createDirectories(template(place, number)), new XodusStoreKind(), number);
            seats.put(number, laid);
            return laid;
        } catch (PychatException e) {
            throw new IOException("accounts can't be laid in", e);
        }
    }

    private static Path template(Place place, int seats) {
        return place.shared().resolve("pychat-" + seats);
    }

    private static void copy(Path from, Path to) throws IOException {
        try (Stream<Path> all = Files.walk(from)) {
            for (Path path : all.toList()) {
                Files.copy(path, to.resolve(from.relativize(path).toString()));
            }
        }
    }
}
