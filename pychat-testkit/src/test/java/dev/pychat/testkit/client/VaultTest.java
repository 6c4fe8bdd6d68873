package dev.pychat.testkit.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pychat.client.BadCredentialsException;
import dev.pychat.client.RefusedException;
import dev.pychat.crypto.secret.PasswordKeys;
import dev.pychat.crypto.secret.SecretBytes;
import dev.pychat.keyring.Vault;
import dev.pychat.keyring.VaultEntry;
import dev.pychat.model.Bytes;
import dev.pychat.store.AccountStore;
import dev.pychat.store.StoreException;
import dev.pychat.store.StoredVault;
import dev.pychat.store.memory.MemoryClientStores;
import dev.pychat.wire.Bundle;
import dev.pychat.wire.ErrorCode;
import dev.pychat.wire.ErrorDetails;
import dev.pychat.wire.Failure;
import dev.pychat.wire.Submit;
import dev.pychat.wire.VaultIs;
import dev.pychat.wire.VaultPut;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class VaultTest {

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

    @Test
    void secondDeviceReadsTheWholeHistorySentAndReceived() throws Exception {
        alice.say(bob, "one");
        alice.awaitAccepted();
        bob.awaitTold(1);
        bob.say(alice, "two");
        alice.awaitTold(2);
        Person tablet = world.logIn("alice", new MemoryClientStores());
        assertThat(Person.texts(tablet.history(bob))).containsExactly("alice: one", "bob: two");
        assertThat(tablet.notices()).isEmpty();
    }

    @Test
    void secondDeviceWorksWithoutTheFirst() throws Exception {
        alice.say(bob, "one");
        alice.awaitAccepted();
        alice.close();
        Person tablet = world.logIn("alice", new MemoryClientStores());
        tablet.say(bob, "from the tablet");
        bob.say(tablet, "seen");
        tablet.awaitTold(3);
        assertThat(Person.texts(tablet.history(bob)))
                .containsExactlyInAnyOrder("alice: one", "alice: from the tablet", "bob: seen");
        bob.awaitTold(3);
        assertThat(bob.told())
                .allSatisfy(message -> assertThat(message.findings()).isEmpty());
    }

    @Test
    void twoDevicesAtOnceSeeEverythingEachOnItsOwnLane() throws Exception {
        Set<Bytes> lanes = ConcurrentHashMap.newKeySet();
        FaultyTransport watched = new FaultyTransport(world.transport());
        watched.outgoing(frame -> {
            if (frame instanceof Submit submit) {
                lanes.add(submit.lane().value());
            }
            return Optional.of(frame);
        });
        Person tablet = world.connect("alice", new MemoryClientStores(), watched);
        tablet.client().logIn(tablet.user(), World.passphrase("alice"));
        tablet.with(bob);
        for (int i = 0; i < 5; i++) {
            alice.say(bob, "desk " + i);
            tablet.say(bob, "tablet " + i);
            bob.say(alice, "bob " + i);
        }
        alice.awaitTold(15);
        tablet.awaitTold(15);
        bob.awaitTold(15);
        assertThat(lanes).hasSize(1);
        for (Person person : List.of(alice, tablet, bob)) {
            assertThat(person.told())
                    .allSatisfy(message -> assertThat(message.findings()).isEmpty());
        }
        assertThat(tablet.textsTold()).isEqualTo(alice.textsTold()).isEqualTo(bob.textsTold());
    }

    @Test
    void vaultThatIsFullIsSaidAndNotMeant() throws Exception {
        fillVault();
        assertThatThrownBy(() -> alice.client().rotateKeys())
                .isInstanceOf(RefusedException.class)
                .hasMessageContaining("the account's vault is full")
                .hasMessageContaining("backup");
        alice.say(bob, "goes on");
        alice.awaitAccepted();
        bob.awaitTold(1);
    }

    /** With entries that a newer program may have put there, up to 100 bytes. */
    private void fillVault() throws Exception {
        AccountStore accounts = world.stores().accounts();
        Bytes sealed = accounts.vault(alice.user()).orElseThrow().sealed();
        SecureRandom random = new SecureRandom();
        try (PasswordKeys keys = DeviceKeys.secrets(alice);
                Vault vault = Vault.open(keys.vaultKey(), alice.client().realm(), alice.user(), sealed)) {
            List<VaultEntry> entries = new ArrayList<>(vault.entries());
            long room = Vault.MAX_SIZE - Vault.sealedSize(alice.user(), entries);
            for (int i = 0; room > 200; i++) {
                int size = (int) Math.min(VaultEntry.MAX_VALUE_SIZE, room - 100);
                Bytes key = Bytes.copyOf(new byte[] {(byte) i});
                entries.add(new VaultEntry(900, key, 1, false, SecretBytes.adopt(new byte[size])));
                room = Vault.MAX_SIZE - Vault.sealedSize(alice.user(), entries);
            }
            try (Vault full = new Vault(vault.version() + 1, Vault.hash(sealed), entries)) {
                Bytes next = full.seal(keys.vaultKey(), false, alice.client().realm(), alice.user(), random);
                accounts.putVault(
                        alice.user(),
                        accounts.login(alice.user()).orElseThrow(),
                        vault.version(),
                        new StoredVault(full.version(), next));
            }
        }
    }

    @Test
    void newDeviceWithAWrongPassphraseGetsNothing() throws Exception {
        MemoryClientStores empty = new MemoryClientStores();
        Person tablet = world.connect("alice", empty, world.transport());
        assertThatThrownBy(() -> tablet.client().logIn(tablet.user(), World.passphrase("bob")))
                .isInstanceOf(BadCredentialsException.class);
        assertThat(empty.keyrings().accounts()).isEmpty();
    }

    @Test
    void newWrappingKeyReachesTheOtherDeviceAndOldHistoryOpensOnAThird() throws Exception {
        Person tablet = world.logIn("alice", new MemoryClientStores());
        bob.say(alice, "under the first key");
        tablet.awaitTold(1);
        alice.client().rotateKeys();
        Person carol = world.signUp("carol");
        carol.say(alice, "under the second key");
        assertThat(tablet.awaitTold(2).get(1).text()).contains("under the second key");
        alice.close();
        Person phone = world.logIn("alice", new MemoryClientStores());
        assertThat(Person.texts(phone.history(bob))).containsExactly("bob: under the first key");
        assertThat(Person.texts(phone.history(carol))).containsExactly("carol: under the second key");
    }

    @Test
    void newDeviceKnowsThePeersIdentityAndBelievesNoOther() throws Exception {
        alice.say(bob, "hello");
        alice.awaitAccepted();
        alice.client().rotateKeys();
        FaultyTransport lying = new FaultyTransport(world.transport());
        Bytes forged = DeviceKeys.bundleOfAnotherIdentity(bob);
        lying.incoming(frame -> Optional.of(
                frame instanceof Bundle answer && answer.user().equals(bob.user())
                        ? new Bundle(answer.re(), answer.user(), answer.serial(), answer.time(), forged)
                        : frame));
        Person tablet = world.connect("alice", new MemoryClientStores(), lying);
        tablet.client().logIn(tablet.user(), World.passphrase("alice"));
        tablet.say(bob, "can you be trusted?");
        Person.await(() -> !tablet.changes().isEmpty(), () -> "nothing was told");
        assertThat(tablet.changes()).hasSize(1);
        assertThat(lying.submitted()).isEmpty();
    }

    @Test
    void olderVaultIsToldOfAndFollowedByANewerOneWithEverything() throws Exception {
        AtomicReference<VaultIs> first = new AtomicReference<>();
        List<VaultPut> puts = new CopyOnWriteArrayList<>();
        FaultyTransport lying = new FaultyTransport(world.transport());
        lying.incoming(frame -> {
            if (frame instanceof VaultIs vault) {
                first.compareAndSet(null, vault);
            }
            return Optional.of(frame);
        });
        Person tablet = world.connect("alice", new MemoryClientStores(), lying);
        tablet.client().logIn(tablet.user(), World.passphrase("alice"));
        tablet.client().rotateKeys();
        VaultIs old = first.get();
        lying.incoming(frame -> Optional.of(
                frame instanceof VaultIs vault ? new VaultIs(vault.re(), old.version(), old.vault()) : frame));
        lying.outgoing(frame -> {
            if (frame instanceof VaultPut put) {
                puts.add(put);
            }
            return Optional.of(frame);
        });
        assertThatThrownBy(() -> tablet.client().rotateKeys()).hasMessageContaining("vault");
        Person.await(() -> !tablet.notices().isEmpty(), () -> "no notice");
        assertThat(tablet.notices()).allSatisfy(notice -> assertThat(notice).startsWith("VAULT_ROLLED_BACK"));
        assertThat(puts).allSatisfy(put -> assertThat(put.version()).isGreaterThan(old.version() + 1));
        lying.incoming(Optional::of);
        tablet.client().rotateKeys();
        bob.say(tablet, "still here");
        tablet.awaitTold(1);
        assertThat(tablet.textsTold()).containsExactly("bob: still here");
    }

    @Test
    void vaultThatDoesNotOpenIsNeverOverwritten() throws Exception {
        List<VaultPut> puts = new CopyOnWriteArrayList<>();
        FaultyTransport lying = new FaultyTransport(world.transport());
        Person tablet = world.connect("alice", new MemoryClientStores(), lying);
        tablet.client().logIn(tablet.user(), World.passphrase("alice"));
        lying.incoming(frame -> Optional.of(frame instanceof VaultIs vault ? altered(vault) : frame));
        lying.outgoing(frame -> {
            if (frame instanceof VaultPut put) {
                puts.add(put);
            }
            return Optional.of(frame);
        });
        assertThatThrownBy(() -> tablet.client().rotateKeys()).hasMessageContaining("vault");
        assertThat(puts).isEmpty();
    }

    @Test
    void serverThatIsBusyIsAskedAgainAndNobodyIsTold() throws Exception {
        AtomicInteger busy = new AtomicInteger();
        ErrorDetails soon = ErrorDetails.ofRetryAfter(Duration.ofMillis(1));
        long before = vaultVersion();
        world.liar()
                .answer(
                        alice.user(),
                        truth -> truth instanceof VaultIs asked && busy.incrementAndGet() <= 2
                                ? new Failure(asked.re(), ErrorCode.BUSY, "too many log-ins wait", soon)
                                : truth);
        alice.with(bob).identity();
        Person.await(() -> vaultVersion() > before, () -> "the vault was not put");
        assertThat(busy.get()).isGreaterThan(2);
        assertThat(alice.notices()).isEmpty();
    }

    private long vaultVersion() {
        try {
            return world.stores().accounts().vault(alice.user()).orElseThrow().version();
        } catch (StoreException e) {
            throw new AssertionError(e);
        }
    }

    private static VaultIs altered(VaultIs vault) {
        byte[] bytes = vault.vault().toArray();
        bytes[bytes.length - 1] ^= 1;
        return new VaultIs(vault.re(), vault.version() + 1, Bytes.adopt(bytes));
    }
}
