package dev.pychat.testkit.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pychat.client.RefusedException;
import dev.pychat.envelope.RewrapRequest;
import dev.pychat.key.HistoryPolicy;
import dev.pychat.key.KeySection;
import dev.pychat.key.Suite;
import dev.pychat.keyring.Keyring;
import dev.pychat.keyring.Vault;
import dev.pychat.model.Bytes;
import dev.pychat.model.DeviceId;
import dev.pychat.store.memory.MemoryClientStores;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Devices of an account that forgets which have no place in it, or share one: one too many, one that was removed, and a copy. */
class UnreachedDevicesTest extends ForgettingPeople {

    private static DeviceId id(Person person) throws Exception {
        try (Keyring keys = DeviceKeys.of(person)) {
            return keys.device();
        }
    }

    private List<Bytes> accountSections() throws Exception {
        return published(alice).fields().sections().stream()
                .filter(section ->
                        section.suite().equals(Suite.RSA) && section.device().equals(DeviceId.ACCOUNT))
                .map(KeySection::key)
                .toList();
    }

    private static long requests(Person to) {
        return to.told().stream()
                .flatMap(message -> message.content().stream())
                .filter(content -> content.type() == RewrapRequest.TYPE)
                .count();
    }

    @Test
    void ninthDeviceIsToldThatItReadsNothingAndAsksNobody() throws Exception {
        alice.client().changeHistoryPolicy(AFTER_A_WEEK);
        List<Person> others = new ArrayList<>();
        for (int i = 2; i <= 8; i++) {
            others.add(logIn("alice", new MemoryClientStores()));
            others.get(i - 2).close();
        }
        Person ninth = logIn("alice", new MemoryClientStores());
        assertThat(ninth.awaitNotices(1))
                .singleElement()
                .asString()
                .contains("8 other devices", "reads nothing", "Remove a device")
                .doesNotContain("put into the vault");
        bob = backAgain(bob);
        int told = ninth.told().size();
        says(bob, alice, "to the eight");
        says(alice, bob, "from the first");
        ninth.awaitTold(told + 2);
        assertThat(ninth.history(bob)).hasSize(2).allSatisfy(message -> {
            assertThat(message.text()).isEmpty();
            // As what was made before a device joined: no text, and no finding.
            assertThat(message.findings()).isEmpty();
            assertThat(message.forgotten()).isFalse();
        });
        ninth.say(bob, "from the ninth");
        ninth.awaitAccepted();
        bob.awaitTold(3);
        ninth.client().devices().remove(id(others.get(0)));
        bob = backAgain(bob);
        told = ninth.told().size();
        says(bob, alice, "to the ninth");
        ninth.awaitTold(told + 1);
        assertThat(ninth.textsTold()).contains("bob: to the ninth");
        assertThat(requests(bob)).isZero();
        ConversationTest.noFindings(alice, bob);
    }

    @Test
    void deviceThatWasRemovedDecidesNothingForTheAccount() throws Exception {
        Person tablet = logIn("alice", new MemoryClientStores());
        alice.client().devices().remove(id(tablet));
        alice.client().changeHistoryPolicy(AFTER_A_WEEK);
        tablet = backAgain(tablet);
        List<Bytes> sections = accountSections();
        long serial = published(alice).fields().serial();
        Person removed = tablet;
        assertThatThrownBy(() -> removed.client().changeHistoryPolicy(HistoryPolicy.KEEP))
                .isInstanceOf(RefusedException.class)
                .hasMessageContainingAll("was removed from the account alice", "history policy", "log in anew");
        assertThatThrownBy(() -> removed.client().rotateKeys())
                .isInstanceOf(RefusedException.class)
                .hasMessageContainingAll("was removed from the account alice", "no new keys", "log in anew");
        assertThat(accountSections()).isEqualTo(sections);
        assertThat(published(alice).fields().serial()).isEqualTo(serial);
        assertThat(alice.client().historyPolicy()).isEqualTo(AFTER_A_WEEK);
        try (Vault vault = Seizure.vault(world, alice)) {
            assertThat(Seizure.openingKeys(vault.entries())).isEmpty();
        }
        tablet.client().devices().rejoin();
        tablet.client().changeHistoryPolicy(HistoryPolicy.forgetAfter(Duration.ofDays(3)));
        assertThat(published(alice).historyPolicy()).isEqualTo(HistoryPolicy.forgetAfter(Duration.ofDays(3)));
    }

    /** Keys are where they were made only, so of two copies one reads what the other one does not. */
    @Test
    void copyOfADeviceAndTheLivingOneAreBothTold() throws Exception {
        alice.client().changeHistoryPolicy(AFTER_A_WEEK);
        FailingStores device = new FailingStores((MemoryClientStores) alice.stores());
        alice.close();
        alice = logIn("alice", device);
        bob = backAgain(bob);
        says(bob, alice, "one");
        MemoryClientStores copied = device.copy();
        clock.goOn(Duration.ofDays(8));
        alice = backAgain(alice);
        assertThat(alice.notices()).isEmpty();
        Person copy = logIn("alice", copied);
        assertThat(copy.awaitNotices(1))
                .singleElement()
                .asString()
                .contains("another copy of this device", "log in anew");
        alice = backAgain(alice);
        assertThat(alice.awaitNotices(1))
                .singleElement()
                .asString()
                .contains("another copy of this device", "log in anew");
        bob = backAgain(bob);
        says(bob, alice, "two");
        assertThat(alice.textsTold()).contains("bob: two");
        copy.close();
        alice = backAgain(alice);
        alice.client().rotateKeys();
        alice = backAgain(alice);
        assertThat(alice.notices()).isEmpty();
    }
}
