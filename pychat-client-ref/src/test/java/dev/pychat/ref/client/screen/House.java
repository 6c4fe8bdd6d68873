package dev.pychat.ref.client.screen;

import dev.pychat.client.ChatClient;
import dev.pychat.client.ClientOptions;
import dev.pychat.client.Conversation;
import dev.pychat.crypto.open.Label;
import dev.pychat.crypto.open.PasswordCost;
import dev.pychat.crypto.secret.Passphrase;
import dev.pychat.crypto.secret.PasswordKeys;
import dev.pychat.key.BundleFields;
import dev.pychat.key.KeyBundle;
import dev.pychat.key.Suite;
import dev.pychat.keyring.Keyring;
import dev.pychat.keyring.KeyringHeader;
import dev.pychat.model.Bytes;
import dev.pychat.model.Position;
import dev.pychat.model.Username;
import dev.pychat.ref.client.terminal.Console;
import dev.pychat.ref.client.terminal.PipeConsole;
import dev.pychat.server.ChatServer;
import dev.pychat.server.HashCost;
import dev.pychat.server.ServerOptions;
import dev.pychat.store.ClientStores;
import dev.pychat.store.KeyringStore;
import dev.pychat.store.ServerStores;
import dev.pychat.store.StoreException;
import dev.pychat.store.StoredBundle;
import dev.pychat.store.memory.MemoryClientStores;
import dev.pychat.store.memory.MemoryServerStores;
import dev.pychat.testkit.key.PublishedKeys;
import dev.pychat.transport.InProcessTransport;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/** The real server and the real client in one JVM, at costs for tests; devices in memory, one for each name. */
final class House implements AutoCloseable {
    static final String PASSPHRASE = "correct horse battery";

    private static final PasswordCost CHEAP = new PasswordCost(64, 1, 1);

    private final SecureRandom random = new SecureRandom();
    private final InProcessTransport transport = InProcessTransport.create();
    private final PublishedKeys keys = new PublishedKeys();
    private final Map<String, ClientStores> devices = new HashMap<>();
    private final ServerStores stores = MemoryServerStores.create(random);
    private final CutLine line = new CutLine(transport.client());
    private final ChatServer server;
    private volatile Duration ahead = Duration.ZERO;
    private volatile Duration receiptDelay = Duration.ZERO;

    House() throws Exception {
        server = ChatServer.start(ServerOptions.builder(stores)
                .transport(transport)
                .hashCost(new HashCost(HashCost.MIN))
                .passwordFloor(CHEAP)
                .build());
    }

    /** What a script prints, whether all of it was done, and what ended it. */
    record Result(String output, boolean done, Optional<StoreException> failure) {
        List<String> lines() {
            return output.lines().toList();
        }
    }

    /** Runs a script on the device of that name to its end. */
    Result script(String device, String... lines) throws Exception {
        String input = String.join("\n", lines) + "\n";
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        Console console = PipeConsole.over(new ByteArrayInputStream(input.getBytes(StandardCharsets.UTF_8)), out);
        try {
            boolean done = run(device, console);
            return new Result(out.toString(StandardCharsets.UTF_8), done, Optional.empty());
        } catch (StoreException e) {
            return new Result(out.toString(StandardCharsets.UTF_8), false, Optional.of(e));
        }
    }

    /** Sends a message as a program does that has not looked at the peer's identity; it is kept, whatever becomes of it. */
    void keep(String name, String peer, String text) throws Exception {
        try (ChatClient client = connect(name);
                Passphrase passphrase = Passphrase.of(PASSPHRASE.toCharArray())) {
            client.logIn(new Username(name), passphrase);
            client.conversation(new Username(peer))
                    .sendText(text)
                    .kept()
                    .toCompletableFuture()
                    .get(120, TimeUnit.SECONDS);
        }
    }

    /** Answers what was said as a program does that shows it to nobody. */
    void answer(String name, String peer, String said, String text) throws Exception {
        try (ChatClient client = connect(name);
                Passphrase passphrase = Passphrase.of(PASSPHRASE.toCharArray())) {
            client.logIn(new Username(name), passphrase);
            Conversation conversation = client.conversation(new Username(peer));
            long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(60);
            while (!isNewest(conversation, said)) {
                if (System.nanoTime() > deadline) {
                    throw new AssertionError(name + " never had \"" + said + "\"");
                }
                Thread.sleep(5);
            }
            conversation.sendText(text).accepted().toCompletableFuture().get(120, TimeUnit.SECONDS);
        }
    }

    private static boolean isNewest(Conversation conversation, String said) throws Exception {
        return conversation.history(Position.NONE, 1).messages().stream()
                .anyMatch(message -> message.text().equals(Optional.of(said)));
    }

    /** The clocks of devices that are started from now on go that much further ahead of the server's. */
    void goOn(Duration further) {
        ahead = ahead.plus(further);
    }

    /** Clients that are started from now on send receipts alone after that time at most. */
    void sendReceiptsAlone(Duration after) {
        receiptDelay = after;
    }

    /** What lies between everybody and the server. */
    CutLine line() {
        return line;
    }

    /** Gives the device of that name other stores than those of the memory. */
    void own(String device, ClientStores stores) {
        synchronized (devices) {
            devices.put(device, stores);
        }
    }

    /** Publishes keys of somebody that offer suite 1 only, as whoever has the device and the passphrase can. */
    void lowerSuite(String name) throws Exception {
        Username user = new Username(name);
        KeyringStore keyrings = Objects.requireNonNull(devices.get(name)).keyrings();
        Bytes sealed = keyrings.load(keyrings.accounts().get(0)).orElseThrow().value();
        KeyringHeader header = KeyringHeader.read(sealed);
        try (Passphrase passphrase = Passphrase.of(PASSPHRASE.toCharArray());
                PasswordKeys secrets =
                        PasswordKeys.derive(passphrase, header.realm(), user, header.salt(), header.cost());
                Keyring keyring = Keyring.open(secrets.vaultKey(), sealed, keys.policy())) {
            BundleFields last = keyring.bundle().orElseThrow().fields();
            BundleFields less = new BundleFields(
                    last.realm(),
                    user,
                    last.identity(),
                    last.serial() + 1,
                    keyring.bundle().orElseThrow().hash(),
                    last.notBefore(),
                    last.notAfter(),
                    List.of(Suite.RSA),
                    last.sections().stream()
                            .filter(section -> section.suite().equals(Suite.RSA))
                            .toList());
            KeyBundle signed = less.sign(unsigned -> keyring.identity().sign(Label.BUNDLE_SIGNATURE, unsigned));
            stores.keys().putBundle(user, last.serial(), new StoredBundle(last.serial() + 1, signed.bytes()));
        }
    }

    /** Signs somebody up, on a device of that name. */
    void signUp(String name) throws Exception {
        Result result = script(name, "!signup", name, PASSPHRASE, "!disconnect");
        if (!result.done()) {
            throw new AssertionError(result.output());
        }
    }

    /** Somebody at a terminal, on the device of that name. */
    Person person(String device) {
        return new Person(console -> run(device, console));
    }

    private boolean run(String device, Console console) throws Exception {
        while (true) {
            try (ChatClient client = connect(device)) {
                Session.End end = Session.run(console, client, "the server", ZoneOffset.UTC, random);
                if (end != Session.End.LOGGED_OUT) {
                    return end == Session.End.DONE;
                }
            }
        }
    }

    private ChatClient connect(String device) throws Exception {
        ClientStores stores;
        synchronized (devices) {
            stores = devices.computeIfAbsent(device, absent -> new MemoryClientStores());
        }
        ClientOptions options = ClientOptions.builder(line, stores)
                .passwordCost(CHEAP)
                .keySource(keys)
                .random(random)
                .clock(Clock.offset(Clock.systemUTC(), ahead))
                .receiptDelay(receiptDelay)
                .build();
        return ChatClient.connect(options);
    }

    @Override
    public void close() {
        server.close();
    }
}
