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
import dev.pychat.testkit.transport.FreePort;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.mindrot.jbcrypt.BCrypt;

/** The reference server as a process of its own, on a data directory in which many have an account already. */
final class AttackedServer implements AutoCloseable {

    private static final SecureRandom RANDOM = new SecureRandom();
    private static final int AT_ONCE = 64;
    private static final Duration PATIENCE = Duration.ofMinutes(2);

    private final Command.Running running;
    private final Target target;
    private final Path certificate;

    private AttackedServer(Command.Running running, Target target, Path certificate) {
        this.running = running;
        this.target = target;
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
            return new AttackedServer(running, new Target(port, tls.certificate()), certificate);
        } catch (Exception | AssertionError e) {
            running.close();
            throw e;
        }
    }

    private static void makeAccounts(ServerStores stores, int users) throws Exception {
        String hash = BCrypt.hashpw(Target.SECRET.value().base64Url(), BCrypt.gensalt(10, RANDOM));
        PasswordCost cost = PasswordCost.RECOMMENDED;
        LoginRecord login = new LoginRecord(
                Bytes.random(RANDOM, 32), cost.memoryKiB(), cost.iterations(), cost.parallelism(), hash);
        Bytes attempt = Bytes.random(RANDOM, 16);
        for (String name : Target.PEOPLE) {
            stores.accounts().create(new NewAccount(new Username(name), attempt, login, Instant.now()));
        }
        AtomicInteger next = new AtomicInteger();
        ExecutorService pool = Executors.newFixedThreadPool(AT_ONCE);
        try {
            List<Future<?>> all = new ArrayList<>();
            for (int i = 0; i < AT_ONCE; i++) {
                all.add(pool.submit(() -> {
                    for (int user = next.getAndIncrement(); user < users; user = next.getAndIncrement()) {
                        stores.accounts().create(new NewAccount(Target.listed(user), attempt, login, Instant.now()));
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

    private static void awaitListening(Command.Running running) throws Exception {
        long end = System.nanoTime() + PATIENCE.toNanos();
        while (!running.outSoFar().contains("listening on ")) {
            if (!running.process().isAlive() || System.nanoTime() > end) {
                throw new AssertionError("the server does not listen:\n" + running.outSoFar() + running.errSoFar());
            }
            Thread.sleep(20);
        }
    }

    /** What attackers know of it. */
    Target target() {
        return target;
    }

    /** Its certificate, PEM. */
    Path certificate() {
        return certificate;
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
