package dev.pychat.testkit.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pychat.client.BadCredentialsException;
import dev.pychat.client.RecoverySecretException;
import dev.pychat.crypto.secret.Passphrase;
import dev.pychat.crypto.secret.PasswordKeys;
import dev.pychat.crypto.secret.RecoverySecret;
import dev.pychat.crypto.secret.SecretBytes;
import dev.pychat.keyring.UnreadableException;
import dev.pychat.keyring.Vault;
import dev.pychat.model.Bytes;
import dev.pychat.store.LoginRecord;
import dev.pychat.store.StoredVault;
import dev.pychat.store.memory.MemoryClientStores;
import dev.pychat.wire.VaultIs;
import dev.pychat.wire.VaultPut;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Accounts whose vault needs a recovery secret beside the passphrase. */
class RecoveryTest {

    private World world;
    private Person alice;
    private Person bob;
    private RecoverySecret sheet;

    @BeforeEach
    void start() throws Exception {
        world = World.start();
        bob = world.signUp("bob");
        alice = world.connect("alice", new MemoryClientStores(), world.transport());
        sheet = alice.client().recovery().signUp(alice.user(), World.passphrase("alice"));
        alice.say(bob, "one");
        bob.awaitTold(1);
    }

    @AfterEach
    void stop() {
        sheet.close();
        world.close();
    }

    private Person newDevice() throws Exception {
        return world.connect("alice", new MemoryClientStores(), world.transport());
    }

    @Test
    void newDeviceNeedsBothAndAsksAgainAfterASlip() throws Exception {
        Person tablet = newDevice();
        assertMissing(tablet);
        try (RecoverySecret wrong = RecoverySecret.random(new SecureRandom())) {
            assertThatThrownBy(() -> tablet.client().recovery().logIn(tablet.user(), World.passphrase("alice"), wrong))
                    .isInstanceOfSatisfying(
                            RecoverySecretException.class,
                            e -> assertThat(e.isMissing()).isFalse())
                    .hasMessageContaining("not the present recovery secret");
        }
        assertThatThrownBy(() -> tablet.client().recovery().logIn(tablet.user(), World.passphrase("not alice"), sheet))
                .isInstanceOf(BadCredentialsException.class);
        assertThat(tablet.stores().keyrings().accounts()).isEmpty();
        tablet.client().recovery().logIn(tablet.user(), World.passphrase("alice"), sheet);
        assertThat(Person.texts(tablet.history(bob))).containsExactly("alice: one");
        assertThat(tablet.client().recovery().isSet()).isTrue();
        assertThat(tablet.notices()).isEmpty();
    }

    @Test
    void knownDeviceAsksForThePassphraseOnlyAndKeepsUp() throws Exception {
        alice.close();
        Person back = world.logIn("alice", alice.stores());
        back.client().rotateKeys();
        assertThat(back.client().recovery().isSet()).isTrue();
        assertThat(back.notices()).isEmpty();
        Person tablet = newDevice();
        tablet.client().recovery().logIn(tablet.user(), World.passphrase("alice"), sheet);
        assertThat(tablet.history(bob)).hasSize(1);
    }

    @Test
    void serverThatKnowsThePassphraseOpensNothing() throws Exception {
        StoredVault stored = world.stores().accounts().vault(alice.user()).orElseThrow();
        LoginRecord login = world.stores().accounts().login(alice.user()).orElseThrow();
        try (Passphrase guessed = World.passphrase("alice");
                PasswordKeys keys =
                        PasswordKeys.derive(guessed, world.stores().realm(), alice.user(), login.salt(), World.CHEAP);
                SecretBytes both = sheet.vaultKey(keys.vaultKey())) {
            assertThatThrownBy(() -> Vault.open(keys.vaultKey(), world.stores().realm(), alice.user(), stored.sealed()))
                    .isInstanceOfSatisfying(
                            UnreadableException.class,
                            e -> assertThat(e.reason()).isEqualTo(UnreadableException.Reason.WRONG_KEY));
            Vault.open(both, world.stores().realm(), alice.user(), stored.sealed())
                    .close();
        }
    }

    @Test
    void secretIsNowhereInClear() throws Exception {
        Bytes kept = alice.stores()
                .keyrings()
                .load(DeviceKeys.account(alice))
                .orElseThrow()
                .value();
        try (SecretBytes bytes = sheet.bytes()) {
            String hex = bytes.reveal(raw -> Bytes.copyOf(raw).hex());
            assertThat(kept.hex()).doesNotContain(hex);
            assertThat(world.stores()
                            .accounts()
                            .vault(alice.user())
                            .orElseThrow()
                            .sealed()
                            .hex())
                    .doesNotContain(hex);
        }
    }

    @Test
    void changeOfThePassphraseAndOfTheIdentityKeepIt() throws Exception {
        alice.client().changePassphrase(World.passphrase("alice"), World.passphrase("other"));
        alice.client().resetIdentity(World.passphrase("other"), World.passphrase("third"));
        Person tablet = newDevice();
        assertThatThrownBy(() -> tablet.client().logIn(tablet.user(), World.passphrase("third")))
                .isInstanceOf(RecoverySecretException.class);
        tablet.client().recovery().logIn(tablet.user(), World.passphrase("third"), sheet);
        assertThat(tablet.history(bob)).hasSize(1);
    }

    @Test
    void anotherSecretTakesThePlaceAndTheOtherDevicesNeedIt() throws Exception {
        Person tablet = newDevice();
        tablet.client().recovery().logIn(tablet.user(), World.passphrase("alice"), sheet);
        tablet.close();
        try (RecoverySecret next = alice.client().recovery().renew(World.passphrase("alice"))) {
            assertThat(next).isNotEqualTo(sheet);
            Person phone = newDevice();
            assertThatThrownBy(() -> phone.client().recovery().logIn(phone.user(), World.passphrase("alice"), sheet))
                    .isInstanceOf(RecoverySecretException.class);
            phone.client().recovery().logIn(phone.user(), World.passphrase("alice"), next);
            Person again = world.connect("alice", tablet.stores(), world.transport());
            assertThatThrownBy(() -> again.client()
                            .logInAfterChange(again.user(), World.passphrase("alice"), World.passphrase("alice")))
                    .isInstanceOf(RecoverySecretException.class);
            again.client()
                    .recovery()
                    .logInAfterChange(again.user(), World.passphrase("alice"), World.passphrase("alice"), next);
            assertThat(again.history(bob)).hasSize(1);
            again.close();
            assertThat(world.logIn("alice", tablet.stores()).history(bob)).hasSize(1);
        }
    }

    @Test
    void passphraseChangedElsewhereWithTheSameSecretNeedsNoSheet() throws Exception {
        Person tablet = newDevice();
        tablet.client().recovery().logIn(tablet.user(), World.passphrase("alice"), sheet);
        tablet.close();
        alice.client().changePassphrase(World.passphrase("alice"), World.passphrase("other"));
        Person again = world.connect("alice", tablet.stores(), world.transport());
        again.client().logInAfterChange(again.user(), World.passphrase("alice"), World.passphrase("other"));
        assertThat(again.history(bob)).hasSize(1);
    }

    @Test
    void setLaterAndTakenAway() throws Exception {
        assertThat(bob.client().recovery().isSet()).isFalse();
        assertThatThrownBy(() -> bob.client().recovery().renew(World.passphrase("not bob")))
                .isInstanceOf(BadCredentialsException.class);
        try (RecoverySecret secret = bob.client().recovery().renew(World.passphrase("bob"))) {
            Person tablet = world.connect("bob", new MemoryClientStores(), world.transport());
            assertThatThrownBy(() -> tablet.client().logIn(tablet.user(), World.passphrase("bob")))
                    .isInstanceOf(RecoverySecretException.class);
            tablet.client().recovery().logIn(tablet.user(), World.passphrase("bob"), secret);
            assertThat(tablet.history(alice)).hasSize(1);
            tablet.client().recovery().remove(World.passphrase("bob"));
            assertThat(tablet.client().recovery().isSet()).isFalse();
        }
        assertThat(world.logIn("bob", new MemoryClientStores()).history(alice)).hasSize(1);
    }

    /** The server has guessed the passphrase and made a vault of its own, or kept one of the time before. */
    @Test
    void vaultWithoutTheSecretIsNotTakenWhereOneIsGiven() throws Exception {
        VaultIs unprotected = unprotectedVault();
        FaultyTransport lying = new FaultyTransport(world.transport());
        lying.incoming(frame -> Optional.of(
                frame instanceof VaultIs vault
                        ? new VaultIs(vault.re(), unprotected.version(), unprotected.vault())
                        : frame));
        Person tablet = world.connect("alice", new MemoryClientStores(), lying);
        assertThatThrownBy(() -> tablet.client().recovery().logIn(tablet.user(), World.passphrase("alice"), sheet))
                .isInstanceOf(RecoverySecretException.class)
                .hasMessageContaining("sealed without the recovery secret");
        assertThat(tablet.stores().keyrings().accounts()).isEmpty();
        List<VaultPut> puts = new CopyOnWriteArrayList<>();
        lying.outgoing(frame -> {
            if (frame instanceof VaultPut put) {
                puts.add(put);
            }
            return Optional.of(frame);
        });
        alice.close();
        Person known = world.connect("alice", alice.stores(), lying);
        assertThatThrownBy(() -> known.client().logIn(known.user(), World.passphrase("alice")))
                .isInstanceOf(RecoverySecretException.class);
        assertThat(puts).isEmpty();
    }

    private VaultIs unprotectedVault() throws Exception {
        LoginRecord login = world.stores().accounts().login(alice.user()).orElseThrow();
        try (Passphrase guessed = World.passphrase("alice");
                PasswordKeys keys =
                        PasswordKeys.derive(guessed, world.stores().realm(), alice.user(), login.salt(), World.CHEAP);
                Vault vault = new Vault(9, Bytes.fromHex("11".repeat(32)), List.of())) {
            Bytes sealed = vault.seal(keys.vaultKey(), false, world.stores().realm(), alice.user(), new SecureRandom());
            return new VaultIs(1, 9, sealed);
        }
    }

    @Test
    void signUpThatWasCutOffGoesOnWithTheSameSecret() throws Exception {
        MemoryClientStores stores = new MemoryClientStores();
        FaultyTransport cutting = new FaultyTransport(world.transport());
        cutting.incoming(frame -> frame instanceof VaultIs ? Optional.empty() : Optional.of(frame));
        Person carol =
                world.connect("carol", stores, cutting, builder -> builder.requestTimeout(Duration.ofMillis(300)));
        assertThatThrownBy(() -> carol.client().recovery().signUp(carol.user(), World.passphrase("carol")))
                .isInstanceOf(Exception.class);
        carol.close();
        Person again = world.connect("carol", stores, world.transport());
        try (RecoverySecret secret = again.client().recovery().signUp(again.user(), World.passphrase("carol"))) {
            Person tablet = world.connect("carol", new MemoryClientStores(), world.transport());
            tablet.client().recovery().logIn(tablet.user(), World.passphrase("carol"), secret);
            assertThat(tablet.client().user()).contains(tablet.user());
        }
    }

    @Test
    void backupBringsTheSecretBack() throws Exception {
        BackupFile file = BackupFile.of(alice);
        alice.close();
        Person back = newDevice();
        file.restoredBy(back);
        assertThat(back.client().recovery().isSet()).isTrue();
        assertThat(back.history(bob)).hasSize(1);
        back.client().rotateKeys();
        assertMissing(newDevice());
    }

    private static void assertMissing(Person device) {
        assertThatThrownBy(() -> device.client().logIn(device.user(), World.passphrase("alice")))
                .isInstanceOfSatisfying(
                        RecoverySecretException.class,
                        e -> assertThat(e.isMissing()).isTrue())
                .hasMessageContaining("has a recovery secret");
    }
}
