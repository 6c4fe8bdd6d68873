package dev.pychat.ref.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pychat.key.ConversationIds;
import dev.pychat.model.ConversationId;
import dev.pychat.model.Position;
import dev.pychat.model.StoredMessage;
import dev.pychat.model.Username;
import dev.pychat.store.directory.DirectoryServerStores;
import dev.pychat.testkit.power.PowerJournal;
import dev.pychat.testkit.server.RawClient;
import dev.pychat.testkit.server.RawLane;
import dev.pychat.wire.Accepted;
import dev.pychat.wire.ErrorCode;
import dev.pychat.wire.Failure;
import dev.pychat.wire.LogIn;
import dev.pychat.wire.ServerFrame;
import dev.pychat.wire.Submit;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The whole server, killed by SIGKILL while clients send: on its own files nothing that it accepted is lost; nor is it on what of them
 * had been synced, which is what a power failure leaves.
 */
class ServerPowerLossTest {

    private static final String LONG = "x".repeat(30_000);

    @TempDir
    Path directory;

    private final Talk talk = new Talk();
    private PowerJournal journal;
    private Path data;

    @BeforeEach
    void begin() throws Exception {
        journal = PowerJournal.of(directory, Files.createDirectory(directory.resolve("root")));
        data = journal.root().resolve("data");
    }

    @ParameterizedTest
    @ValueSource(strings = {"xodus", "sqlite"})
    void whatWasAcceptedIsThereAfterAKillAndAfterAPowerFailure(String store) throws Exception {
        String fingerprint;
        try (ServerJvm server = start("--store", store)) {
            assertThat(server.said()).doesNotContain("durability");
            fingerprint = server.line("fingerprint ");
            RawClient alice = talk.signUp(server.client(), server.client());
            talk.say(alice, 200);
            talk.sayUntil(alice, server::kill);
        }
        try (Started killed = Started.with(data, Map.of(Setting.STORE, store))) {
            assertThat(fingerprint).startsWith(killed.fingerprint());
            talk.requireKept(killed.client());
        }
        Path left = left(journal.length());
        try (Started restarted = Started.with(left, Map.of(Setting.STORE, store))) {
            assertThat(fingerprint).startsWith(restarted.fingerprint());
            talk.requireKept(restarted.client());
            System.out.println("power failure under " + store + ": 0 lost of " + talk.accepted() + " accepted");
            RawClient alice = restarted.client();
            alice.logIn("alice");
            talk.say(alice, 1);
            talk.requireKept(restarted.client());
        }
    }

    /**
     * The control: where nothing is synced the power failure must take something, or it is none. Files are synced once a second even
     * so; two moments that lie closer together can't both follow a sync.
     */
    @ParameterizedTest
    @ValueSource(strings = {"xodus", "sqlite"})
    void withoutSyncsAKillLosesNothingAndAPowerFailureTheLastMessages(String store) throws Exception {
        int early;
        long moment;
        try (ServerJvm server = start("--store", store, "--durability=os")) {
            assertThat(server.said()).contains("durability=os: messages are accepted before they are on the disk");
            RawClient alice = talk.signUp(server.client(), server.client());
            talk.say(alice, 100);
            early = talk.accepted();
            moment = journal.length();
            talk.sayUntil(alice, server::kill);
        }
        assertThat(talk.lost(kept(data, store))).as("lost by a kill").isZero();
        int lostEarly = early - kept(left(moment), store).size();
        Path left = left(journal.length());
        long lost = talk.lost(kept(left, store));
        System.out.println("control, durability=os under " + store + ": lost by a kill 0 of " + talk.accepted()
                + " accepted, by a power failure " + lost + ", by one before " + lostEarly + " of " + early);
        assertThat(lostEarly + lost)
                .as("lost by power failures, of %s and %s", early, talk.accepted())
                .isPositive();
        Started.with(left, Map.of(Setting.STORE, store)).close();
    }

    /** Where messages are accepted before they are synced, the sync that comes once a second is the one that fails. */
    @ParameterizedTest
    @ValueSource(strings = {"xodus", "sqlite"})
    void afterALateSyncThatFailedNothingIsAcceptedEither(String store) throws Exception {
        try (ServerJvm server = start("--store", store, "--durability=os", "--operations-port=0")) {
            RawClient alice = talk.signUp(server.client(), server.client());
            talk.say(alice, 20);
            RawLane lane = new RawLane(alice, "bob");
            journal.failSyncs(true);
            Submit message = lane.next("accepted while no sync is due");
            ServerFrame answer = alice.await(lane.begin(message));
            for (int i = 0; i < 300 && answer instanceof Accepted; i++) {
                Thread.sleep(10); // until the sync is due
                message = lane.next("and another");
                answer = alice.await(lane.begin(message));
            }
            requireUnavailable(answer);
            journal.failSyncs(false);
            requireUnavailable(alice.await(lane.begin(message)));
            assertThat(server.page("/ready")).startsWith("503 ").contains("sync");
            server.kill();
        }
    }

    /**
     * Nobody knows what a disk has whose sync failed, and to ask it again proves nothing: if all fail, or those of one file, or of a
     * directory in which their names stand.
     */
    @ParameterizedTest
    @CsvSource({
        "xodus, ''",
        "sqlite, ''",
        "xodus, /store/log",
        "xodus, /check/sums",
        "xodus, /check/mark",
        "sqlite, /db/pychat.db",
        "sqlite, /check/sums",
        "sqlite, /check/mark",
        "sqlite, /store/check",
    })
    void afterASyncThatFailedNothingIsAcceptedUntilTheServerIsStartedAgain(String store, String end) throws Exception {
        try (ServerJvm server = start("--store", store, "--operations-port=0")) {
            RawClient alice = talk.signUp(server.client(), server.client());
            talk.say(alice, 20);
            RawClient bob = server.client();
            bob.logIn("bob");
            RawLane lane = new RawLane(alice, "bob");
            journal.failSyncsOf(end);
            ServerFrame answer = alice.await(lane.begin(LONG));
            Submit message = lane.next(LONG);
            // Some files are synced every few seconds only.
            long until = System.nanoTime() + TimeUnit.SECONDS.toNanos(20);
            while (System.nanoTime() < until && answer instanceof Accepted accepted) {
                talk.accepted(accepted.items().get(0).position().value(), LONG);
                Thread.sleep(3);
                answer = alice.await(lane.begin(message));
                message = lane.next(LONG);
            }
            requireUnavailable(answer);
            journal.failSyncs(false);
            requireUnavailable(alice.await(lane.begin(message)));
            assertThat(server.said())
                    .contains("ERROR", "the store did not take 1 messages")
                    .contains("written no more until the server is started again");
            assertThat(server.page("/ready")).startsWith("503 ").contains("sync");
            talk.requireRead(bob);
            server.kill();
        }
        try (Started again = Started.with(data, Map.of(Setting.STORE, store))) {
            talk.requireKept(again.client());
            RawClient alice = again.client();
            alice.logIn("alice");
            talk.say(alice, 1);
        }
    }

    /** It is the first change after a start that makes SQLite's log, and SQLite does not mind whether the name of it is on the disk. */
    @Test
    void syncOfTheDirectoryWithSqlitesLogCountsToo() throws Exception {
        try (ServerJvm server = start("--store=sqlite")) {
            talk.signUp(server.client(), server.client());
        }
        try (ServerJvm server = start("--store=sqlite")) {
            journal.failSyncsOf("/store/db");
            RawClient alice = server.client();
            alice.hello();
            requireUnavailable(alice.await(alice.begin(
                    id -> new LogIn(id, new Username("alice"), RawClient.device("alice"), RawClient.secret("alice")))));
            assertThat(server.said()).contains("written no more until the server is started again");
        }
    }

    private static void requireUnavailable(ServerFrame answer) {
        assertThat(answer)
                .isInstanceOfSatisfying(
                        Failure.class, failure -> assertThat(failure.code()).isEqualTo(ErrorCode.STORAGE_UNAVAILABLE));
    }

    private ServerJvm start(String... arguments) throws Exception {
        return ServerJvm.start(journal.environment(), data, arguments);
    }

    /** The data directory as a power failure leaves it when the journal is as long as that. */
    private Path left(long moment) throws Exception {
        Path disk = directory.resolve("disk" + moment);
        journal.disk(moment).write(disk);
        return disk.resolve("data");
    }

    /** The account may be lost as well, so the stores are asked. */
    private static List<String> kept(Path data, String store) throws Exception {
        List<String> kept = new ArrayList<>();
        try (DirectoryServerStores stores = DataStores.open(DataStores.kind(store), data, new SecureRandom())) {
            ConversationId talk = ConversationIds.of(stores.realm(), new Username("alice"), new Username("bob"));
            List<StoredMessage> page;
            do {
                page = stores.messages()
                        .since(talk, new Position(kept.size()), 100)
                        .messages();
                page.forEach(message ->
                        kept.add(new String(message.envelope().value().toArray(), StandardCharsets.UTF_8)));
            } while (!page.isEmpty());
        }
        return kept;
    }
}
