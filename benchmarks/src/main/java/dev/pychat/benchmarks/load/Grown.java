package dev.pychat.benchmarks.load;

import dev.pychat.key.ConversationIds;
import dev.pychat.model.Bytes;
import dev.pychat.model.Position;
import dev.pychat.model.PychatException;
import dev.pychat.model.Username;
import dev.pychat.store.NewAccount;
import dev.pychat.store.Submission;
import dev.pychat.store.directory.DirectoryServerStores;
import dev.pychat.store.directory.StoreKind;
import dev.pychat.wire.Credential;
import dev.pychat.wire.Message;
import dev.pychat.wire.Page;
import dev.pychat.wire.Resume;
import dev.pychat.wire.ServerFrame;
import dev.pychat.wire.Session;
import java.io.IOException;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.HdrHistogram.Histogram;

/** A data directory that holds much, and what is asked of it. Confined to one thread. */
final class Grown {

    /** The bytes of each message's envelope. */
    static final int BODY = 400;

    /** The messages of a page. */
    static final int PAGE = 50;

    private static final int CONVERSATIONS = 100;
    private static final int PAIRS = 10;
    private static final int WINDOW = 16;
    private static final long SEED = 42;

    private final Random random = new Random(SEED);
    private final Path data;
    private final StoreKind kind;
    private final List<Seat> seats;

    /** Whose history it is: one side of every conversation that was laid in. */
    private final Seat reader;

    private final List<Talk> talks = new ArrayList<>();
    private Credential token;
    private double messagesPerSecond;
    private double accountsPerSecond;

    private Grown(Path data, StoreKind kind, List<Seat> seats) {
        this.data = data;
        this.kind = kind;
        this.seats = seats.subList(0, 2 * PAIRS);
        this.reader = seats.get(2 * PAIRS);
        this.token = reader.token();
    }

    /** Lays messages over a hundred conversations of one account, and accounts beside those that are needed anyway. */
    static Grown lay(Path data, StoreKind kind, long messages, long accounts, int batch)
            throws IOException, PychatException {
        Grown grown = new Grown(data, kind, Seat.lay(data, kind, 2 * PAIRS + 1));
        try (DirectoryServerStores stores = grown.open()) {
            grown.layPeers(stores);
            long begin = System.nanoTime();
            grown.layMessages(stores, messages, batch);
            grown.messagesPerSecond = messages * 1e9 / (System.nanoTime() - begin);
            begin = System.nanoTime();
            grown.layAccounts(stores, accounts);
            grown.accountsPerSecond = accounts * 1e9 / (System.nanoTime() - begin);
        }
        return grown;
    }

    /** How many messages were laid in each second. */
    double messagesPerSecond() {
        return messagesPerSecond;
    }

    /** How many accounts were, beside those that are needed anyway. */
    double accountsPerSecond() {
        return accountsPerSecond;
    }

    private DirectoryServerStores open() throws PychatException {
        return kind.open(data, new SecureRandom());
    }

    private ServerProcess server() throws IOException {
        return ServerProcess.start(data, List.of(), "--store=" + kind.name());
    }

    private void layPeers(DirectoryServerStores stores) throws PychatException {
        for (int i = 0; i < CONVERSATIONS; i++) {
            Username peer = new Username("peer" + i);
            layAccount(stores, peer);
            talks.add(new Talk(
                    random, ConversationIds.of(stores.realm(), peer, reader.user()), peer, reader.user(), BODY));
        }
    }

    private void layAccounts(DirectoryServerStores stores, long count) throws PychatException {
        for (long i = 0; i < count; i++) {
            layAccount(stores, new Username(String.format(Locale.ROOT, "account%08d", i)));
        }
    }

    private void layAccount(DirectoryServerStores stores, Username name) throws PychatException {
        stores.accounts().create(new NewAccount(name, bytes(16), Seat.login(bytes(32)), Instant.now()));
    }

    private void layMessages(DirectoryServerStores stores, long count, int size) throws PychatException {
        for (long done = 0; done < count; done += size) {
            List<Submission> batch = new ArrayList<>(size);
            for (long i = done; i < Math.min(count, done + size); i++) {
                batch.add(talks.get(random.nextInt(CONVERSATIONS)).next());
            }
            if (stores.messages().append(batch).size() != batch.size()) {
                throw new IllegalStateException("the store answered for fewer than it was given");
            }
        }
    }

    /** What a page of history takes of the store alone, of any conversation and any place in it, after it has been asked for so long. */
    String pagesFromStore(Duration warmUp, int count) throws PychatException, InterruptedException {
        try (DirectoryServerStores stores = open()) {
            return pages(
                    warmUp,
                    count,
                    (talk, before) -> stores.messages()
                            .page(talk.conversation(), before, PAGE)
                            .messages()
                            .size());
        }
    }

    /** What it takes over the wire, from the question to the answer. */
    String pagesFromServer(Duration warmUp, int count) throws IOException, PychatException, InterruptedException {
        try (ServerProcess server = server();
                AskingClient client = AskingClient.connect(server.transport())) {
            resume(client);
            return pages(warmUp, count, (talk, before) -> {
                ServerFrame answer = client.ask(id -> new Page(id, talk.sender(), before, PAGE));
                return answer instanceof Message message ? message.items().size() : 0;
            });
        }
    }

    /** A seat's token is good for one time, and comes with the next. */
    private void resume(AskingClient client) throws InterruptedException {
        ServerFrame answer = client.ask(id -> new Resume(id, reader.user(), reader.device(), token));
        if (!(answer instanceof Session session)) {
            throw new IllegalStateException("the server refused: " + answer);
        }
        token = session.token();
    }

    /** Reads a page and says how many messages it has. */
    private interface PageRead {
        int read(Talk talk, Position before) throws PychatException, InterruptedException;
    }

    private String pages(Duration warmUp, int count, PageRead read) throws PychatException, InterruptedException {
        Histogram nanos = new Histogram(3);
        long warm = System.nanoTime() + warmUp.toNanos();
        while (nanos.getTotalCount() < count) {
            Talk talk = talks.get(random.nextInt(CONVERSATIONS));
            Position before = talk.somewhere();
            long begin = System.nanoTime();
            int messages = read.read(talk, before);
            long end = System.nanoTime();
            if (messages != Math.min(PAGE, before.value() - 1)) {
                throw new IllegalStateException(messages + " messages before " + before);
            }
            if (begin > warm) {
                nanos.recordValue(end - begin);
            }
        }
        return String.format(
                Locale.ROOT,
                "median %.0f, p99 %.0f µs",
                nanos.getValueAtPercentile(50) / 1e3,
                nanos.getValueAtPercentile(99) / 1e3);
    }

    /** How long the server takes until it listens, when it is started so often. */
    String start(int count) throws IOException {
        List<Long> millis = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            long begin = System.nanoTime();
            try (ServerProcess server = server()) {
                millis.add(TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - begin));
                assert server.port() > 0;
            }
        }
        millis.sort(null);
        return "listens after " + millis.get(count / 2) + " ms (" + millis.get(0) + " to " + millis.get(count - 1)
                + ")";
    }

    /** Compacts it by the server's own command, and says how long that took. */
    String compact() throws IOException, InterruptedException {
        long begin = System.nanoTime();
        Command.run(
                System.getProperty("java.home") + "/bin/java",
                "--add-opens",
                "java.base/sun.nio.ch=ALL-UNNAMED",
                "-cp",
                System.getProperty("java.class.path"),
                "dev.pychat.ref.server.Main",
                "compact",
                "--data",
                data.toString());
        return String.format(Locale.ROOT, "in %.1f s", (System.nanoTime() - begin) / 1e9);
    }

    /** What a delivered message costs with all that in the store. */
    String busy(Duration warmUp, Duration time) throws IOException, PychatException, InterruptedException {
        try (ServerProcess server = server();
                Pairs pairs = Pairs.connect(server.transport(), seats)) {
            pairs.keepBusy(WINDOW);
            TimeUnit.MILLISECONDS.sleep(warmUp.toMillis());
            Span begin = Span.now(pairs.meter().delivered(), server.proc().cpu());
            TimeUnit.MILLISECONDS.sleep(time.toMillis());
            Span end = Span.now(pairs.meter().delivered(), server.proc().cpu());
            String said = line(begin, end, server.proc().residentKiB());
            pairs.requireOpen();
            pairs.quieten(Duration.ofSeconds(30));
            return said;
        }
    }

    private static String line(Span begin, Span end, long residentKiB) {
        return String.format(
                Locale.ROOT,
                "%.0f delivered/s, server CPU %.1f ms for 1,000, server memory %d MiB, generator %.2f cores",
                begin.counted(end) / begin.seconds(end),
                begin.serverMillis(end, begin.counted(end) / 1_000.0),
                residentKiB >> 10,
                begin.generatorCores(end));
    }

    private Bytes bytes(int size) {
        byte[] bytes = new byte[size];
        random.nextBytes(bytes);
        return Bytes.adopt(bytes);
    }
}
