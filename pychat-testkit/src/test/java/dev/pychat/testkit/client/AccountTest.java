package dev.pychat.testkit.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pychat.client.BadCredentialsException;
import dev.pychat.client.ChatClient;
import dev.pychat.client.ClientState;
import dev.pychat.client.ClosedException;
import dev.pychat.client.KdfChangedException;
import dev.pychat.client.KeysNotHereException;
import dev.pychat.client.NameTakenException;
import dev.pychat.client.NoConversationException;
import dev.pychat.client.NotLoggedInException;
import dev.pychat.client.RefusedException;
import dev.pychat.client.UnknownUserException;
import dev.pychat.crypto.open.KeyPolicy;
import dev.pychat.crypto.secret.RsaKeySource;
import dev.pychat.crypto.secret.RsaPrivateKey;
import dev.pychat.model.Bytes;
import dev.pychat.model.Realm;
import dev.pychat.model.Username;
import dev.pychat.store.memory.MemoryClientStores;
import dev.pychat.testkit.key.PublishedKeys;
import dev.pychat.wire.ErrorCode;
import dev.pychat.wire.Failure;
import dev.pychat.wire.KdfCost;
import dev.pychat.wire.LogIn;
import dev.pychat.wire.PasswordSaltIs;
import dev.pychat.wire.PutBundle;
import dev.pychat.wire.SignUp;
import dev.pychat.wire.VaultIs;
import dev.pychat.wire.Welcome;
import java.security.SecureRandom;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class AccountTest {

    private World world;

    @BeforeEach
    void start() throws Exception {
        world = World.start();
    }

    @AfterEach
    void stop() {
        world.close();
    }

    @Test
    void takenNameIsRefusedAndTheClientTriesAnother() throws Exception {
        world.signUp("alice");
        Person second = world.connect("alice", new MemoryClientStores(), world.transport());
        assertThatThrownBy(() -> second.client().signUp(second.user(), World.passphrase("somebody else")))
                .isInstanceOf(NameTakenException.class)
                .hasMessageContaining("alice");
        second.client().signUp(new Username("alice2"), World.passphrase("somebody else"));
        assertThat(second.client().user()).contains(new Username("alice2"));
        assertThat(second.client().users("al", "", 10).names())
                .containsExactly(new Username("alice"), new Username("alice2"));
    }

    @Test
    void wrongPassphraseIsRefusedAndTheRightOneOpens() throws Exception {
        Person alice = world.signUp("alice");
        alice.close();
        Person back = world.connect("alice", alice.stores(), world.transport());
        assertThatThrownBy(() -> back.client().logIn(back.user(), World.passphrase("not alice")))
                .isInstanceOf(BadCredentialsException.class);
        assertThatThrownBy(() -> back.client().logIn(new Username("nobody"), World.passphrase("alice")))
                .isInstanceOf(BadCredentialsException.class);
        back.client().logIn(back.user(), World.passphrase("alice"));
        assertThat(back.client().state()).isInstanceOf(ClientState.Online.class);
    }

    @Test
    void deviceForWhichThereAreNoKeysIsToldSoAndMakesNoOthers() throws Exception {
        world.signUp("alice");
        MemoryClientStores empty = new MemoryClientStores();
        FaultyTransport lying = new FaultyTransport(world.transport());
        lying.incoming(
                frame -> Optional.of(frame instanceof VaultIs vault ? new VaultIs(vault.re(), 0, Bytes.EMPTY) : frame));
        Person elsewhere = world.connect("alice", empty, lying);
        assertThatThrownBy(() -> elsewhere.client().logIn(elsewhere.user(), World.passphrase("alice")))
                .isInstanceOf(KeysNotHereException.class)
                .hasMessage("this device does not hold alice's keys");
        assertThat(empty.keyrings().accounts()).isEmpty();
        assertThatThrownBy(() -> elsewhere.client().logIn(elsewhere.user(), World.passphrase("not alice")))
                .isInstanceOf(BadCredentialsException.class);
        lying.incoming(Optional::of);
        elsewhere.client().signUp(new Username("bob"), World.passphrase("bob"));
        assertThat(elsewhere.client().user()).contains(new Username("bob"));
    }

    @Test
    void serverThatShowsAnotherRealmIsToldNothingOfThePassphrase() throws Exception {
        Person alice = world.signUp("alice");
        alice.close();
        FaultyTransport lying = new FaultyTransport(world.transport());
        lying.incoming(frame -> Optional.of(frame instanceof Welcome welcome ? elsewhere(welcome) : frame));
        AtomicBoolean asked = new AtomicBoolean();
        lying.outgoing(frame -> {
            asked.compareAndSet(false, frame instanceof LogIn || frame instanceof SignUp);
            return Optional.of(frame);
        });
        Person back = world.connect("alice", alice.stores(), lying);
        assertThatThrownBy(() -> back.client().logIn(back.user(), World.passphrase("alice")))
                .isInstanceOf(RefusedException.class)
                .hasMessageContaining("another server");
        assertThatThrownBy(() -> back.client().signUp(back.user(), World.passphrase("alice")))
                .isInstanceOf(RefusedException.class);
        assertThat(asked).isFalse();
    }

    private static Welcome elsewhere(Welcome welcome) {
        return new Welcome(
                welcome.re(),
                welcome.version(),
                new Realm(Bytes.fromHex("99".repeat(16))),
                welcome.agent(),
                welcome.time(),
                welcome.limits(),
                welcome.listing(),
                welcome.kdf());
    }

    @Test
    void signInCanBeTriedAgainAfterAFailureBehindTheSession() throws Exception {
        Person alice = world.signUp("alice");
        alice.close();
        FaultyTransport faulty = new FaultyTransport(world.transport());
        AtomicBoolean failing = new AtomicBoolean(true);
        faulty.incoming(frame -> Optional.of(
                frame instanceof VaultIs vault && failing.get()
                        ? new Failure(vault.re(), ErrorCode.STORAGE_UNAVAILABLE, "made to fail")
                        : frame));
        Person back = world.connect("alice", alice.stores(), faulty);
        assertThatThrownBy(() -> back.client().logIn(back.user(), World.passphrase("alice")))
                .hasMessageContaining("made to fail");
        failing.set(false);
        back.client().logIn(back.user(), World.passphrase("alice"));
        assertThat(back.client().user()).contains(alice.user());
    }

    @Test
    void changedSaltOrCostIsRefusedBeforeThePassphraseIsUsed() throws Exception {
        Person alice = world.signUp("alice");
        alice.close();
        FaultyTransport lying = new FaultyTransport(world.transport());
        Person back = world.connect("alice", alice.stores(), lying);
        lying.incoming(frame -> Optional.of(
                frame instanceof PasswordSaltIs told
                        ? new PasswordSaltIs(told.re(), Bytes.adopt(new byte[32]), told.kdf())
                        : frame));
        assertThatThrownBy(() -> back.client().logIn(back.user(), World.passphrase("alice")))
                .isInstanceOf(KdfChangedException.class);
        lying.incoming(frame -> Optional.of(
                frame instanceof PasswordSaltIs told
                        ? new PasswordSaltIs(told.re(), told.salt(), new KdfCost(16, 1, 1))
                        : frame));
        assertThatThrownBy(() -> back.client().logIn(back.user(), World.passphrase("alice")))
                .isInstanceOf(KdfChangedException.class);
        lying.incoming(Optional::of);
        back.client().logIn(back.user(), World.passphrase("alice"));
        assertThat(back.client().user()).contains(alice.user());
    }

    @Test
    void signUpThatWasCutBeforeTheBundleGoesOnWithTheSameKeys() throws Exception {
        MemoryClientStores stores = new MemoryClientStores();
        FaultyTransport faulty = new FaultyTransport(world.transport());
        Person alice = world.connect("alice", stores, faulty);
        faulty.outgoing(frame -> {
            if (frame instanceof PutBundle) {
                faulty.kill();
            }
            return Optional.of(frame);
        });
        assertThatThrownBy(() -> alice.client().signUp(alice.user(), World.passphrase("alice")))
                .hasMessageContaining("connection");
        alice.close();

        Person back = world.logIn("alice", stores);
        Person bob = world.signUp("bob");
        bob.say(back, "are you there?");
        back.awaitTold(1);
        assertThat(back.textsTold()).containsExactly("bob: are you there?");
    }

    @Test
    void logInAfterASignUpThatNeverArrivedSaysHowToGoOn() throws Exception {
        MemoryClientStores stores = new MemoryClientStores();
        FaultyTransport faulty = new FaultyTransport(world.transport());
        Person alice = world.connect("alice", stores, faulty);
        faulty.outgoing(frame -> {
            if (frame instanceof SignUp) {
                faulty.kill();
                return Optional.empty();
            }
            return Optional.of(frame);
        });
        assertThatThrownBy(() -> alice.client().signUp(alice.user(), World.passphrase("alice")))
                .hasMessageContaining("connection");
        alice.close();

        Person back = world.connect("alice", stores, world.transport());
        assertThatThrownBy(() -> back.client().logIn(back.user(), World.passphrase("alice")))
                .isInstanceOf(KdfChangedException.class)
                .hasMessageContaining("If a sign-up on this device was cut off, sign up again");
        back.client().signUp(back.user(), World.passphrase("alice"));
        assertThat(back.client().user()).contains(alice.user());
    }

    @Test
    void connectionThatEndsWhileTheKeysAreMadeIsReplaced() throws Exception {
        FaultyTransport faulty = new FaultyTransport(world.transport());
        PublishedKeys keys = new PublishedKeys();
        RsaKeySource slow = new RsaKeySource() {
            @Override
            public RsaPrivateKey next(SecureRandom random) {
                faulty.cut();
                Person.await(() -> faulty.open() == 0, () -> "the connection is still open");
                return keys.next(random);
            }

            @Override
            public KeyPolicy policy() {
                return keys.policy();
            }
        };
        MemoryClientStores stores = new MemoryClientStores();
        try (ChatClient alice = ChatClient.connect(World.options(faulty, stores, made -> made.keySource(slow)))) {
            alice.signUp(new Username("alice"), World.passphrase("alice"));
            assertThat(alice.state()).isInstanceOf(ClientState.Online.class);
            assertThat(alice.mailbox()).isEmpty();
        }
    }

    @Test
    void selfAndNobodyAreNoPeers() throws Exception {
        Person alice = world.signUp("alice");
        assertThatThrownBy(() -> alice.client().conversation(alice.user())).isInstanceOf(NoConversationException.class);
        assertThatThrownBy(() -> alice.client().conversation(new Username("nobody")))
                .isInstanceOf(UnknownUserException.class)
                .hasMessageContaining("nobody");
        Person stranger = world.connect("bob", new MemoryClientStores(), world.transport());
        assertThatThrownBy(() -> stranger.client().conversation(alice.user())).isInstanceOf(NotLoggedInException.class);
    }

    @Test
    void closedClientRefusesEverythingAndClosesAgainWithoutHarm() throws Exception {
        Person alice = world.signUp("alice");
        Person bob = world.signUp("bob");
        var conversation = alice.with(bob);
        alice.close();
        alice.close();
        assertThat(alice.client().state()).isInstanceOf(ClientState.Closed.class);
        assertThatThrownBy(() -> conversation.sendText("too late")).isInstanceOf(ClosedException.class);
        assertThatThrownBy(() -> alice.client().mailbox()).isInstanceOf(ClosedException.class);
        assertThatThrownBy(() -> alice.client().conversation(bob.user())).isInstanceOf(ClosedException.class);
    }
}
