package dev.pychat.testkit.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pychat.backup.Backup;
import dev.pychat.client.NotLoggedInException;
import dev.pychat.key.HistoryPolicy;
import dev.pychat.key.KeyBundle;
import dev.pychat.keyring.Vault;
import dev.pychat.model.Bytes;
import dev.pychat.model.Content;
import dev.pychat.store.memory.MemoryClientStores;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** What is left of the keys of somebody who forgets. */
class ForgettingKeysTest extends ForgettingPeople {
    @Test
    void policyIsTheAccountsOwnSignedWordAndStandsInEveryHeader() throws Exception {
        assertThat(alice.client().historyPolicy()).isEqualTo(HistoryPolicy.KEEP);
        says(alice, bob, "one");
        assertThat(policiesOfTheLastEpoch()).containsExactly(0L, 0L);
        alice.client().changeHistoryPolicy(AFTER_A_WEEK);
        assertThat(alice.client().historyPolicy()).isEqualTo(AFTER_A_WEEK);
        assertThat(published(alice).historyPolicy()).isEqualTo(AFTER_A_WEEK);
        alice = backAgain(alice);
        assertThat(alice.client().historyPolicy()).isEqualTo(AFTER_A_WEEK);
        says(alice, bob, "two");
        assertThat(policiesOfTheLastEpoch()).containsExactly(WEEK.toSeconds(), 0L);
        bob = backAgain(bob);
        says(bob, alice, "three");
        assertThat(policiesOfTheLastEpoch()).containsExactly(0L, WEEK.toSeconds());
        ConversationTest.noFindings(alice, bob);
    }

    @Test
    void onlyWhoIsLoggedInHasAPolicy() throws Exception {
        Person nobody = connect("nobody", new MemoryClientStores());
        assertThatThrownBy(() -> nobody.client().historyPolicy()).isInstanceOf(NotLoggedInException.class);
        assertThatThrownBy(() -> nobody.client().changeHistoryPolicy(AFTER_A_WEEK))
                .isInstanceOf(NotLoggedInException.class);
    }

    @Test
    void vaultAndBackupHoldNoPrivateKeyThatOpensMessages() throws Exception {
        says(bob, alice, "one");
        try (Vault before = Seizure.vault(world, alice)) {
            assertThat(Seizure.openingKeys(before.entries())).isNotEmpty();
        }
        alice.client().changeHistoryPolicy(AFTER_A_WEEK);
        says(bob, alice, "two");
        says(alice, bob, "three");
        alice.client().rotateKeys();
        try (Vault vault = Seizure.vault(world, alice)) {
            assertThat(Seizure.openingKeys(vault.entries())).isEmpty();
            assertThat(vault.entries()).anyMatch(entry -> entry.type() == 3 && entry.tombstone());
            assertThat(vault.entries()).anyMatch(entry -> entry.type() == 7 && entry.tombstone());
        }
        try (Backup backup = BackupFile.of(alice).open(alice.client())) {
            assertThat(Seizure.openingKeys(backup.keys().entries())).isEmpty();
        }
        ConversationTest.noFindings(alice, bob);
    }

    @Test
    void backupOfTheTimeBeforeBringsNoKeyBack() throws Exception {
        says(bob, alice, "one");
        BackupFile before = BackupFile.of(alice);
        alice.client().changeHistoryPolicy(AFTER_A_WEEK);
        clock.goOn(WEEK);
        alice = backAgain(alice);
        Person.await(() -> opens(alice, bob).isEmpty(), () -> "the old keys stay");
        before.takenBy(alice);
        alice.client().rotateKeys();
        assertThat(opens(alice, bob)).isEmpty();
        try (Vault vault = Seizure.vault(world, alice)) {
            assertThat(Seizure.openingKeys(vault.entries())).isEmpty();
        }
    }

    @Test
    void passphraseAndServerOpenEverythingOfAnAccountThatKeeps() throws Exception {
        says(alice, bob, "one");
        says(bob, alice, "two");
        alice.client().rotateKeys();
        bob = backAgain(bob);
        says(bob, alice, "three");
        alice.awaitAccepted();
        alice.client().rotateKeys();
        assertThat(Seizure.ofTheServer(world, alice).opens(bob)).containsExactly(1L, 2L, 3L);
    }

    @Test
    void seizedKeyringAndServerOpenNothingThatIsOlderThanTheTime() throws Exception {
        bothForget();
        says(alice, bob, "one");
        says(bob, alice, "two");
        assertThat(Seizure.ofTheServer(world, alice).opens(bob)).isEmpty();
        assertThat(opens(alice, bob)).containsExactly(1L, 2L);
        clock.goOn(WEEK.minusHours(1));
        alice = backAgain(alice);
        assertThat(opens(alice, bob)).contains(1L, 2L);
        clock.goOn(Duration.ofHours(2));
        alice = backAgain(alice);
        alice.client().rotateKeys();
        assertThat(opens(alice, bob)).isEmpty();
        bob = backAgain(bob);
        says(bob, alice, "three");
        says(alice, bob, "four");
        assertThat(opens(alice, bob)).containsExactly(3L, 4L);
        ConversationTest.noFindings(alice, bob);
    }

    /** The pool is dry, so what was sent lies under wrapping and last-resort key alone. */
    @Test
    void whatWasWrappedToALastResortKeyIsGoneWithIt() throws Exception {
        bothForget();
        while (world.stores()
                .keys()
                .takeOneTimeKey(alice.user(), DeviceKeys.of(alice).device())
                .isPresent()) {
            assertThat(alice.notices()).isEmpty();
        }
        says(bob, alice, "one");
        assertThat(opens(alice, bob)).containsExactly(1L);
        Bytes before = bundle(alice);
        clock.goOn(WEEK);
        alice = backAgain(alice);
        Person.await(() -> !bundle(alice).equals(before), () -> "the last-resort key is not replaced");
        assertThat(opens(alice, bob)).as("replaced a moment ago").containsExactly(1L);
        clock.goOn(WEEK);
        alice = backAgain(alice);
        Person.await(() -> opens(alice, bob).isEmpty(), () -> "the last-resort key stays");
    }

    private Bytes bundle(Person person) {
        try {
            return published(person).bytes();
        } catch (Exception e) {
            throw new AssertionError("the bundle can't be read", e);
        }
    }

    @Test
    void messageThatWaitsForADeviceLongAfterItsKeyWasReplacedIsReadBeforeTheKeyIsErased() throws Exception {
        bothForget();
        bob.with(alice).identity();
        bob.say(alice, "zero");
        bob.awaitAccepted();
        alice.awaitTold(1);
        KeyBundle old = published(alice);
        alice.client().rotateKeys();
        alice.close();
        Bulk late = new Bulk(world, bob, alice, old.bytes(), clock.instant());
        late.write(Content.text("on the bundle before"));
        clock.goOn(Duration.ofDays(20));
        alice = logIn("alice", alice.stores());
        alice.awaitTold(1);
        assertThat(alice.textsTold()).containsExactly("bob: on the bundle before");
        ConversationTest.noFindings(alice, bob);
        Person.await(() -> opens(alice, bob).isEmpty(), () -> "the replaced key stays");
    }

    @Test
    void theKeyOfAnOwnWrapNeverLeavesTheDeviceAndOpensTheEpochAfterARestart() throws Exception {
        alice.client().changeHistoryPolicy(AFTER_A_WEEK);
        int pool = world.stores()
                .keys()
                .oneTimeKeys(alice.user(), DeviceKeys.of(alice).device());
        alice.say(bob, "one");
        alice.awaitAccepted();
        bob.awaitTold(1);
        alice = backAgain(alice);
        alice.client().rotateKeys();
        assertThat(world.stores()
                        .keys()
                        .oneTimeKeys(alice.user(), DeviceKeys.of(alice).device()))
                .isEqualTo(pool);
        assertThat(Person.texts(alice.history(bob))).containsExactly("alice: one");
        assertThat(opens(alice, bob)).containsExactly(1L);
        ConversationTest.noFindings(alice, bob);
    }

    /** Its process ends between the server's answer and the message's way back. */
    @Test
    void ownMessageThatWasSentJustBeforeTheProcessEndedIsReadAfterwards() throws Exception {
        alice.client().changeHistoryPolicy(AFTER_A_WEEK);
        FailingStores device = new FailingStores((MemoryClientStores) alice.stores());
        alice.close();
        alice = logIn("alice", device);
        device.transcripts().fail(Fault.Kind.REFUSED, 1_000);
        alice.say(bob, "one");
        alice.awaitAccepted();
        Person.await(() -> device.transcripts().count() > 0, () -> "nothing was to be stored");
        alice.close();
        clock.goOn(Duration.ofDays(20));
        Person back = logIn("alice", device.copy());
        back.awaitTold(1);
        assertThat(back.textsTold()).containsExactly("alice: one");
        ConversationTest.noFindings(back, bob);
    }
}
