package dev.pychat.ref.client.home;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pychat.client.ChatClient;
import dev.pychat.client.ChatMessage;
import dev.pychat.client.ClientListener;
import dev.pychat.client.ClientOptions;
import dev.pychat.crypto.open.PasswordCost;
import dev.pychat.crypto.secret.Passphrase;
import dev.pychat.key.HistoryPolicy;
import dev.pychat.model.Bytes;
import dev.pychat.model.EpochName;
import dev.pychat.model.MessageId;
import dev.pychat.model.Position;
import dev.pychat.model.Username;
import dev.pychat.server.ChatServer;
import dev.pychat.server.HashCost;
import dev.pychat.server.ServerOptions;
import dev.pychat.store.ClientStores;
import dev.pychat.store.LocalAccount;
import dev.pychat.store.OutboxEntry;
import dev.pychat.store.OutboxLane;
import dev.pychat.store.OutboxStep;
import dev.pychat.store.TranscriptEntry;
import dev.pychat.store.TranscriptStore;
import dev.pychat.store.memory.MemoryClientStores;
import dev.pychat.store.memory.MemoryServerStores;
import dev.pychat.testkit.key.PublishedKeys;
import dev.pychat.transport.InProcessTransport;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The files of a device of an account that forgets, searched for what was sealed there. */
class ForgettingHomeTest {
    private static final PasswordCost CHEAP = new PasswordCost(64, 1, 1);
    private static final PublishedKeys KEYS = new PublishedKeys();
    private static final Username ALICE = new Username("alice");
    private static final Username BOB = new Username("bob");
    private static final Duration WEEK = Duration.ofDays(7);

    @TempDir
    Path folder;

    private final InProcessTransport way = InProcessTransport.create();
    private final CompletableFuture<Position> forgotten = new CompletableFuture<>();

    @Test
    void nothingOfWhatWasSealedIsInTheFilesOfTheDeviceWhenItsTimeHasPassed() throws Exception {
        ServerOptions options = ServerOptions.builder(MemoryServerStores.create(new SecureRandom()))
                .transport(way)
                .hashCost(new HashCost(HashCost.MIN))
                .passwordFloor(CHEAP)
                .build();
        ChatServer server = ChatServer.start(options);
        try (server;
                ChatClient bob = ChatClient.connect(options(new MemoryClientStores(), Duration.ZERO))) {
            bob.signUp(BOB, passphrase());
            assertThat(server.connections()).isEqualTo(1);
            Bytes draft = draftInTheLog();
            assertThat(Grep.finds(folder, draft)).isTrue();
            List<Bytes> sealed = talk();
            assertThat(Grep.finds(folder, draft))
                    .as("what was dropped is erased with the next log-in")
                    .isFalse();
            for (Bytes each : sealed) {
                assertThat(Grep.finds(folder, each)).isTrue();
            }
            forget();
            for (Bytes each : sealed) {
                assertThat(Grep.finds(folder, each)).isFalse();
            }
        }
    }

    /** An account that forgets, and a message that was dropped from its outbox: the bytes of it are in the log still. */
    private Bytes draftInTheLog() throws Exception {
        try (DeviceHome home = DeviceHome.open(folder);
                ClientStores stores = home.stores()) {
            LocalAccount account;
            try (ChatClient alice = ChatClient.connect(options(stores, Duration.ZERO))) {
                alice.signUp(ALICE, passphrase());
                alice.changeHistoryPolicy(HistoryPolicy.forgetAfter(WEEK));
                account = new LocalAccount(alice.realm(), ALICE);
            }
            Bytes draft = Bytes.random(new SecureRandom(), 200);
            OutboxEntry entry = new OutboxEntry.Draft(1, MessageId.random(new SecureRandom()), draft);
            stores.outbox(account)
                    .keep(new OutboxStep(BOB, Bytes.EMPTY, Bytes.EMPTY, List.of(), List.of(entry), List.of()));
            stores.outbox(account).keep(OutboxStep.dropping(BOB, Bytes.EMPTY, List.of(1L)));
            assertThat(stores.outbox(account).load())
                    .singleElement()
                    .extracting(OutboxLane::entries)
                    .isEqualTo(List.of());
            return draft;
        }
    }

    /** Everything sealed that the device keeps of some messages. */
    private List<Bytes> talk() throws Exception {
        List<Bytes> sealed = new ArrayList<>();
        try (DeviceHome home = DeviceHome.open(folder);
                ClientStores stores = home.stores()) {
            LocalAccount account;
            try (ChatClient alice = ChatClient.connect(options(stores, Duration.ZERO))) {
                CompletableFuture<Void> told = new CompletableFuture<>();
                alice.addListener(new ClientListener() {
                    @Override
                    public void onMessage(ChatMessage message) {
                        if (message.position().value() == 3) {
                            told.complete(null);
                        }
                    }
                });
                alice.logIn(ALICE, passphrase());
                account = new LocalAccount(alice.realm(), ALICE);
                for (String text : List.of("one", "two", "three")) {
                    alice.conversation(BOB).sendText(text);
                }
                assertThat(alice.awaitAccepted(Duration.ofMinutes(2))).isTrue();
                told.get(120, TimeUnit.SECONDS);
            }
            TranscriptStore store = stores.transcripts(account);
            store.page(BOB, new Position(4), 3).stream()
                    .map(TranscriptEntry::sealed)
                    .forEach(sealed::add);
            for (EpochName epoch : store.epochs(BOB)) {
                sealed.add(store.epoch(BOB, epoch).orElseThrow());
            }
            assertThat(sealed).hasSize(4);
        }
        return sealed;
    }

    private void forget() throws Exception {
        try (DeviceHome home = DeviceHome.open(folder);
                ClientStores stores = home.stores();
                ChatClient alice = ChatClient.connect(options(stores, WEEK))) {
            alice.addListener(new ClientListener() {
                @Override
                public void onForgotten(Username peer, Position upTo) {
                    forgotten.complete(upTo);
                }
            });
            alice.logIn(ALICE, passphrase());
            assertThat(forgotten.get(120, TimeUnit.SECONDS)).isEqualTo(new Position(3));
            // With what the server has read, the epoch's secret goes as well.
            assertThat(alice.conversation(BOB).history(Position.NONE, 10).messages())
                    .hasSize(3)
                    .allSatisfy(message -> assertThat(message.forgotten()).isTrue());
            alice.conversation(BOB).history(Position.NONE, 10);
        }
    }

    private ClientOptions options(ClientStores stores, Duration ahead) {
        return ClientOptions.builder(way.client(), stores)
                .passwordCost(CHEAP)
                .keySource(KEYS)
                .clock(Clock.offset(Clock.systemUTC(), ahead))
                .receiptDelay(Duration.ZERO)
                .build();
    }

    private static Passphrase passphrase() throws Exception {
        return Passphrase.of("a passphrase of nobody".toCharArray());
    }
}
