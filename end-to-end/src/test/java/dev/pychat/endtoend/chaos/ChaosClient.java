package dev.pychat.endtoend.chaos;

import dev.pychat.client.BadCredentialsException;
import dev.pychat.client.ChatClient;
import dev.pychat.client.ClientOptions;
import dev.pychat.client.ClientState;
import dev.pychat.client.KdfChangedException;
import dev.pychat.client.NameTakenException;
import dev.pychat.crypto.open.KeyPolicy;
import dev.pychat.crypto.secret.Passphrase;
import dev.pychat.crypto.secret.RsaKeySource;
import dev.pychat.crypto.secret.RsaPrivateKey;
import dev.pychat.model.PychatException;
import dev.pychat.model.Username;
import dev.pychat.ref.client.LogFile;
import dev.pychat.ref.client.home.DeviceHome;
import dev.pychat.store.ClientStores;
import dev.pychat.testkit.key.PublishedKeys;
import dev.pychat.transport.ClientTransport;
import dev.pychat.transport.ServerTrust;
import dev.pychat.transport.TlsSocketTransport;
import dev.pychat.transport.TransportOptions;
import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The process of one client: enters its account whatever it takes, talks when it is told to, and writes into a journal what it was
 * promised. It is told by lines: {@code talk}, {@code drain} (says {@code drained}), {@code report FILE} (says {@code reported}); it leaves when its
 * input ends.
 */
final class ChaosClient {

    private static final Logger LOG = LoggerFactory.getLogger(ChaosClient.class);
    private static final Duration SOON = Duration.ofMillis(200);

    private final Who who;
    private final int life;
    private final Journal journal;
    private final ClientStores stores;
    private final ClientOptions options;

    private ChaosClient(Path directory, Who who, int life, int port, ClientStores stores) throws Exception {
        this.who = who;
        this.life = life;
        this.journal = new Journal(directory.resolve("journal"));
        this.stores = stores;
        ServerTrust trust = ServerTrust.pem(Files.readString(directory.resolve("server.pem")));
        ClientTransport way = TlsSocketTransport.client("localhost", port, trust, TransportOptions.DEFAULT);
        this.options = ClientOptions.builder(
                        new SecretTap(
                                way,
                                secret -> journal.note("secret", secret.value().hex())),
                        stores)
                .keySource(new OneKey(who.key()))
                .requestTimeout(Duration.ofSeconds(6))
                .firstRetry(Duration.ofMillis(50))
                .longestRetry(Duration.ofSeconds(1))
                .build();
    }

    private record OneKey(int number) implements RsaKeySource {
        @Override
        public RsaPrivateKey next(SecureRandom random) {
            return PublishedKeys.number(number);
        }

        @Override
        public KeyPolicy policy() {
            return new PublishedKeys().policy();
        }
    }

    /**
     * Runs it.
     *
     * @param args its directory, who it is ({@link Who#words}), which life of it this is, the port, and a seed for what it says
     */
    public static void main(String[] args) throws Exception {
        Path directory = Path.of(args[0]);
        int life = Integer.parseInt(args[2]);
        try (DeviceHome home = DeviceHome.open(directory.resolve("home"))) {
            LogFile.begin(home.log());
            LOG.info("life {} begins", life);
            try (ClientStores stores = home.stores()) {
                new ChaosClient(directory, Who.of(args[1]), life, Integer.parseInt(args[3]), stores)
                        .run(Long.parseLong(args[4]));
            } catch (Exception | Error e) {
                new Journal(directory.resolve("journal")).note("alarm", "died", e);
                throw e;
            } finally {
                LogFile.end();
            }
        }
    }

    private void run(long seed) throws Exception {
        try (ChatClient client = enter()) {
            Chatter chatter = new Chatter(who, life, client, journal, seed);
            say("entered");
            BufferedReader commands = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.US_ASCII));
            for (String line = commands.readLine(); line != null; line = commands.readLine()) {
                obey(line.split(" ", 2), client, chatter);
            }
            chatter.stop();
        }
    }

    private void obey(String[] command, ChatClient client, Chatter chatter) throws Exception {
        switch (command[0]) {
            case "talk" -> chatter.start();
            case "drain" -> {
                journal.note("draining", Instant.now());
                chatter.stop();
                while (!client.awaitAccepted(Duration.ofSeconds(1))) {
                    LOG.debug("not everything is accepted yet");
                }
                journal.note("drained", Instant.now());
                say("drained");
            }
            case "report" -> {
                new History(who, client).write(Path.of(command[1]));
                say("reported " + command[1]);
            }
            default -> throw new IllegalArgumentException("no command: " + command[0]);
        }
    }

    private static void say(String line) {
        System.out.println(line);
        System.out.flush();
    }

    /** The network may fail at any point of it, and the process may have died at any. */
    private ChatClient enter() throws Exception {
        while (true) {
            try {
                ChatClient client = ChatClient.connect(options);
                client.addListener(new Ears(client, journal));
                while (!(client.state() instanceof ClientState.Closed)) {
                    if (entered(client)) {
                        return client;
                    }
                    Thread.sleep(SOON.toMillis());
                }
            } catch (PychatException e) {
                journal.note("unconnected", Instant.now(), e);
                Thread.sleep(SOON.toMillis());
            }
        }
    }

    private boolean entered(ChatClient client) throws InterruptedException {
        try (Passphrase passphrase = Passphrase.of(who.passphrase().toCharArray())) {
            enter(client, passphrase);
            return true;
        } catch (PychatException e) {
            journal.note("outside", Instant.now(), e);
            return false;
        }
    }

    private void enter(ChatClient client, Passphrase passphrase) throws PychatException, InterruptedException {
        Username name = new Username(who.name());
        List<?> known = stores.keyrings().accounts();
        try {
            if (known.isEmpty() && who.signsUp()) {
                client.signUp(name, passphrase);
            } else {
                client.logIn(name, passphrase);
            }
        } catch (NameTakenException signedUpBefore) {
            client.logIn(name, passphrase);
        } catch (BadCredentialsException | KdfChangedException signUpWasCutOff) {
            if (!who.signsUp()) {
                throw signUpWasCutOff;
            }
            client.signUp(name, passphrase);
        }
    }
}
