package dev.pychat.benchmarks;

import dev.pychat.benchmarks.load.AskingClient;
import dev.pychat.benchmarks.load.Directories;
import dev.pychat.crypto.open.PasswordCost;
import dev.pychat.model.Bytes;
import dev.pychat.model.DeviceId;
import dev.pychat.model.PychatException;
import dev.pychat.model.Username;
import dev.pychat.ref.server.store.XodusServerStores;
import dev.pychat.server.ChatServer;
import dev.pychat.server.HashCost;
import dev.pychat.server.ServerLimits;
import dev.pychat.server.ServerOptions;
import dev.pychat.store.ServerStores;
import dev.pychat.transport.InProcessTransport;
import dev.pychat.wire.Credential;
import dev.pychat.wire.KdfCost;
import dev.pychat.wire.LogIn;
import dev.pychat.wire.PasswordSalt;
import dev.pychat.wire.Resume;
import dev.pychat.wire.SignUp;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.Locale;

/**
 * Asks whether the time of an answer tells if there is a user of a name: {@code password-salt}, {@code resume} with a wrong
 * token, and {@code log-in} with a wrong secret, for names that are there and names that are not, in random order, on one
 * connection without a network between, as if each question came from another address. Prints both distributions and their
 * Kolmogorov-Smirnov distance.
 */
final class NameTiming {

    private static final Duration LONG = Duration.ofHours(1);
    private static final KdfCost KDF = new KdfCost(
            PasswordCost.RECOMMENDED.memoryKiB(),
            PasswordCost.RECOMMENDED.iterations(),
            PasswordCost.RECOMMENDED.parallelism());

    /**
     * How much is measured.
     *
     * @param accounts how many accounts there are, and as many names that nobody has
     * @param salts how many salts are asked for, and sessions with a wrong token, of each kind
     * @param logIns how many log-ins are tried, of each kind
     * @param hash what a log-in costs the server
     */
    record Scale(int accounts, int salts, int logIns, HashCost hash) {

        static final Scale REAL = new Scale(500, 5_000, 1_000, HashCost.DEFAULT);
    }

    private final AskingClient client;
    private final Scale scale;
    private final SecureRandom random = new SecureRandom();

    private NameTiming(AskingClient client, Scale scale) {
        this.client = client;
        this.scale = scale;
    }

    /**
     * Measures on the reference server's store in a temporary directory.
     *
     * @param args none
     * @throws IOException if the directory can't be made
     * @throws PychatException if the store or the server fails
     * @throws InterruptedException if it was interrupted
     */
    public static void main(String[] args) throws IOException, PychatException, InterruptedException {
        Path directory = Files.createTempDirectory("pychat-name-timing");
        run(XodusServerStores.open(directory.resolve("data"), new SecureRandom()), Scale.REAL, System.out);
        Directories.delete(directory);
    }

    @SuppressWarnings("try") // the server is only there to be asked
    static void run(ServerStores stores, Scale scale, PrintStream out) throws PychatException, InterruptedException {
        InProcessTransport transport = InProcessTransport.create();
        ServerLimits limits = ServerLimits.builder()
                .freeAttempts(1_000)
                .freeSignUps(10_000)
                .signInTime(LONG)
                .idleTime(LONG)
                .build();
        try (ChatServer server = ChatServer.start(ServerOptions.builder(stores)
                        .transport(acceptor -> transport.listen(one -> acceptor.accept(new ManyAddresses(one))))
                        .hashCost(scale.hash())
                        .limits(limits)
                        .listing(false)
                        .build());
                AskingClient client = AskingClient.connect(transport.client())) {
            new NameTiming(client, scale).measure(out);
        }
    }

    private void measure(PrintStream out) throws PychatException, InterruptedException {
        for (int i = 0; i < scale.accounts(); i++) {
            signUp(name(true, i));
        }
        compare(Math.max(1, scale.salts() / 10), this::salt);
        print(out, "password-salt", compare(scale.salts(), this::salt));
        print(out, "resume with a wrong token", compare(scale.salts(), this::resume));
        print(out, "log-in with a wrong secret", compare(scale.logIns(), this::logIn));
    }

    /** Something asked for a name. */
    private interface Question {
        void ask(Username name) throws PychatException, InterruptedException;
    }

    /** Asks for names of both kinds in random order; the first distribution is that of the names that are there. */
    private Distribution[] compare(int each, Question question) throws PychatException, InterruptedException {
        long[][] nanos = new long[2][each];
        int[] done = new int[2];
        while (done[0] + done[1] < 2 * each) {
            int kind = random.nextInt(2);
            if (done[kind] == each) {
                kind = 1 - kind;
            }
            Username name = name(kind == 0, random.nextInt(scale.accounts()));
            long start = System.nanoTime();
            question.ask(name);
            nanos[kind][done[kind]++] = System.nanoTime() - start;
        }
        return new Distribution[] {Distribution.ofNanos(nanos[0]), Distribution.ofNanos(nanos[1])};
    }

    private static void print(PrintStream out, String what, Distribution... both) {
        double distance = both[0].distance(both[1]);
        double critical = both[0].critical(both[1]);
        out.println(what + ", microseconds");
        out.println("  there      " + both[0].line());
        out.println("  not there  " + both[1].line());
        out.println(String.format(
                Locale.ROOT,
                "  Kolmogorov-Smirnov distance %.4f, equal distributions stay below %.4f in 99 of 100 cases: %s",
                distance,
                critical,
                distance < critical ? "not told apart" : "TOLD APART"));
    }

    /** Names of both kinds have the same length. */
    private static Username name(boolean there, int number) {
        return new Username(String.format(Locale.ROOT, "%s%05d", there ? "yes" : "non", number));
    }

    private void salt(Username name) throws PychatException, InterruptedException {
        client.ask(id -> new PasswordSalt(id, name));
    }

    private void resume(Username name) throws PychatException, InterruptedException {
        DeviceId device = DeviceId.random(random);
        client.ask(id -> new Resume(id, name, device, secret()));
    }

    private void logIn(Username name) throws PychatException, InterruptedException {
        DeviceId device = DeviceId.random(random);
        client.ask(id -> new LogIn(id, name, device, secret()));
    }

    private void signUp(Username name) throws PychatException, InterruptedException {
        DeviceId device = DeviceId.random(random);
        client.ask(
                id -> new SignUp(id, name, Bytes.random(random, 16), Bytes.random(random, 32), KDF, device, secret()));
        client.ask(dev.pychat.wire.LogOut::new);
    }

    private Credential secret() {
        return new Credential(Bytes.random(random, Credential.SIZE));
    }
}
