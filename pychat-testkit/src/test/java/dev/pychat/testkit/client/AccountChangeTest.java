package dev.pychat.testkit.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pychat.client.BadCredentialsException;
import dev.pychat.client.ChatMessage;
import dev.pychat.client.ClientState;
import dev.pychat.client.IdentityChangedException;
import dev.pychat.client.KdfChangedException;
import dev.pychat.client.NameTakenException;
import dev.pychat.client.UnknownUserException;
import dev.pychat.crypto.secret.Passphrase;
import dev.pychat.key.KeyBundle;
import dev.pychat.key.Succession;
import dev.pychat.model.Bytes;
import dev.pychat.model.Position;
import dev.pychat.model.Username;
import dev.pychat.store.StoreException;
import dev.pychat.store.memory.MemoryClientStores;
import dev.pychat.wire.Bundle;
import dev.pychat.wire.ChangePassword;
import dev.pychat.wire.Ok;
import dev.pychat.wire.PasswordSaltIs;
import dev.pychat.wire.ServerFrame;
import dev.pychat.wire.Session;
import dev.pychat.wire.VaultIs;
import dev.pychat.wire.VaultPut;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class AccountChangeTest {

    /** More than the vaults that a change of the passphrase brings. */
    private static final int VAULTS_LOST = 8;

    private World world;
    private FaultyTransport faulty;
    private Person alice;
    private Person bob;

    @BeforeEach
    void start() throws Exception {
        world = World.start();
        bob = world.signUp("bob");
        faulty = new FaultyTransport(world.transport());
        alice = world.connect("alice", new MemoryClientStores(), faulty);
        alice.client().signUp(alice.user(), old());
        alice.say(bob, "before");
        alice.awaitAccepted();
        bob.awaitTold(1);
    }

    @AfterEach
    void stop() {
        world.close();
    }

    private static Passphrase old() throws Exception {
        return World.passphrase("alice");
    }

    private static Passphrase next() throws Exception {
        return World.passphrase("alice, later");
    }

    @Test
    void newPassphraseOpensAndTheOldOneDoesNot() throws Exception {
        alice.client().changePassphrase(old(), next());
        alice.say(bob, "after");
        alice.awaitAccepted();
        bob.awaitTold(2);
        ConversationTest.noFindings(bob);
        alice.close();
        Person back = world.connect("alice", alice.stores(), world.transport());
        assertThatThrownBy(() -> back.client().logIn(back.user(), old())).isInstanceOf(BadCredentialsException.class);
        back.client().logIn(back.user(), next());
        assertThat(Person.texts(back.history(bob))).containsExactly("alice: before", "alice: after");
        Person tablet = world.connect("alice", new MemoryClientStores(), world.transport());
        assertThatThrownBy(() -> tablet.client().logIn(tablet.user(), old()))
                .isInstanceOf(BadCredentialsException.class);
        tablet.client().logIn(tablet.user(), next());
        assertThat(Person.texts(tablet.history(bob))).containsExactly("alice: before", "alice: after");
    }

    @Test
    void otherDevicesAreOutUntilTheyLogInAnew() throws Exception {
        Person tablet = world.logIn("alice", new MemoryClientStores());
        alice.client().changePassphrase(old(), next());
        Person.await(() -> tablet.client().state() instanceof ClientState.Closed, () -> "the tablet is still in");
        assertThat(tablet.client().state().toString()).contains("passphrase");
        Person again = world.connect("alice", tablet.stores(), world.transport());
        assertThatThrownBy(() -> again.client().logIn(again.user(), next())).isInstanceOf(KdfChangedException.class);
        assertThatThrownBy(() -> again.client().logInAfterChange(again.user(), next(), next()))
                .isInstanceOf(BadCredentialsException.class);
        assertThatThrownBy(() -> again.client().logInAfterChange(again.user(), old(), old()))
                .isInstanceOf(BadCredentialsException.class);
        again.client().logInAfterChange(again.user(), old(), next());
        bob.say(again, "are you back?");
        again.awaitTold(1);
        assertThat(Person.texts(again.history(bob))).containsExactly("alice: before", "bob: are you back?");
        again.close();
        Person later = world.connect("alice", tablet.stores(), world.transport());
        later.client().logIn(later.user(), next());
        ConversationTest.noFindings(later);
    }

    @Test
    void serverThatOnlyPretendsAChangeGetsNoNewKeysOfThisDevice() throws Exception {
        alice.close();
        FaultyTransport lying = new FaultyTransport(world.transport());
        lying.incoming(frame -> Optional.of(
                frame instanceof PasswordSaltIs told
                        ? new PasswordSaltIs(told.re(), Bytes.fromHex("aa".repeat(32)), told.kdf())
                        : frame));
        Person back = world.connect("alice", alice.stores(), lying);
        assertThatThrownBy(() -> back.client().logIn(back.user(), old())).isInstanceOf(KdfChangedException.class);
        lying.incoming(Optional::of);
        back.client().logIn(back.user(), old());
        assertThat(back.client().user()).contains(alice.user());
    }

    @Test
    void wrongPresentPassphraseChangesNothing() throws Exception {
        assertThatThrownBy(() -> alice.client().changePassphrase(next(), next()))
                .isInstanceOf(BadCredentialsException.class);
        alice.close();
        Person back = world.logIn("alice", alice.stores());
        assertThat(back.client().user()).contains(alice.user());
    }

    @Test
    void changeThatNobodyWaitsForAnyMoreUsesWhatItWasGiven() throws Exception {
        AtomicBoolean asked = new AtomicBoolean();
        AtomicBoolean answered = new AtomicBoolean();
        faulty.outgoing(frame -> {
            asked.compareAndSet(false, frame instanceof ChangePassword);
            return Optional.of(frame);
        });
        Runnable goOn = holdVault(frame -> answered.compareAndSet(false, asked.get() && frame instanceof Session));
        try (Passphrase present = old();
                Passphrase later = next()) {
            interrupted(() -> alice.client().rotateKeys());
            interrupted(() -> alice.client().changePassphrase(present, later));
        }
        goOn.run();
        Person.await(answered::get, () -> "the change was not made; notices " + alice.notices());
        aliceComesBackWith(next(), old());
    }

    @Test
    void deletionThatNobodyWaitsForAnyMoreUsesWhatItWasGiven() throws Exception {
        Runnable goOn = holdVault(frame -> {});
        try (Passphrase present = old()) {
            interrupted(() -> alice.client().rotateKeys());
            interrupted(() -> alice.client().deleteAccount(present));
        }
        goOn.run();
        Person.await(() -> isGone(alice.user()), () -> "the account is still there; notices " + alice.notices());
    }

    private boolean isGone(Username user) {
        try {
            return world.stores().accounts().login(user).isEmpty();
        } catch (StoreException e) {
            throw new AssertionError(e);
        }
    }

    /** What alice's client does with the account waits for the server's vault, and behind that what she asks for next. */
    private Runnable holdVault(Consumer<ServerFrame> watcher) {
        AtomicBoolean holding = new AtomicBoolean(true);
        CompletableFuture<ServerFrame> held = new CompletableFuture<>();
        faulty.incoming(frame -> {
            watcher.accept(frame);
            boolean kept = frame instanceof VaultIs && holding.get() && held.complete(frame);
            return kept ? Optional.empty() : Optional.of(frame);
        });
        return () -> {
            faulty.deliver(held.orTimeout(60, TimeUnit.SECONDS).join());
            holding.set(false);
        };
    }

    private static void interrupted(ThrowingCallable call) {
        Thread.currentThread().interrupt();
        assertThatThrownBy(call).isInstanceOf(InterruptedException.class);
    }

    @Test
    void deviceThatHasSeenANewerVaultIsToldSoAfterAChange() throws Exception {
        FaultyTransport lying = new FaultyTransport(world.transport());
        Person tablet = world.connect("alice", new MemoryClientStores(), lying);
        tablet.client().logIn(tablet.user(), old());
        AtomicReference<VaultPut> last = new AtomicReference<>();
        lying.outgoing(frame -> {
            if (frame instanceof VaultPut put) {
                last.set(put);
                lying.deliver(new Ok(put.id(), Position.NONE, Position.NONE));
                return Optional.empty();
            }
            return Optional.of(frame);
        });
        lying.incoming(frame -> Optional.of(
                frame instanceof VaultIs is && last.get() != null
                        ? new VaultIs(is.re(), last.get().version(), last.get().vault())
                        : frame));
        for (int i = 0; i < VAULTS_LOST; i++) {
            tablet.client().rotateKeys();
        }
        tablet.close();
        alice.client().changePassphrase(old(), next());
        alice.close();
        assertThat(vaultOf(alice)).isLessThan(last.get().version());
        Person again = world.connect("alice", tablet.stores(), world.transport());
        again.client().logInAfterChange(again.user(), old(), next());
        assertThat(again.awaitNotices(1)).first().asString().startsWith("VAULT_ROLLED_BACK");
        assertThat(vaultOf(again)).isGreaterThan(last.get().version());
        bob.say(again, "still here");
        again.awaitTold(1);
        assertThat(again.told())
                .allSatisfy(message -> assertThat(message.findings()).isEmpty());
    }

    private long vaultOf(Person person) throws Exception {
        return world.stores().accounts().vault(person.user()).orElseThrow().version();
    }

    @Test
    void changeWhoseAnswerIsLostCounts() throws Exception {
        AtomicBoolean asked = new AtomicBoolean();
        faulty.outgoing(frame -> {
            asked.compareAndSet(false, frame instanceof ChangePassword);
            return Optional.of(frame);
        });
        faulty.incoming(frame -> {
            if (asked.get() && frame instanceof Session) {
                faulty.kill();
                return Optional.empty();
            }
            return Optional.of(frame);
        });
        assertThatThrownBy(() -> alice.client().changePassphrase(old(), next())).hasMessageContaining("connection");
        aliceComesBackWith(next(), old());
    }

    @Test
    void changeThatNeverArrivedDoesNotCount() throws Exception {
        faulty.outgoing(frame -> {
            if (frame instanceof ChangePassword) {
                faulty.kill();
                return Optional.empty();
            }
            return Optional.of(frame);
        });
        assertThatThrownBy(() -> alice.client().changePassphrase(old(), next())).hasMessageContaining("connection");
        aliceComesBackWith(old(), next());
    }

    private void aliceComesBackWith(Passphrase right, Passphrase wrong) throws Exception {
        alice.close();
        Person back = world.connect("alice", alice.stores(), world.transport());
        assertThatThrownBy(() -> back.client().logIn(back.user(), wrong)).isInstanceOf(BadCredentialsException.class);
        back.client().logIn(back.user(), right);
        assertThat(Person.texts(back.history(bob))).containsExactly("alice: before");
        bob.say(back, "to the key that counts");
        back.awaitTold(1);
        ConversationTest.noFindings(back);
    }

    @Test
    void newIdentityCarriesTheWordOfTheOldOneAndIsNotBelieved() throws Exception {
        AtomicReference<Bytes> published = new AtomicReference<>();
        FaultyTransport watched = new FaultyTransport(world.transport());
        watched.incoming(frame -> {
            if (frame instanceof Bundle answer && answer.user().equals(alice.user())) {
                published.set(answer.bundle());
            }
            return Optional.of(frame);
        });
        bob.close();
        Person back = world.connect("bob", bob.stores(), watched);
        back.client().logIn(back.user(), World.passphrase("bob"));
        back.say(alice, "who are you?");
        back.awaitAccepted();
        KeyBundle before = KeyBundle.parse(published.get());
        alice.client().resetIdentity(old(), next());
        alice.say(back, "the same, with a new key");
        ChatMessage last = back.awaitTold(2).get(1);
        assertThat(last.content()).isEmpty();
        assertThat(last.findings()).singleElement().asString().contains("UNPINNED_IDENTITY");
        back.close();
        Person again = world.connect("bob", bob.stores(), watched);
        again.client().logIn(again.user(), World.passphrase("bob"));
        try {
            again.say(alice, "kept back");
        } catch (IdentityChangedException early) {
            // The message that could not be checked has asked for the keys before the sending did: refused at once.
        }
        Person.await(() -> !again.changes().isEmpty(), () -> "no change but " + again.notices());
        assertThat(again.changes())
                .singleElement()
                .satisfies(change -> assertThat(change.announced()).isTrue());
        KeyBundle after = KeyBundle.parse(published.get());
        assertThat(after.fields().identity()).isNotEqualTo(before.fields().identity());
        assertThat(Succession.in(after))
                .hasValueSatisfying(said ->
                        assertThat(said.before()).isEqualTo(before.fields().identity()));
        assertThat(Person.texts(alice.history(back))).hasSize(3);
    }

    @Test
    void deletedAccountIsGoneForEverybody() throws Exception {
        assertThatThrownBy(() -> alice.client().deleteAccount(next())).isInstanceOf(BadCredentialsException.class);
        Person tablet = world.logIn("alice", new MemoryClientStores());
        alice.client().deleteAccount(old());
        assertThat(alice.client().state()).isInstanceOf(ClientState.Closed.class);
        Person.await(() -> tablet.client().state() instanceof ClientState.Closed, () -> "the tablet is still in");
        Person back = world.connect("alice", alice.stores(), world.transport());
        assertThatThrownBy(() -> back.client().logIn(back.user(), old())).isInstanceOf(BadCredentialsException.class);
        assertThatThrownBy(() -> back.client().signUp(back.user(), old())).isInstanceOf(NameTakenException.class);
        assertThat(bob.told()).hasSize(1);
        Person carol = world.signUp("carol");
        assertThatThrownBy(() -> carol.client().conversation(alice.user())).isInstanceOf(UnknownUserException.class);
    }

    @Test
    void deviceThatWasAwayIsToldThatTheAccountMayHaveBeenDeleted() throws Exception {
        Person tablet = world.logIn("alice", new MemoryClientStores());
        tablet.close();
        alice.client().deleteAccount(old());
        Person back = world.connect("alice", tablet.stores(), world.transport());
        assertThatThrownBy(() -> back.client().logIn(back.user(), old()))
                .isInstanceOf(KdfChangedException.class)
                .hasMessageContaining("deleted on another device");
        assertThatThrownBy(() -> back.client().logInAfterChange(back.user(), old(), next()))
                .isInstanceOf(BadCredentialsException.class)
                .hasMessageContaining("the account was deleted");
    }
}
