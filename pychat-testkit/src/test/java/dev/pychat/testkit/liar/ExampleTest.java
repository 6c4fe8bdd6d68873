package dev.pychat.testkit.liar;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pychat.client.ChatClient;
import dev.pychat.client.ChatMessage;
import dev.pychat.client.ClientOptions;
import dev.pychat.crypto.open.PasswordCost;
import dev.pychat.crypto.secret.Passphrase;
import dev.pychat.envelope.Finding;
import dev.pychat.envelope.FindingCode;
import dev.pychat.model.Position;
import dev.pychat.model.Username;
import dev.pychat.server.ChatServer;
import dev.pychat.server.HashCost;
import dev.pychat.server.ServerOptions;
import dev.pychat.store.memory.MemoryClientStores;
import dev.pychat.store.memory.MemoryServerStores;
import dev.pychat.testkit.key.PublishedKeys;
import dev.pychat.transport.ClientTransport;
import dev.pychat.transport.InProcessTransport;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** The example in the package's documentation is this one, line by line. */
class ExampleTest {

    private static final PasswordCost CHEAP = new PasswordCost(8, 1, 1);
    private static final Path HERE =
            Path.of("src", "test", "java", "dev", "pychat", "testkit", "liar", "ExampleTest.java");
    private static final Path DOCUMENTED =
            Path.of("src", "main", "java", "dev", "pychat", "testkit", "liar", "package-info.java");

    @Test
    void droppedMessageIsAGap() throws Exception {
        // example
        InProcessTransport way = InProcessTransport.create();
        LyingServer liar = LyingServer.over(MemoryServerStores.create(new SecureRandom()), way);
        ServerOptions options = ServerOptions.builder(liar.stores())
                .transport(liar.transport())
                .hashCost(new HashCost(HashCost.MIN))
                .passwordFloor(CHEAP)
                .build();
        ChatServer server = ChatServer.start(options);
        try (server;
                ChatClient alice = newUser(way.client(), "alice");
                ChatClient bob = newUser(way.client(), "bob")) {
            liar.tell(new Username("bob"), new Username("alice"), Lies.drop(new Position(1)));
            BlockingQueue<ChatMessage> arrived = new LinkedBlockingQueue<>();
            bob.conversation(new Username("alice")).addListener(arrived::add);
            alice.conversation(new Username("bob")).sendText("one");
            alice.conversation(new Username("bob")).sendText("two");
            ChatMessage first = arrived.poll(20, TimeUnit.SECONDS);
            assertThat(first.text()).contains("two");
            assertThat(first.findings()).extracting(Finding::code).contains(FindingCode.GAP);
        }
        // end
    }

    @Test
    void documentationShowsTheExample() throws Exception {
        List<String> example = between(Files.readAllLines(HERE), "        // example", "        // end").stream()
                .map(line -> line.isBlank() ? "" : line.substring(8))
                .toList();
        List<String> documented = between(Files.readAllLines(DOCUMENTED), " * <pre>{@code", " * }</pre>").stream()
                .map(line -> line.substring(Math.min(line.length(), 3)))
                .toList();
        assertThat(documented).isEqualTo(example);
    }

    private static List<String> between(List<String> lines, String first, String last) {
        int from = lines.indexOf(first) + 1;
        return lines.subList(from, from + lines.subList(from, lines.size()).indexOf(last));
    }

    private static ChatClient newUser(ClientTransport way, String name) throws Exception {
        ChatClient client = ChatClient.connect(ClientOptions.builder(way, new MemoryClientStores())
                .passwordCost(CHEAP)
                .keySource(new PublishedKeys())
                .receiptDelay(Duration.ZERO)
                .build());
        try (Passphrase passphrase = Passphrase.of(("the passphrase of " + name).toCharArray())) {
            client.signUp(new Username(name), passphrase);
        }
        return client;
    }
}
