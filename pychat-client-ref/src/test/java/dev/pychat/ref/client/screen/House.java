package dev.pychat.ref.client.screen;

import dev.pychat.client.ChatClient;
import dev.pychat.client.ClientOptions;
import dev.pychat.crypto.open.PasswordCost;
import dev.pychat.ref.client.terminal.Console;
import dev.pychat.ref.client.terminal.PipeConsole;
import dev.pychat.server.ChatServer;
import dev.pychat.server.HashCost;
import dev.pychat.server.ServerOptions;
import dev.pychat.store.ClientStores;
import dev.pychat.store.memory.MemoryClientStores;
import dev.pychat.store.memory.MemoryServerStores;
import dev.pychat.testkit.key.PublishedKeys;
import dev.pychat.transport.InProcessTransport;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The real server and the real client in one JVM, at costs for tests; devices in memory, one for each name. */
final class House implements AutoCloseable {
    static final String PASSPHRASE = "correct horse battery";

    private static final PasswordCost CHEAP = new PasswordCost(64, 1, 1);

    private final SecureRandom random = new SecureRandom();
    private final InProcessTransport transport = InProcessTransport.create();
    private final PublishedKeys keys = new PublishedKeys();
    private final Map<String, ClientStores> devices = new HashMap<>();
    private final ChatServer server;

    House() throws Exception {
        server = ChatServer.start(ServerOptions.builder(MemoryServerStores.create(random))
                .transport(transport)
                .hashCost(new HashCost(HashCost.MIN))
                .passwordFloor(CHEAP)
                .build());
    }

    /** What a script prints, and whether all of it was done. */
    record Result(String output, boolean done) {
        List<String> lines() {
            return output.lines().toList();
        }
    }

    /** Runs a script on the device of that name to its end. */
    Result script(String device, String... lines) throws Exception {
        String input = String.join("\n", lines) + "\n";
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        Console console = PipeConsole.over(new ByteArrayInputStream(input.getBytes(StandardCharsets.UTF_8)), out);
        boolean done = run(device, console);
        return new Result(out.toString(StandardCharsets.UTF_8), done);
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
        ClientStores stores;
        synchronized (devices) {
            stores = devices.computeIfAbsent(device, absent -> new MemoryClientStores());
        }
        ClientOptions options = ClientOptions.builder(transport.client(), stores)
                .passwordCost(CHEAP)
                .keySource(keys)
                .random(random)
                .build();
        try (ChatClient client = ChatClient.connect(options)) {
            return Session.run(console, client, "the server", ZoneOffset.UTC, random);
        }
    }

    @Override
    public void close() {
        server.close();
    }
}
