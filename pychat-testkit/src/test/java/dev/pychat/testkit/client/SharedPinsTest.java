package dev.pychat.testkit.client;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pychat.client.IdentityChange;
import dev.pychat.client.PeerIdentity;
import dev.pychat.key.Fingerprint;
import dev.pychat.store.memory.MemoryClientStores;
import dev.pychat.wire.ErrorCode;
import dev.pychat.wire.Failure;
import dev.pychat.wire.VaultIs;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What two devices of one account say of a peer's identity, by way of the vault: of two marks the less trusting one is kept. */
class SharedPinsTest {

    private World world;
    private FaultyTransport wire;
    private Person alice;
    private Person tablet;
    private Person bob;

    @BeforeEach
    void start() throws Exception {
        world = World.start();
        wire = new FaultyTransport(world.transport());
        alice = world.connect("alice", new MemoryClientStores(), wire);
        alice.client().signUp(alice.user(), World.passphrase("alice"));
        bob = world.signUp("bob");
    }

    @AfterEach
    void stop() {
        world.close();
    }

    @Test
    void markThatWasTakenAwayDoesNotComeBackWhileTheConversationIsOpen() throws Exception {
        verifiedOnBoth();
        takeAwayUnseen();
        rotatedOnTheTablet();
        wire.incoming(Optional::of);
        alice.client().rotateKeys();
        notVerifiedAnywhere(alice);
    }

    @Test
    void markThatWasTakenAwayDoesNotComeBackWithTheNextLogIn() throws Exception {
        verifiedOnBoth();
        takeAwayUnseen();
        alice.close();
        rotatedOnTheTablet();
        Person back = world.logIn("alice", alice.stores());
        notVerifiedAnywhere(back);
    }

    private void verifiedOnBoth() throws Exception {
        alice.with(bob).verify(alice.with(bob).identity().safetyNumber());
        tablet = world.logIn("alice", new MemoryClientStores());
        assertThat(tablet.with(bob).identity().verified()).isTrue();
    }

    /** On one device, and the vault does not learn of it. */
    private void takeAwayUnseen() throws Exception {
        withoutVault();
        alice.with(bob).unverify();
        assertThat(alice.awaitNotices(1)).singleElement().asString().contains("bob", "vault yet");
    }

    private void withoutVault() {
        wire.incoming(frame -> Optional.of(
                frame instanceof VaultIs vault ? new Failure(vault.re(), ErrorCode.INTERNAL, "not now") : frame));
    }

    /** The other device sees new keys of bob's, which its pin counts as one change as well. */
    private void rotatedOnTheTablet() throws Exception {
        bob.client().rotateKeys();
        tablet.with(bob).identity();
        tablet.client().rotateKeys();
        assertThat(tablet.with(bob).identity().verified()).isTrue();
    }

    private void notVerifiedAnywhere(Person device) throws Exception {
        assertThat(device.with(bob).identity().verified()).isFalse();
        tablet.client().rotateKeys();
        assertThat(tablet.with(bob).identity().verified()).isFalse();
        device.client().rotateKeys();
        assertThat(device.with(bob).identity().verified()).isFalse();
        Person phone = world.logIn("alice", new MemoryClientStores());
        assertThat(phone.with(bob).identity().verified()).isFalse();
    }

    @Test
    void ofTwoIdentitiesThatTwoDevicesHaveAcceptedNeitherCounts() throws Exception {
        Fingerprint first = acceptedOneOnEach();
        wire.incoming(Optional::of);
        alice.client().rotateKeys();
        neitherCounts(first, alice);
    }

    @Test
    void ofTwoAcceptedIdentitiesNeitherCountsAfterALogInEither() throws Exception {
        Fingerprint first = acceptedOneOnEach();
        alice.close();
        neitherCounts(first, world.logIn("alice", alice.stores()));
    }

    /** The one that was known before. */
    private Fingerprint acceptedOneOnEach() throws Exception {
        Fingerprint first = alice.with(bob).identity().fingerprint();
        alice.client().rotateKeys();
        tablet = world.logIn("alice", new MemoryClientStores());
        assertThat(tablet.with(bob).identity().fingerprint()).isEqualTo(first);
        withoutVault();
        renewBob();
        accept(alice);
        renewBob();
        accept(tablet);
        return first;
    }

    private void neitherCounts(Fingerprint first, Person back) throws Exception {
        tablet.client().rotateKeys();
        for (Person device : List.of(back, tablet, world.logIn("alice", new MemoryClientStores()))) {
            PeerIdentity identity = device.with(bob).identity();
            assertThat(identity.fingerprint()).isEqualTo(first);
            assertThat(identity.change()).isPresent();
        }
    }

    @Test
    void decisionsAreInTheVaultWhenTheCallReturns() throws Exception {
        alice.with(bob).verify(alice.with(bob).identity().safetyNumber());
        assertThat(onANewDevice().verified()).isTrue();
        alice.with(bob).unverify();
        assertThat(onANewDevice().verified()).isFalse();
        renewBob();
        IdentityChange change = accept(alice);
        alice.close();
        PeerIdentity identity = onANewDevice();
        assertThat(identity.fingerprint()).isEqualTo(change.after());
        assertThat(identity.change()).isEmpty();
        assertThat(alice.notices()).noneMatch(notice -> notice.contains("vault yet"));
    }

    private PeerIdentity onANewDevice() throws Exception {
        try (Person phone = world.logIn("alice", new MemoryClientStores())) {
            return phone.with(bob).identity();
        }
    }

    @Test
    void decisionWithoutConnectionIsSaidToBeHereOnlyAndGoesToTheVaultLater() throws Exception {
        alice.with(bob).verify(alice.with(bob).identity().safetyNumber());
        wire.kill();
        Person.await(() -> wire.open() == 0, () -> "still connected");
        alice.with(bob).unverify();
        assertThat(alice.awaitNotices(1)).singleElement().asString().contains("bob", "vault yet");
        alice.close();
        assertThat(onANewDevice().verified()).isTrue();
        world.logIn("alice", alice.stores()).client().rotateKeys();
        assertThat(onANewDevice().verified()).isFalse();
    }

    private IdentityChange accept(Person device) throws Exception {
        IdentityChange change = device.with(bob).identity().change().orElseThrow();
        device.with(bob).acceptIdentity(change.after());
        return change;
    }

    private void renewBob() throws Exception {
        bob.close();
        try (StoredKeys keys = StoredKeys.of(bob)) {
            keys.renewIdentity(world);
        }
        bob = world.logIn("bob", bob.stores());
    }
}
