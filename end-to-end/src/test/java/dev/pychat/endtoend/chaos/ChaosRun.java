package dev.pychat.endtoend.chaos;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pychat.endtoend.Finished;
import dev.pychat.endtoend.programs.Installation;
import dev.pychat.endtoend.programs.ServerProcess;
import dev.pychat.testkit.network.Fault;
import dev.pychat.testkit.network.Faults;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * One run: who talks with whom, what the network does, when which process is killed. All that is decided follows from the seed; when
 * it happens follows from the machine.
 */
final class ChaosRun implements AutoCloseable {

    private static final List<Who> PAIRS = List.of(
            new Who("ada", 1, 1, List.of("bea")),
            new Who("bea", 1, 2, List.of("ada")),
            new Who("cem", 1, 3, List.of("dov")),
            new Who("dov", 1, 4, List.of("cem")),
            new Who("eli", 1, 5, List.of("fay")),
            new Who("fay", 1, 6, List.of("eli")));

    /** Three people with two devices each, who all talk with one another. */
    private static final List<Who> DEVICES = List.of(
            new Who("ada", 1, 1, List.of("bea", "cem")),
            new Who("bea", 1, 2, List.of("ada", "cem")),
            new Who("cem", 1, 3, List.of("ada", "bea")),
            new Who("ada", 2, 4, List.of("bea", "cem")),
            new Who("bea", 2, 5, List.of("ada", "cem")),
            new Who("cem", 2, 6, List.of("ada", "bea")));

    /** By how many bytes of a connection a fault has struck: some seconds of talk. */
    private static final int WITHIN = 15_000;

    private static final int LONGEST_QUIET_MILLIS = 6_000;
    private static final int LONGEST_ABSENCE_MILLIS = 2_000;
    /** Half a minute passes before a swallowed connection is given up, and over a bad network there may be several. */
    private static final Duration PATIENCE = Duration.ofMinutes(5);

    private static final int MOST_REPORTS = 20;

    private enum Blow {
        SERVER,
        CLIENT,
        CONNECTIONS
    }

    private static final List<String> STORES = List.of("xodus", "sqlite");

    private final Path directory;
    private final Random random;
    private final String store;
    private final List<Party> parties = new ArrayList<>();
    private final Map<Party, Faults> faults = new HashMap<>();
    private final Deque<Blow> deck = new ArrayDeque<>();
    private final Map<Blow, Integer> dealt = new TreeMap<>();
    private ServerProcess server;

    ChaosRun(Installation pychat, Path directory, long seed) throws Exception {
        this.directory = Files.createDirectories(directory);
        this.random = new Random(seed);
        this.store = STORES.get(random.nextInt(STORES.size()));
        String format = random.nextBoolean() ? "text" : "json";
        this.server =
                ServerProcess.start(pychat, directory.resolve("data"), "--store=" + store, "--log-format=" + format);
        Path certificate = server.data().resolve("tls-cert.pem");
        for (Who who : random.nextBoolean() ? PAIRS : DEVICES) {
            Party party = new Party(who, directory.resolve(who.voice()), certificate, server.port(), random.nextLong());
            faults.put(party, Faults.drawn(random.nextLong(), WITHIN));
            parties.add(party);
        }
    }

    /**
     * Everybody signs up, or logs in where another device has. One does so over the bad network, and is killed over it: each attempt costs much computing, which is not what the
     * time is for.
     */
    void gather() throws Exception {
        Party unlucky = parties.get(random.nextInt(parties.size()));
        unlucky.proxy().faults(faults.get(unlucky));
        for (boolean signsUp : new boolean[] {true, false}) {
            List<Party> wave = parties.stream()
                    .filter(party -> party.who().signsUp() == signsUp)
                    .toList();
            for (Party party : wave) {
                party.live();
            }
            if (wave.contains(unlucky)) {
                Thread.sleep(random.nextInt(LONGEST_ABSENCE_MILLIS));
                unlucky.kill();
                unlucky.live();
            }
            for (Party party : wave) {
                party.process().await("entered", PATIENCE);
            }
        }
        for (Party party : parties) {
            party.tell("talk");
            party.proxy().faults(faults.get(party));
            party.proxy().resetAll();
        }
    }

    /** Kills for so long. */
    void rage(Duration time) throws Exception {
        long end = System.nanoTime() + time.toNanos();
        while (System.nanoTime() < end) {
            Thread.sleep(random.nextInt(LONGEST_QUIET_MILLIS));
            Blow blow = deal();
            dealt.merge(blow, 1, Integer::sum);
            switch (blow) {
                case SERVER -> killServer();
                case CLIENT -> killClient();
                default -> parties.forEach(party -> party.proxy().resetAll());
            }
        }
    }

    /** Each kind comes in its turn, in an order that is drawn. */
    private Blow deal() {
        if (deck.isEmpty()) {
            List<Blow> fresh = new ArrayList<>(List.of(
                    Blow.SERVER,
                    Blow.CLIENT,
                    Blow.CLIENT,
                    Blow.CONNECTIONS,
                    Blow.SERVER,
                    Blow.CLIENT,
                    Blow.CONNECTIONS));
            Collections.shuffle(fresh, random);
            deck.addAll(fresh);
        }
        return deck.remove();
    }

    private void killServer() throws Exception {
        keep(server.kill());
        Thread.sleep(random.nextInt(LONGEST_ABSENCE_MILLIS));
        server = server.again();
    }

    private void killClient() throws Exception {
        Party party = parties.get(random.nextInt(parties.size()));
        party.kill();
        Thread.sleep(random.nextInt(LONGEST_ABSENCE_MILLIS));
        party.live("talk");
    }

    private void keep(Finished ended) throws IOException {
        try (var files = Files.list(directory)) {
            long number = files.filter(file -> file.toString().endsWith(".err")).count();
            Files.writeString(directory.resolve("server-" + number + ".out"), ended.out());
            Files.writeString(directory.resolve("server-" + number + ".err"), ended.err());
        }
    }

    /** New connections are good ones from now on; waits until nobody has anything to send any more. */
    void settle() throws Exception {
        for (Party party : parties) {
            party.proxy().faults(Faults.NONE);
            party.tell("drain");
        }
        for (Party party : parties) {
            party.process().await("drained", PATIENCE);
        }
    }

    /** What everybody has of everything, as soon as both sides of each conversation have come to the same end. */
    Agreement agreement() throws Exception {
        for (int round = 1; ; round++) {
            List<Agreement.Witness> witnesses = new ArrayList<>();
            for (Party party : parties) {
                witnesses.add(new Agreement.Witness(party.who(), party.journal(), party.report(round)));
            }
            Agreement agreement = new Agreement(witnesses);
            if (round == MOST_REPORTS || agreement.isAtOneEnd()) {
                return agreement;
            }
        }
    }

    /** All leave in good order. */
    void end() throws Exception {
        for (Party party : parties) {
            Finished end = party.leave();
            assertThat(end.exit()).as("%s", end).isZero();
        }
        Finished end = server.stop();
        keep(end);
        assertThat(end.exit()).as("%s", end).isZero();
    }

    /** What may stand in no log. */
    LogSearch search() throws IOException {
        List<String> words = new ArrayList<>(List.of(Gossip.HEAD, Gossip.REST));
        List<String> secrets = new ArrayList<>();
        for (Party party : parties) {
            words.add(party.who().passphrase());
            party.journal().lines("secret").forEach(line -> secrets.add(line[1]));
        }
        assertThat(secrets).isNotEmpty();
        return new LogSearch(words, secrets);
    }

    /** Where logs are: the server's and the clients'. */
    List<Path> logFiles() throws IOException {
        List<Path> files = new ArrayList<>();
        try (var own = Files.list(directory)) {
            own.filter(file -> file.toString().endsWith(".err")).forEach(files::add);
        }
        for (Party party : parties) {
            try (var logs = Files.list(party.logs())) {
                logs.filter(file -> file.toString().contains(".log")).forEach(files::add);
            }
        }
        return files;
    }

    /** How much happened. */
    String summary() {
        Map<String, Long> faults = parties.stream()
                .flatMap(party -> party.proxy().struck().stream())
                .collect(Collectors.groupingBy(
                        struck -> struck.fault().getClass().getSimpleName(), TreeMap::new, Collectors.counting()));
        int lives = parties.stream().mapToInt(Party::lives).sum();
        String voices = parties.stream().map(party -> party.who().voice()).collect(Collectors.joining(" "));
        return "between " + voices + " on " + store + ", blows " + dealt + ", lives " + lives + ", faults " + faults;
    }

    /** How often the server was killed, or a client was: whichever is less. */
    int kills() {
        return Math.min(dealt.getOrDefault(Blow.SERVER, 0), dealt.getOrDefault(Blow.CLIENT, 0));
    }

    /** Kinds of faults that have happened. */
    List<Class<? extends Fault>> kindsOfFaults() {
        return parties.stream()
                .flatMap(party -> party.proxy().struck().stream())
                .<Class<? extends Fault>>map(struck -> struck.fault().getClass())
                .distinct()
                .toList();
    }

    @Override
    public void close() throws IOException {
        for (Party party : parties) {
            party.close();
        }
        server.close();
    }
}
