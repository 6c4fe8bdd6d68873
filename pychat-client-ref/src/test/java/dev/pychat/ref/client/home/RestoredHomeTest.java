package dev.pychat.ref.client.home;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pychat.client.ChatClient;
import dev.pychat.client.ChatMessage;
import dev.pychat.client.ClientListener;
import dev.pychat.client.ClientOptions;
import dev.pychat.crypto.open.PasswordCost;
import dev.pychat.crypto.secret.Passphrase;
import dev.pychat.envelope.FindingCode;
import dev.pychat.model.LaneId;
import dev.pychat.model.Username;
import dev.pychat.server.ChatServer;
import dev.pychat.server.HashCost;
import dev.pychat.server.ServerOptions;
import dev.pychat.store.ClientStores;
import dev.pychat.store.StoreException;
import dev.pychat.store.memory.MemoryClientStores;
import dev.pychat.store.memory.MemoryServerStores;
import dev.pychat.testkit.key.PublishedKeys;
import dev.pychat.testkit.liar.LyingServer;
import dev.pychat.transport.InProcessTransport;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A home directory is restored from an old copy, and used beside the living one. */
class RestoredHomeTest {
    private static final PasswordCost CHEAP = new PasswordCost(64, 1, 1);
    private static final Username ALICE = new Username("alice");
    private static final Username BOB = new Username("bob");

    @TempDir
    Path folder;

    private final InProcessTransport way = InProcessTransport.create();
    private final LyingServer liar = LyingServer.over(MemoryServerStores.create(new SecureRandom()), way);
    private final List<AutoCloseable> open = new ArrayList<>();
    private Told bob;

    @BeforeEach
    void start() throws Exception {
        open.add(ChatServer.start(ServerOptions.builder(liar.stores())
                .transport(liar.transport())
                .hashCost(new HashCost(HashCost.MIN))
                .passwordFloor(CHEAP)
                .build()));
        bob = connect(new MemoryClientStores());
        bob.client.signUp(BOB, passphrase());
        try (Told alice = home("living")) {
            alice.client.signUp(ALICE, passphrase());
            alice.says("before the copy");
        }
        copy("living", "restored");
    }

    @AfterEach
    void stop() throws Exception {
        for (int i = open.size() - 1; i >= 0; i--) {
            open.get(i).close();
        }
    }

    @Test
    void restoredHomeTakesALaneOfItsOwnAndSaysSo() throws Exception {
        try (Told living = home("living");
                Told restored = home("restored")) {
            talk(living, restored);
            assertThat(bob.texts())
                    .containsExactly("before the copy", "living", "restored", "living again", "restored again");
            assertThat(bob.messages)
                    .allSatisfy(message -> assertThat(message.findings()).isEmpty());
            assertThat(bob.notices).isEmpty();
            assertThat(living.notices).isEmpty();
            assertThat(restored.notices).singleElement().asString().contains("another copy of this device");
            assertThat(lane(3)).isNotEqualTo(lane(2)).isEqualTo(lane(5));
            assertThat(lane(4)).isEqualTo(lane(2)).isEqualTo(lane(1));
        }
    }

    @Test
    void serverThatSkipsAfterMakesItAFork() throws Exception {
        liar.skipAfter(true);
        try (Told living = home("living");
                Told restored = home("restored")) {
            living.logIn();
            living.says("living");
            restored.logIn();
            restored.says("restored");
            bob.await(3);
            assertThat(bob.texts()).containsExactly("before the copy", "living", "restored");
            assertThat(bob.messages.get(1).findings()).isEmpty();
            assertThat(bob.messages.get(2).findings())
                    .singleElement()
                    .satisfies(finding -> assertThat(finding.code()).isEqualTo(FindingCode.LANE_FORKED));
        }
    }

    private void talk(Told living, Told restored) throws Exception {
        living.logIn();
        living.says("living");
        restored.logIn();
        restored.says("restored");
        living.says("living again");
        restored.says("restored again");
        bob.await(5);
    }

    private LaneId lane(int position) {
        return liar.truth(ALICE, BOB).get(position - 1).item().lane();
    }

    private void copy(String from, String to) throws IOException {
        Path source = folder.resolve(from);
        try (Stream<Path> files = Files.walk(source)) {
            for (Path file : files.toList()) {
                Files.copy(file, folder.resolve(to).resolve(source.relativize(file)));
            }
        }
    }

    private Told home(String name) throws Exception {
        DeviceHome home = DeviceHome.open(folder.resolve(name));
        ClientStores stores = home.stores();
        Told told = connect(stores);
        told.devices.add(stores);
        told.homes.add(home);
        return told;
    }

    private Told connect(ClientStores stores) throws Exception {
        Told told = new Told(ChatClient.connect(ClientOptions.builder(way.client(), stores)
                .passwordCost(CHEAP)
                .keySource(new PublishedKeys())
                .receiptDelay(Duration.ZERO)
                .build()));
        open.add(told);
        return told;
    }

    private static Passphrase passphrase() throws Exception {
        return Passphrase.of("a passphrase of nobody".toCharArray());
    }

    /** A client and what it was told. */
    private static final class Told implements ClientListener, AutoCloseable {
        private final ChatClient client;
        private final List<ChatMessage> messages = new CopyOnWriteArrayList<>();
        private final List<String> notices = new CopyOnWriteArrayList<>();
        private final List<ClientStores> devices = new ArrayList<>();
        private final List<DeviceHome> homes = new ArrayList<>();

        private Told(ChatClient client) {
            this.client = client;
            client.addListener(this);
        }

        @Override
        public void onMessage(ChatMessage message) {
            messages.add(message);
        }

        @Override
        public void onNotice(String notice) {
            notices.add(notice);
        }

        private void logIn() throws Exception {
            client.logIn(ALICE, passphrase());
        }

        private void says(String text) throws Exception {
            client.conversation(BOB).sendText(text);
            assertThat(client.awaitAccepted(Duration.ofMinutes(2))).isTrue();
        }

        private List<String> texts() {
            return messages.stream().map(message -> message.text().orElse("-")).toList();
        }

        private void await(int count) throws InterruptedException {
            long deadline = System.nanoTime() + Duration.ofMinutes(2).toNanos();
            while (messages.size() < count && System.nanoTime() < deadline) {
                Thread.sleep(5);
            }
        }

        @Override
        public void close() throws StoreException, IOException {
            client.close();
            for (ClientStores stores : devices) {
                stores.close();
            }
            for (DeviceHome home : homes) {
                home.close();
            }
            devices.clear();
            homes.clear();
        }
    }
}
