package dev.pychat.testkit.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pychat.client.IdentityChangedException;
import dev.pychat.client.KeysRefusedException;
import dev.pychat.model.Bytes;
import dev.pychat.model.Position;
import dev.pychat.model.Username;
import dev.pychat.store.StoreException;
import dev.pychat.store.StoredVault;
import dev.pychat.store.memory.MemoryClientStores;
import dev.pychat.testkit.liar.AnswerLie;
import dev.pychat.testkit.liar.AnswerLies;
import dev.pychat.testkit.liar.Lies;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A device that has nothing but the passphrase, and a server that replays an old vault or hands out other keys. */
class NewDeviceTest {

    private static final Username ALICE = new Username("alice");

    private World world;
    private Person alice;
    private Person bob;
    private StoredVault first;

    @BeforeEach
    void start() throws Exception {
        world = World.start();
        alice = world.signUp("alice");
        bob = world.signUp("bob");
        first = vault();
    }

    @AfterEach
    void stop() {
        world.close();
    }

    private StoredVault vault() throws StoreException {
        return world.stores().accounts().vault(ALICE).orElseThrow();
    }

    /** Alice writes, and writes again when her vault has Bob's pin and another one, in an epoch that says so. */
    private void aliceWritesUnderTwoVaults() throws Exception {
        alice.say(bob, "one");
        alice.awaitAccepted();
        bob.awaitTold(1);
        Person.await(() -> newest() > first.version(), () -> "the vault was not put");
        alice.with(world.signUp("carol")).identity();
        Person.await(() -> newest() > first.version() + 1, () -> "the vault was not put again");
        alice.close();
        alice = world.logIn("alice", alice.stores());
        alice.say(bob, "two");
        alice.awaitAccepted();
        bob.awaitTold(2);
        alice.close();
    }

    private long newest() {
        try {
            return vault().version();
        } catch (StoreException e) {
            throw new AssertionError(e);
        }
    }

    private AnswerLie theFirstVault() {
        return AnswerLies.vault(first.version(), first.sealed());
    }

    private AnswerLie forgedKeysOfBob() throws Exception {
        Bytes forged = DeviceKeys.bundleOfAnotherIdentity(bob);
        return AnswerLies.bundle(bob.user(), forged, 1);
    }

    private void lie(AnswerLie... lies) {
        world.liar().answer(ALICE, truth -> {
            var told = truth;
            for (AnswerLie lie : lies) {
                told = lie.tell(told);
            }
            return told;
        });
    }

    private Person tablet() throws Exception {
        return world.logIn("alice", new MemoryClientStores());
    }

    @Test
    void vaultThatIsOlderThanTheOwnMessagesSayIsRefused() throws Exception {
        aliceWritesUnderTwoVaults();
        lie(theFirstVault());
        Person tablet = tablet();
        assertThat(Person.texts(tablet.history(bob))).containsExactly("alice: one", "alice: two");
        tablet.say(bob, "three");
        tablet.awaitAccepted();
        bob.awaitTold(3);
        assertThat(tablet.notices()).singleElement().asString().startsWith("VAULT_ROLLED_BACK");
        assertThat(Scene.found(tablet)).isEmpty();
        ConversationTest.noFindings(bob);
        assertThatThrownBy(() -> tablet.client().rotateKeys()).hasMessageStartingWith("VAULT_ROLLED_BACK");

        world.liar().beHonest();
        tablet.client().rotateKeys();
        // The server had said that it took the tablet's own second version, and has another one.
        assertThat(tablet.notices()).hasSize(2).last().asString().contains("does not follow the version 2");
        tablet.client().rotateKeys();
        assertThat(tablet.notices()).hasSize(2);
    }

    @Test
    void vaultThatIsTheNewestOneIsNoRollback() throws Exception {
        aliceWritesUnderTwoVaults();
        Person tablet = tablet();
        assertThat(tablet.history(bob)).hasSize(2);
        ConversationTest.noFindings(tablet, bob);
    }

    /** The messages give nothing to notice it by, until somebody says what there was before. */
    @Test
    void oldVaultWithTheHistoryOfThatTimeIsFoundAtThePeersNextMessage() throws Exception {
        aliceWritesUnderTwoVaults();
        lie(theFirstVault());
        world.liar().tell(ALICE, bob.user(), Lies.rollBack(new Position(1), new Position(2)));
        Person tablet = tablet();
        assertThat(Person.texts(tablet.history(bob))).containsExactly("alice: one");
        assertThat(Scene.found(tablet)).isEmpty();
        bob.say(alice, "three");
        tablet.awaitTold(2);
        assertThat(Scene.texts(tablet)).containsExactly("one", "three");
        assertThat(Scene.found(tablet)).containsExactly("2 VIEWS_DIFFER");
    }

    @Test
    void oldVaultAndForgedKeysPinNobodyButTheOneThatWasWrittenTo() throws Exception {
        bob.say(alice, "zero");
        bob.awaitAccepted();
        alice.awaitTold(1);
        alice.say(bob, "one");
        alice.awaitAccepted();
        alice.close();
        lie(theFirstVault(), forgedKeysOfBob());
        Person tablet = tablet();
        assertThat(Person.texts(tablet.history(bob))).containsExactly("bob: zero", "alice: one");
        assertThatThrownBy(() -> tablet.with(bob)
                        .acceptIdentity(tablet.with(bob).identity().fingerprint()))
                .isInstanceOf(IdentityChangedException.class);
        assertThat(tablet.changes()).hasSize(1);
        assertThatThrownBy(() -> tablet.say(bob, "two")).isInstanceOf(IdentityChangedException.class);
        assertThat(Scene.found(tablet)).isEmpty();

        world.liar().beHonest();
        Person.await(() -> isTheTrueOne(tablet), () -> "the lie stays");
        tablet.say(bob, "two");
        tablet.awaitAccepted();
        bob.awaitTold(3);
        ConversationTest.noFindings(bob);
    }

    /** Asked until it is so, since an answer that is a lie may still be on its way. */
    private boolean isTheTrueOne(Person tablet) {
        try {
            return tablet.with(bob).identity().change().isEmpty();
        } catch (KeysRefusedException lie) {
            return false;
        } catch (Exception e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void forgedKeysOfAPeerWhoNeverWroteAreNotPinned() throws Exception {
        alice.say(bob, "one");
        alice.awaitAccepted();
        alice.close();
        lie(theFirstVault(), forgedKeysOfBob());
        Person tablet = tablet();
        tablet.with(bob);
        Person.await(() -> !tablet.refusedKeys().isEmpty(), () -> "nothing was refused: " + tablet.notices());
        assertThatThrownBy(() -> tablet.say(bob, "two")).isInstanceOf(IdentityChangedException.class);
        assertThat(world.liar().truth(ALICE, bob.user())).hasSize(1);

        world.liar().beHonest();
        Person.await(() -> isTheTrueOne(tablet), () -> "the lie stays");
        tablet.say(bob, "two");
        tablet.awaitAccepted();
        bob.awaitTold(2);
        // In its turn or late: it may have been on its way when the refusal was told.
        Person.await(
                () -> Stream.concat(tablet.told().stream(), tablet.openedLate().stream())
                        .anyMatch(
                                message -> message.text().filter("one"::equals).isPresent()),
                () -> "the first message was not opened");
        assertThat(Person.texts(tablet.history(bob))).containsExactly("alice: one", "alice: two");
        ConversationTest.noFindings(bob);
    }
}
