package dev.pychat.testkit.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pychat.backup.BackupWriter;
import dev.pychat.client.Archive;
import dev.pychat.client.ChatMessage;
import dev.pychat.client.Imported;
import dev.pychat.client.KeysNotHereException;
import dev.pychat.client.RefusedException;
import dev.pychat.crypto.secret.Passphrase;
import dev.pychat.keyring.Keyring;
import dev.pychat.keyring.SeenVault;
import dev.pychat.keyring.UnreadableException;
import dev.pychat.keyring.VaultEntry;
import dev.pychat.keyring.VaultedKeys;
import dev.pychat.model.Bytes;
import dev.pychat.model.Position;
import dev.pychat.model.Username;
import dev.pychat.store.memory.MemoryClientStores;
import dev.pychat.testkit.key.PublishedKeys;
import dev.pychat.wire.Epochs;
import dev.pychat.wire.ErrorCode;
import dev.pychat.wire.Failure;
import dev.pychat.wire.Message;
import dev.pychat.wire.Ok;
import dev.pychat.wire.ServerFrame;
import dev.pychat.wire.Submit;
import dev.pychat.wire.VaultIs;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Backups of a real client, and what becomes of them on the same server and on another one. */
class BackupTest {

    private World world;
    private Person alice;
    private Person bob;

    @BeforeEach
    void start() throws Exception {
        world = World.start();
        alice = world.signUp("alice");
        bob = world.signUp("bob");
    }

    @AfterEach
    void stop() {
        world.close();
    }

    private void talk() throws Exception {
        alice.say(bob, "one");
        alice.awaitAccepted();
        bob.awaitTold(1);
        bob.say(alice, "two");
        alice.awaitTold(2);
    }

    @Test
    void lostDeviceComesBackWithoutTheServersVault() throws Exception {
        Set<Bytes> lanes = ConcurrentHashMap.newKeySet();
        alice.close();
        FaultyTransport watched = watching(lanes);
        alice = world.connect("alice", alice.stores(), watched);
        alice.client().logIn(alice.user(), World.passphrase("alice"));
        talk();
        alice.with(bob).verify(alice.with(bob).identity().safetyNumber());
        BackupFile file = BackupFile.of(alice);
        assertThat(file.exported().conversations()).isEqualTo(1);
        assertThat(file.exported().messages()).isEqualTo(2);
        alice.close();

        FaultyTransport lost = watching(lanes);
        lost.incoming(BackupTest::withoutVault);
        Person back = world.connect("alice", new MemoryClientStores(), lost);
        assertThatThrownBy(() -> back.client().logIn(back.user(), World.passphrase("alice")))
                .isInstanceOf(KeysNotHereException.class);
        file.restoredBy(back);
        assertThat(Person.texts(back.history(bob))).containsExactly("alice: one", "bob: two");
        assertThat(back.with(bob).identity().verified()).isTrue();
        assertThat(back.notices())
                .isNotEmpty()
                .allSatisfy(notice -> assertThat(notice).startsWith("VAULT_ROLLED_BACK"));
        back.say(bob, "back again");
        bob.awaitTold(3);
        bob.say(back, "welcome");
        back.awaitTold(4);
        assertThat(lanes).hasSize(2);
        assertThat(bob.told())
                .allSatisfy(message -> assertThat(message.findings()).isEmpty());
        assertThat(back.history(bob))
                .allSatisfy(message -> assertThat(message.findings()).isEmpty());
    }

    @Test
    void lostDeviceTakesTheServersVaultWhereThatIsNewer() throws Exception {
        talk();
        BackupFile file = BackupFile.of(alice);
        alice.with(bob).verify(alice.with(bob).identity().safetyNumber());
        alice.client().rotateKeys();
        bob.say(alice, "under the new key");
        alice.awaitTold(3);
        alice.close();
        Person back = world.connect("alice", new MemoryClientStores(), world.transport());
        file.restoredBy(back);
        assertThat(Person.texts(back.history(bob))).containsExactly("alice: one", "bob: two", "bob: under the new key");
        assertThat(back.with(bob).identity().verified()).isTrue();
        assertThat(back.notices()).isEmpty();
    }

    @Test
    void keysOfANewerBackupOpenWhatDidNotOpen() throws Exception {
        talk();
        BackupFile old = BackupFile.of(alice);
        alice.client().rotateKeys();
        Person carol = world.signUp("carol");
        carol.say(alice, "under the new key");
        alice.awaitTold(3);
        BackupFile newer = BackupFile.of(alice);
        alice.close();
        FaultyTransport lost = new FaultyTransport(world.transport());
        lost.incoming(BackupTest::withoutVault);
        Person back = world.connect("alice", new MemoryClientStores(), lost);
        old.restoredBy(back);
        assertThat(back.history(carol).get(0).content()).isEmpty();
        assertThat(newer.takenBy(back).ownAccount()).isTrue();
        // What her client asks carol's for meanwhile may open late as well.
        Person.await(
                () -> back.openedLate().stream()
                        .anyMatch(message -> message.text().equals(Optional.of("under the new key"))),
                () -> "opened late: " + back.openedLate() + "; " + back.notices());
    }

    @Test
    void messageThatTheServerKeepsFromOpeningIsReadFromTheBackup() throws Exception {
        talk();
        BackupFile file = BackupFile.of(alice);
        alice.close();
        FaultyTransport withholding = new FaultyTransport(world.transport());
        withholding.incoming(BackupTest::withoutHeaders);
        Person back = world.connect("alice", new MemoryClientStores(), withholding);
        back.client().logIn(back.user(), World.passphrase("alice"));
        assertThat(back.history(bob))
                .hasSize(2)
                .allSatisfy(message -> assertThat(message.content()).isEmpty());
        file.takenBy(back);
        assertThat(Person.texts(back.history(bob))).containsExactly("alice: one", "bob: two");
        // What was read from a backup goes into the next one.
        BackupFile again = BackupFile.of(back);
        Person elsewhere = World.start().signUp("carol");
        again.takenBy(elsewhere);
        assertThat(texts(elsewhere.client().backups().archives().get(0), "bob"))
                .containsExactly("alice: one", "bob: two");
    }

    @Test
    void onAnotherServerTheHistoryIsReadAndNothingElseCarriesOver() throws Exception {
        talk();
        alice.with(bob).verify(alice.with(bob).identity().safetyNumber());
        BackupFile file = BackupFile.of(alice);
        try (World other = World.start()) {
            Person moved = other.connect("alice", new MemoryClientStores(), other.transport());
            assertThatThrownBy(() -> file.restoredBy(moved))
                    .isInstanceOf(RefusedException.class)
                    .hasMessageContaining("another server");
            moved.client().signUp(moved.user(), World.passphrase("alice"));
            Person stranger = other.signUp("bob");
            Imported imported = file.takenBy(moved);
            assertThat(imported).isEqualTo(new Imported(false, 1, 2, List.of()));
            Archive archive = moved.client().backups().archives().get(0);
            assertThat(archive.realm()).isEqualTo(alice.client().realm());
            assertThat(archive.user()).isEqualTo(alice.user());
            assertThat(archive.peers()).containsExactly(bob.user());
            assertThat(archive.messages(bob.user())).isEqualTo(2);
            assertThat(texts(archive, "bob")).containsExactly("alice: one", "bob: two");
            assertThat(moved.history(stranger)).isEmpty();
            assertThat(moved.with(stranger).identity().verified()).isFalse();
            moved.say(stranger, "hello");
            stranger.awaitTold(1);
            assertThat(stranger.told().get(0).findings()).isEmpty();
        }
    }

    @Test
    void archiveIsReadInPagesByTheNextClientOverTheSameStores() throws Exception {
        talk();
        BackupFile file = BackupFile.of(alice);
        file.takenBy(bob);
        bob.close();
        Person later = world.logIn("bob", bob.stores());
        Archive archive = later.client().backups().archives().get(0);
        ChatMessage last =
                archive.history(bob.user(), Position.NONE, 1).messages().get(0);
        assertThat(last.text()).contains("two");
        assertThat(last.mine()).isFalse();
        assertThat(archive.history(bob.user(), Position.NONE, 1).more()).isTrue();
        assertThat(archive.history(bob.user(), last.position(), 1)
                        .messages()
                        .get(0)
                        .mine())
                .isTrue();
        assertThat(archive.history(bob.user(), last.position(), 1).more()).isFalse();
    }

    @Test
    void sameBackupAddsNothingTwiceAndALaterOneAddsTheRest() throws Exception {
        talk();
        BackupFile first = BackupFile.of(alice);
        assertThat(first.takenBy(bob).messages()).isEqualTo(2);
        assertThat(first.takenBy(bob).messages()).isZero();
        bob.say(alice, "three");
        alice.awaitTold(3);
        assertThat(BackupFile.of(alice).takenBy(bob).messages()).isEqualTo(1);
        assertThat(texts(bob.client().backups().archives().get(0), "bob"))
                .containsExactly("alice: one", "bob: two", "bob: three");
    }

    @Test
    void historyThatDoesNotGoTogetherWithTheArchiveIsLeftOut() throws Exception {
        talk();
        BackupFile file = BackupFile.of(alice);
        file.takenBy(bob);
        Bytes other = crafted(new Username("alice"), List.of(), out -> {
            out.conversation(bob.user(), new Position(2), new Position(2));
            out.message(CraftedMessage.text(bob.user(), 2, "never said"));
        });
        Imported imported = new BackupFile(other, file.exported()).takenBy(bob);
        assertThat(imported.leftOut()).containsExactly(bob.user());
        assertThat(texts(bob.client().backups().archives().get(0), "bob")).containsExactly("alice: one", "bob: two");
    }

    @Test
    void backupThatAThiefMadeReplacesNoIdentity() throws Exception {
        talk();
        try (Keyring thief =
                Keyring.create(DeviceKeys.of(alice).header(), new PublishedKeys(), Instant.now(), new SecureRandom())) {
            List<VaultEntry> entries = VaultedKeys.of(thief).stream().sorted().toList();
            Bytes bytes = crafted(alice.user(), entries, out -> {});
            assertThatThrownBy(() -> new BackupFile(bytes, BackupFile.of(bob).exported()).takenBy(alice))
                    .isInstanceOf(RefusedException.class)
                    .hasMessageContaining("none of this account's identities");
        }
        alice.say(bob, "still me");
        bob.awaitTold(2);
        assertThat(bob.told().get(1).findings()).isEmpty();
        assertThat(alice.client().backups().archives()).isEmpty();
    }

    @Test
    void wrongPassphraseAndDamageChangeNothing() throws Exception {
        talk();
        BackupFile file = BackupFile.of(alice);
        assertThatThrownBy(() -> file.cut().takenBy(bob)).isInstanceOf(UnreadableException.class);
        try (Passphrase wrong = World.passphrase("of something else")) {
            assertThatThrownBy(() -> bob.client()
                            .backups()
                            .open(() -> new ByteArrayInputStream(file.bytes().toArray()), wrong))
                    .isInstanceOf(UnreadableException.class)
                    .hasMessageContaining("does not open with this passphrase");
        }
        assertThat(bob.client().backups().archives()).isEmpty();
    }

    @Test
    void interruptedExportEndsWithoutAnEnd() throws Exception {
        talk();
        ByteArrayOutputStream out = new ByteArrayOutputStream() {
            @Override
            public synchronized void write(byte[] bytes) {
                super.writeBytes(bytes);
                Thread.currentThread().interrupt();
            }
        };
        try (Passphrase passphrase = World.passphrase(BackupFile.PASSPHRASE)) {
            assertThatThrownBy(() -> alice.client().backups().export(out, passphrase))
                    .isInstanceOf(InterruptedException.class);
        } finally {
            Thread.interrupted();
        }
        BackupFile unfinished = new BackupFile(
                Bytes.adopt(out.toByteArray()), BackupFile.of(alice).exported());
        assertThatThrownBy(() -> unfinished.takenBy(bob)).isInstanceOf(UnreadableException.class);
    }

    @Test
    void longHistoryGoesInAndOutInParts() throws Exception {
        talk();
        try (Bulk bulk = new Bulk(world, bob, alice)) {
            bulk.write(1_000);
        }
        bob.say(alice, "the last one");
        alice.awaitTold(1_003);
        BackupFile file = BackupFile.of(alice);
        assertThat(file.exported().messages()).isEqualTo(1_003);
        assertThat(file.takenBy(bob).messages()).isEqualTo(1_003);
        Archive archive = bob.client().backups().archives().get(0);
        assertThat(archive.messages(bob.user())).isEqualTo(1_003);
        assertThat(archive.history(bob.user(), new Position(503), 1)
                        .messages()
                        .get(0)
                        .text())
                .contains("bulk 500");
    }

    private FaultyTransport watching(Set<Bytes> lanes) {
        FaultyTransport watched = new FaultyTransport(world.transport());
        watched.outgoing(frame -> {
            if (frame instanceof Submit submit) {
                lanes.add(submit.lane().value());
            }
            return Optional.of(frame);
        });
        return watched;
    }

    /** A server that has lost the vault, and takes any that is put. */
    private static Optional<ServerFrame> withoutVault(ServerFrame frame) {
        if (frame instanceof VaultIs vault) {
            return Optional.of(new VaultIs(vault.re(), 0, Bytes.EMPTY));
        }
        if (frame instanceof Failure failure && failure.code() == ErrorCode.VAULT_CONFLICT) {
            return Optional.of(new Ok(failure.re(), Position.NONE, Position.NONE));
        }
        return Optional.of(frame);
    }

    private static Optional<ServerFrame> withoutHeaders(ServerFrame frame) {
        if (frame instanceof Message told) {
            return Optional.of(new Message(told.re(), told.with(), told.first(), told.items(), List.of(), told.more()));
        }
        return Optional.of(frame instanceof Epochs told ? new Epochs(told.re(), List.of()) : frame);
    }

    private interface Rest {
        void write(BackupWriter out) throws Exception;
    }

    private Bytes crafted(Username user, List<VaultEntry> entries, Rest rest) throws Exception {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (Passphrase passphrase = World.passphrase(BackupFile.PASSPHRASE);
                BackupWriter writer = BackupWriter.begin(out, passphrase, World.CHEAP, new SecureRandom())) {
            writer.account(world.stores().realm(), user, Instant.EPOCH, SeenVault.NONE, entries);
            rest.write(writer);
            writer.finish();
        }
        return Bytes.adopt(out.toByteArray());
    }

    private static List<String> texts(Archive archive, String peer) throws Exception {
        return Person.texts(
                archive.history(new Username(peer), Position.NONE, 256).messages());
    }
}
