package dev.pychat.ref.server.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pychat.client.ChatClient;
import dev.pychat.client.ChatMessage;
import dev.pychat.client.ClientListener;
import dev.pychat.client.ClientOptions;
import dev.pychat.crypto.open.PasswordCost;
import dev.pychat.crypto.secret.Passphrase;
import dev.pychat.crypto.secret.PasswordKeys;
import dev.pychat.key.HistoryPolicy;
import dev.pychat.keyring.KeyringHeader;
import dev.pychat.keyring.Vault;
import dev.pychat.model.Position;
import dev.pychat.model.Username;
import dev.pychat.server.ChatServer;
import dev.pychat.server.HashCost;
import dev.pychat.server.ServerOptions;
import dev.pychat.store.ClientStores;
import dev.pychat.store.LocalAccount;
import dev.pychat.store.ServerStores;
import dev.pychat.store.memory.MemoryClientStores;
import dev.pychat.testkit.key.PublishedKeys;
import dev.pychat.transport.InProcessTransport;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The real client of an account that forgets, over the stores on Xodus and a restart of the server. */
class ForgettingOnXodusTest {

    private static final Username ALICE = new Username("alice");
    private static final Username BOB = new Username("bob");
    private static final PasswordCost CHEAP = new PasswordCost(8, 1, 1);
    private static final PublishedKeys KEYS = new PublishedKeys();

    @TempDir
    Path data;

    private final InProcessTransport transport = InProcessTransport.create();

    /** A client and what it was told. */
    private record Person(ChatClient client, BlockingQueue<ChatMessage> told) implements AutoCloseable {

        void hears(String text) throws Exception {
            ChatMessage next = told.poll(1, TimeUnit.MINUTES);
            assertThat(next).as("a message before %s", text).isNotNull();
            assertThat(next.findings()).isEmpty();
            assertThat(next.text()).contains(text);
        }

        @Override
        public void close() {
            client.close();
        }
    }

    private Person person(ClientStores stores) throws Exception {
        ClientOptions options = ClientOptions.builder(transport.client(), stores)
                .passwordCost(CHEAP)
                .keySource(KEYS)
                .receiptDelay(Duration.ZERO)
                .build();
        ChatClient client = ChatClient.connect(options);
        BlockingQueue<ChatMessage> told = new LinkedBlockingQueue<>();
        client.addListener(new ClientListener() {
            @Override
            public void onMessage(ChatMessage message) {
                told.add(message);
            }
        });
        return new Person(client, told);
    }

    private static Passphrase passphrase(Username user) throws Exception {
        return Passphrase.of(("the passphrase of " + user).toCharArray());
    }

    private ChatServer serve(ServerStores stores) throws Exception {
        return ChatServer.start(ServerOptions.builder(stores)
                .transport(transport)
                .hashCost(new HashCost(HashCost.MIN))
                .passwordFloor(CHEAP)
                .build());
    }

    @Test
    void nothingThatOpensMessagesIsInTheVaultAndNoMessageIsLostOverARestart() throws Exception {
        ClientStores ofAlice = new MemoryClientStores();
        ClientStores ofBob = new MemoryClientStores();
        try (ServerStores stores = XodusServerStores.open(data, new SecureRandom());
                ChatServer server = serve(stores);
                Person alice = person(ofAlice);
                Person bob = person(ofBob)) {
            assertThat(server).isNotNull();
            alice.client().signUp(ALICE, passphrase(ALICE));
            bob.client().signUp(BOB, passphrase(BOB));
            alice.client().conversation(BOB).sendText("while she keeps");
            bob.hears("while she keeps");
            alice.client().changeHistoryPolicy(HistoryPolicy.forgetAfter(Duration.ofDays(7)));
            bob.client().conversation(ALICE).sendText("in between");
            alice.hears("while she keeps");
            alice.hears("in between");
        }
        try (ServerStores stores = XodusServerStores.open(data, new SecureRandom());
                ChatServer server = serve(stores);
                Person alice = person(ofAlice);
                Person bob = person(ofBob);
                Person tablet = person(new MemoryClientStores())) {
            assertThat(server).isNotNull();
            alice.client().logIn(ALICE, passphrase(ALICE));
            tablet.client().logIn(ALICE, passphrase(ALICE));
            bob.client().logIn(BOB, passphrase(BOB));
            assertThat(tablet.client()
                            .conversation(BOB)
                            .history(Position.NONE, 10)
                            .messages())
                    .hasSize(2)
                    .allMatch(message ->
                            message.text().isEmpty() && message.findings().isEmpty());
            bob.client().conversation(ALICE).sendText("to both");
            alice.hears("to both");
            assertThat(heard(tablet, 3).get(2).text()).contains("to both");
            try (Vault vault = vault(stores, ofAlice)) {
                assertThat(vault.entries())
                        .filteredOn(entry -> entry.type() == 3 || entry.type() == 7)
                        .isNotEmpty()
                        .allMatch(entry -> entry.tombstone() && entry.value().size() == 0);
            }
        }
    }

    private static List<ChatMessage> heard(Person person, int count) throws Exception {
        List<ChatMessage> all = new java.util.ArrayList<>();
        for (int i = 0; i < count; i++) {
            ChatMessage next = person.told().poll(1, TimeUnit.MINUTES);
            assertThat(next).as("message %d", i + 1).isNotNull();
            all.add(next);
        }
        return all;
    }

    private static Vault vault(ServerStores stores, ClientStores device) throws Exception {
        LocalAccount account = device.keyrings().accounts().get(0);
        KeyringHeader header =
                KeyringHeader.read(device.keyrings().load(account).orElseThrow().value());
        try (Passphrase passphrase = passphrase(ALICE);
                PasswordKeys keys = PasswordKeys.derive(
                        passphrase, header.realm(), header.username(), header.salt(), header.cost())) {
            return Vault.open(
                    keys.vaultKey(),
                    header.realm(),
                    ALICE,
                    stores.accounts().vault(ALICE).orElseThrow().sealed());
        }
    }
}
