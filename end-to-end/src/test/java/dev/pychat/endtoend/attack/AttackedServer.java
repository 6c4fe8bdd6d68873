package dev.pychat.endtoend.attack;

import dev.pychat.crypto.open.PasswordCost;
import dev.pychat.endtoend.Checkout;
import dev.pychat.endtoend.Command;
import dev.pychat.model.Bytes;
import dev.pychat.model.Username;
import dev.pychat.store.LoginRecord;
import dev.pychat.store.NewAccount;
import dev.pychat.store.ServerStores;
import dev.pychat.store.sqlite.SqliteServerStores;
import dev.pychat.testkit.TestCertificates;
import dev.pychat.testkit.server.RawClient;
import dev.pychat.testkit.transport.FreePort;
import dev.pychat.transport.ServerTrust;
import dev.pychat.transport.TlsSocketTransport;
import dev.pychat.transport.TransportOptions;
import dev.pychat.wire.Credential;
import dev.pychat.wire.LogIn;
import dev.pychat.wire.Session;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.mindrot.jbcrypt.BCrypt;

/** The reference server as a process of its own, on a data directory in which many have an account already. */
final class AttackedServer implements AutoCloseable {

    /** Of every account: what is attacked is the server, not this. */
    static final Credential SECRET = new Credential(Bytes.copyOf(new byte[Credential.SIZE]));

    /** Who has an account besides those that are only listed. */
    static final List<String> PEOPLE = List.of("alice", "bob", "mallory", "oscar", "victim");

    private static final SecureRandom RANDOM = new SecureRandom();
    private static final int AT_ONCE = 64;
    private static final Duration PATIENCE = Duration.ofMinutes(2);

    private final Command.Running running;
    private final int port;
    private final X509Certificate certificate;

    private AttackedServer(Command.Running running, int port, X509Certificate certificate) {
        this.running = running;
        this.port = port;
        this.certificate = certificate;
    }

    /** Makes the accounts by way of the stores, since signing up so many would take days, and starts the server. */
    static AttackedServer start(Path data, Scale scale) throws Exception {
        try (ServerStores stores = SqliteServerStores.open(data, RANDOM)) {
            makeAccounts(stores, scale.users());
        }
        // A server that finds accounts and no key beside them does not start: so it is given one.
        TestCertificates tls = TestCertificates.selfSigned("localhost");
        Path certificate = Files.writeString(data.resolveSibling("cert.pem"), tls.certificatePem());
        Path key = Files.writeString(data.resolveSibling("key.pem"), tls.privateKeyPem());
        int port = FreePort.find();
        List<String> words = new ArrayList<>(List.of(
                Checkout.testJava(),
                "-Xmx512m",
                "-cp",
                Checkout.property("java.class.path"),
                "dev.pychat.ref.server.Main",
                "--store=sqlite",
                "--data=" + data,
                "--tls-cert=" + certificate,
                "--tls-key=" + key,
                "--port=" + port));
        words.addAll(scale.options());
        Command.Running running = Command.of(words.toArray(String[]::new)).start();
        try {
            awaitListening(running);
            return new AttackedServer(running, port, tls.certificate());
        } catch (Exception | AssertionError e) {
            running.close();
            throw e;
        }
    }

    private static void makeAccounts(ServerStores stores, int users) throws Exception {
        String hash = BCrypt.hashpw(SECRET.value().base64Url(), BCrypt.gensalt(10, RANDOM));
        PasswordCost cost = PasswordCost.RECOMMENDED;
        LoginRecord login = new LoginRecord(
                Bytes.random(RANDOM, 32), cost.memoryKiB(), cost.iterations(), cost.parallelism(), hash);
        Bytes attempt = Bytes.random(RANDOM, 16);
        for (String name : PEOPLE) {
            stores.accounts().create(new NewAccount(new Username(name), attempt, login, Instant.now()));
        }
        AtomicInteger next = new AtomicInteger();
        ExecutorService pool = Executors.newFixedThreadPool(AT_ONCE);
        try {
            List<Future<?>> all = new ArrayList<>();
            for (int i = 0; i < AT_ONCE; i++) {
                all.add(pool.submit(() -> {
                    for (int user = next.getAndIncrement(); user < users; user = next.getAndIncrement()) {
                        stores.accounts().create(new NewAccount(listed(user), attempt, login, Instant.now()));
                    }
                    return true;
                }));
            }
            for (Future<?> one : all) {
                one.get();
            }
        } finally {
            pool.shutdownNow();
        }
    }

    /** The name of one of those that are there to be listed. */
    static Username listed(int number) {
        return new Username(String.format(Locale.ROOT, "user%07d", number));
    }

    private static void awaitListening(Command.Running running) throws Exception {
        long end = System.nanoTime() + PATIENCE.toNanos();
        while (!running.outSoFar().contains("listening on ")) {
            if (!running.process().isAlive() || System.nanoTime() > end) {
                throw new AssertionError("the server does not listen:\n" + running.outSoFar() + running.errSoFar());
            }
            Thread.sleep(20);
        }
    }

    int port() {
        return port;
    }

    /** A well-behaved client that has logged in. */
    RawClient loggedIn(String name) throws Exception {
        RawClient client = RawClient.connect(TlsSocketTransport.client(
                "localhost", port, ServerTrust.certificates(List.of(certificate)), TransportOptions.DEFAULT));
        client.hello();
        client.ask(Session.class, id -> new LogIn(id, new Username(name), RawClient.device(name), SECRET));
        return client;
    }

    /** What the server has written into its log. */
    String log() throws IOException {
        return running.errSoFar();
    }

    /** Asks it to stop and waits for its end. */
    int stop() throws Exception {
        running.process().destroy();
        return running.process().waitFor();
    }

    @Override
    public void close() throws IOException {
        running.close();
    }
}
