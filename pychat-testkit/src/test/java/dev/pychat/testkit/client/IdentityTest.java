package dev.pychat.testkit.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pychat.client.ClientState;
import dev.pychat.client.IdentityChange;
import dev.pychat.client.IdentityChangedException;
import dev.pychat.client.SafetyNumberDiffersException;
import dev.pychat.client.ServerUnreachableException;
import dev.pychat.key.SafetyNumber;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Who somebody is, and whether a person has compared it. */
class IdentityTest {

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
    void bothSeeTheSameNumberAndNobodyElseDoes() throws Exception {
        Person carol = world.signUp("carol");
        SafetyNumber number = alice.with(bob).identity().safetyNumber();
        assertThat(bob.with(alice).identity().safetyNumber()).isEqualTo(number);
        assertThat(carol.with(alice).identity().safetyNumber())
                .isNotEqualTo(number)
                .isNotEqualTo(carol.with(bob).identity().safetyNumber());
    }

    @Test
    void numberAndMarkAreThereOfflineAndAfterARestart() throws Exception {
        SafetyNumber number = alice.with(bob).identity().safetyNumber();
        world.stopServer();
        alice.with(bob).verify(number);
        assertThat(alice.with(bob).identity().verified()).isTrue();
        world.startServerAgain();
        alice.close();

        Person back = world.logIn("alice", alice.stores());
        assertThat(back.with(bob).identity().verified()).isTrue();
        assertThat(back.with(bob).identity().safetyNumber()).isEqualTo(number);
        bob.awaitOnline(alice);
        assertThat(bob.with(alice).identity().verified()).as("bob's own mark").isFalse();
    }

    @Test
    void markIsTakenBack() throws Exception {
        alice.with(bob).verify(alice.with(bob).identity().safetyNumber());
        alice.with(bob).unverify();
        assertThat(alice.with(bob).identity().verified()).isFalse();
    }

    @Test
    void anotherNumberMarksNothing() throws Exception {
        Person carol = world.signUp("carol");
        SafetyNumber other = alice.with(carol).identity().safetyNumber();
        alice.with(bob).identity();
        assertThatThrownBy(() -> alice.with(bob).verify(other)).isInstanceOf(SafetyNumberDiffersException.class);
        assertThat(alice.with(bob).identity().verified()).isFalse();
    }

    @Test
    void changeIsToldOnceAndStopsSendingAlsoAfterARestart() throws Exception {
        alice.with(bob).verify(alice.with(bob).identity().safetyNumber());
        bob = renewed(bob);
        SafetyNumber seenByBob = bob.with(alice).identity().safetyNumber();
        for (int i = 0; i < 2; i++) {
            IdentityChange change = alice.with(bob).identity().change().orElseThrow();
            assertThat(change.safetyNumber()).isEqualTo(seenByBob);
            assertThat(change.wasVerified()).isTrue();
            assertThat(change.announced()).isFalse();
            assertThat(change.before()).isEqualTo(alice.with(bob).identity().fingerprint());
        }
        assertThatThrownBy(() -> alice.say(bob, "secret"))
                .isInstanceOf(IdentityChangedException.class)
                .hasMessageContaining("or somebody stands between you");
        Person.await(() -> !alice.changes().isEmpty(), () -> "no event");
        assertThat(alice.changes()).hasSize(1);
        assertThat(alice.notices()).containsExactly(alice.changes().get(0).sentence());
        alice.close();

        Person back = world.logIn("alice", alice.stores());
        world.stopServer();
        Person.await(() -> !(back.client().state() instanceof ClientState.Online), () -> "still online");
        assertThat(back.with(bob).identity().change()).isPresent();
        assertThatThrownBy(() -> back.say(bob, "secret")).isInstanceOf(IdentityChangedException.class);
        SafetyNumber old = back.with(bob).identity().safetyNumber();
        assertThatThrownBy(() -> back.with(bob).verify(old)).isInstanceOf(IdentityChangedException.class);
    }

    @Test
    void acceptedIdentityHasToBeComparedAnew() throws Exception {
        alice.with(bob).verify(alice.with(bob).identity().safetyNumber());
        bob = renewed(bob);
        IdentityChange change = alice.with(bob).identity().change().orElseThrow();
        alice.with(bob).acceptIdentity(change.after());
        assertThat(alice.with(bob).identity().verified()).isFalse();
        assertThat(alice.with(bob).identity().change()).isEmpty();
        assertThat(alice.with(bob).identity().fingerprint()).isEqualTo(change.after());
        alice.with(bob).verify(change.safetyNumber());
        alice.say(bob, "hello again");
        bob.awaitTold(1);
        assertThat(bob.textsTold()).containsExactly("alice: hello again");
    }

    @Test
    void onlyTheIdentityThatWasSeenIsAccepted() throws Exception {
        alice.with(bob).identity();
        bob = renewed(bob);
        IdentityChange seen = alice.with(bob).identity().change().orElseThrow();
        bob = renewed(bob);
        assertThatThrownBy(() -> alice.with(bob).acceptIdentity(seen.after()))
                .isInstanceOf(IdentityChangedException.class)
                .hasMessageContaining("look again");
        IdentityChange second = alice.with(bob).identity().change().orElseThrow();
        assertThat(second.after()).isNotEqualTo(seen.after());
        assertThat(second.before()).isEqualTo(seen.before());
        Person.await(() -> alice.changes().size() == 2, () -> "told of " + alice.changes());
        assertThat(alice.changes()).containsExactly(seen, second);
        assertThatThrownBy(() -> alice.say(bob, "secret")).isInstanceOf(IdentityChangedException.class);
        alice.with(bob).acceptIdentity(second.after());
        alice.say(bob, "hello again");
        bob.awaitTold(1);
    }

    @Test
    void nothingIsAcceptedThatDidNotChangeOrWithoutAConnection() throws Exception {
        var same = alice.with(bob).identity().fingerprint();
        assertThatThrownBy(() -> alice.with(bob).acceptIdentity(same)).isInstanceOf(IdentityChangedException.class);
        bob = renewed(bob);
        IdentityChange change = alice.with(bob).identity().change().orElseThrow();
        world.stopServer();
        Person.await(() -> !(alice.client().state() instanceof ClientState.Online), () -> "still online");
        assertThatThrownBy(() -> alice.with(bob).acceptIdentity(change.after()))
                .isInstanceOf(ServerUnreachableException.class);
        assertThat(alice.with(bob).identity().change()).isPresent();
    }

    @Test
    void formerIdentityThatComesBackTakesTheChangeAway() throws Exception {
        alice.close();
        FaultyTransport faulty = new FaultyTransport(world.transport());
        Person back = world.connect("alice", alice.stores(), faulty);
        back.client().logIn(back.user(), World.passphrase("alice"));
        back.with(bob).identity();
        bob.close();
        try (StoredKeys former = StoredKeys.of(bob)) {
            var genuine = former.bundle();
            former.renewIdentity(world);
            assertThat(back.with(bob).identity().change()).isPresent();
            faulty.incoming(Swaps.bundle(genuine.bytes()));
            assertThat(back.with(bob).identity().change()).isEmpty();
            back.say(bob, "still to the former");
        }
    }

    private Person renewed(Person person) throws Exception {
        person.close();
        try (StoredKeys keys = StoredKeys.of(person)) {
            keys.renewIdentity(world);
        }
        return world.logIn(person.user().value(), person.stores());
    }
}
