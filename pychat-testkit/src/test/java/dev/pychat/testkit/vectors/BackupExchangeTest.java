package dev.pychat.testkit.vectors;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import dev.pychat.client.ChatClient;
import dev.pychat.client.ClientOptions;
import dev.pychat.crypto.secret.Passphrase;
import dev.pychat.model.Bytes;
import dev.pychat.model.Position;
import dev.pychat.model.Username;
import dev.pychat.server.ChatServer;
import dev.pychat.server.HashCost;
import dev.pychat.server.ServerOptions;
import dev.pychat.store.memory.MemoryClientStores;
import dev.pychat.store.memory.MemoryServerStores;
import dev.pychat.testkit.key.PublishedKeys;
import dev.pychat.transport.InProcessTransport;
import java.io.ByteArrayOutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The second implementation reads what a real client has written. */
class BackupExchangeTest {

    private static final String PASSPHRASE = "a backup's own p\u00e4ssphrase";
    private static final int ONE_TIME_KEYS = 20;
    private static final PublishedKeys KEYS = new PublishedKeys();

    @TempDir
    Path folder;

    @Test
    void readsTheBackupOfAClient() throws Exception {
        SecondImplementation.require();
        SecondImplementation.require("argon2");
        InProcessTransport transport = InProcessTransport.create();
        ServerOptions options = ServerOptions.builder(MemoryServerStores.create(new SecureRandom()))
                .transport(transport)
                .hashCost(new HashCost(HashCost.MIN))
                .passwordFloor(BackupVectorsTest.CHEAP)
                .build();
        try (ChatServer server = ChatServer.start(options);
                ChatClient alice = signUp(transport, "alice");
                ChatClient bob = signUp(transport, "bob")) {
            assertThat(server).isNotNull();
            say(alice, "bob", "Gr\u00fc\u00dfe");
            say(bob, "alice", "\ud83d\ude00");
            assertThat(alice.conversation(new Username("bob"))
                            .history(Position.NONE, 10)
                            .messages())
                    .hasSize(2);
            Path exchange = folder.resolve("ours.json");
            Files.writeString(exchange, exchange(alice).toString());
            SecondImplementation.run("open-backup", exchange);
        }
    }

    private static JsonObject exchange(ChatClient client) throws Exception {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (Passphrase passphrase = Passphrase.of(PASSPHRASE.toCharArray())) {
            client.backups().export(out, passphrase);
        }
        JsonObject exchange = new JsonObject();
        exchange.addProperty("file", Bytes.adopt(out.toByteArray()).hex());
        exchange.addProperty("passphrase", PASSPHRASE);
        exchange.addProperty("user", "alice");
        exchange.addProperty("realm", client.realm().value().hex());
        JsonArray types = new JsonArray();
        // The identity, the wrapping key, the bundle, the pin of bob and the device.
        for (int type : new int[] {1, 3, 4, 5, 6}) {
            types.add(type);
        }
        // A last-resort key, and one-time keys, used ones too.
        for (int i = 0; i < 1 + ONE_TIME_KEYS; i++) {
            types.add(7);
        }
        exchange.add("entryTypes", types);
        JsonArray messages = new JsonArray();
        messages.add(message(1, "alice", "Gr\u00fc\u00dfe"));
        messages.add(message(2, "bob", "\ud83d\ude00"));
        JsonObject conversation = new JsonObject();
        conversation.addProperty("peer", "bob");
        conversation.add("messages", messages);
        JsonArray conversations = new JsonArray();
        conversations.add(conversation);
        exchange.add("conversations", conversations);
        return exchange;
    }

    private static JsonObject message(int position, String sender, String text) {
        JsonObject message = new JsonObject();
        message.addProperty("position", position);
        message.addProperty("sender", sender);
        message.addProperty("text", text);
        message.add("findings", new JsonArray());
        return message;
    }

    private static void say(ChatClient from, String to, String text) throws Exception {
        from.conversation(new Username(to))
                .sendText(text)
                .accepted()
                .toCompletableFuture()
                .get(20, TimeUnit.SECONDS);
    }

    private static ChatClient signUp(InProcessTransport transport, String name) throws Exception {
        ChatClient client = ChatClient.connect(ClientOptions.builder(transport.client(), new MemoryClientStores())
                .passwordCost(BackupVectorsTest.CHEAP)
                .keySource(KEYS)
                .receiptDelay(Duration.ZERO)
                .build());
        try (Passphrase passphrase = Passphrase.of(("the passphrase of " + name).toCharArray())) {
            client.signUp(new Username(name), passphrase);
        }
        return client;
    }
}
