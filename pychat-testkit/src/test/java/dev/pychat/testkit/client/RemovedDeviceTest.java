package dev.pychat.testkit.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pychat.client.Device;
import dev.pychat.client.RefusedException;
import dev.pychat.key.KeyBundle;
import dev.pychat.key.KeySection;
import dev.pychat.key.Suite;
import dev.pychat.model.DeviceId;
import dev.pychat.store.memory.MemoryClientStores;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** An account with several devices, of which the person removes some. */
class RemovedDeviceTest {

    private static final String TOLD = "this device was removed from the account bob";

    private World world;
    private Person alice;
    private Person bob;
    private Person phone;

    @BeforeEach
    void meet() throws Exception {
        world = World.start();
        alice = world.signUp("alice");
        bob = world.signUp("bob");
        phone = world.logIn("bob", new MemoryClientStores());
    }

    @AfterEach
    void end() {
        world.close();
    }

    private static DeviceId id(Person person) throws Exception {
        return DeviceKeys.of(person).device();
    }

    private List<DeviceId> published() throws Exception {
        KeyBundle latest = KeyBundle.parse(
                world.stores().keys().latestBundle(bob.user()).orElseThrow().bytes());
        return latest.fields().sections().stream()
                .filter(section -> section.suite().equals(Suite.HYBRID))
                .map(KeySection::device)
                .toList();
    }

    private int pool(DeviceId device) throws Exception {
        return world.stores().keys().oneTimeKeys(bob.user(), device);
    }

    private static void awaitRemoved(Person person) {
        Person.await(
                () -> person.notices().stream().anyMatch(notice -> notice.startsWith(TOLD)),
                () -> person.user() + " was given the notices " + person.notices());
    }

    @Test
    void accountKnowsItsDevices() throws Exception {
        List<Device> devices = bob.client().devices().list();
        assertThat(devices).extracting(Device::id).containsExactly(id(bob), id(phone));
        assertThat(devices).extracting(Device::isThisOne).containsExactly(true, false);
        assertThat(devices).allSatisfy(device -> {
            assertThat(device.isListed()).isTrue();
            assertThat(device.isRemoved()).isFalse();
            assertThat(device.keysMade()).isPresent();
        });
    }

    @Test
    void peersSealToTheRemainingOnesOnlyAndNobodyFindsAnything() throws Exception {
        alice.say(bob, "to both");
        alice.awaitAccepted();
        bob.awaitTold(1);
        phone.awaitTold(1);
        DeviceId gone = id(phone);
        bob.client().devices().remove(gone);
        assertThat(published()).containsExactly(id(bob));
        assertThat(pool(gone)).isZero();
        awaitRemoved(phone);
        alice.close();
        alice = world.logIn("alice", alice.stores());
        alice.say(bob, "to one");
        alice.awaitAccepted();
        bob.awaitTold(2);
        bob.say(alice, "well");
        bob.awaitAccepted();
        alice.awaitTold(1);
        // It has the passphrase, so the vault's keys open what was not sealed to it by itself.
        phone.awaitTold(2);
        phone.say(alice, "still here");
        phone.awaitAccepted();
        alice.awaitTold(2);
        bob.awaitTold(2);
        assertThat(bob.notices()).isEmpty();
        assertThat(alice.notices()).isEmpty();
        assertThat(published()).containsExactly(id(bob));
        assertThat(pool(gone)).isZero();
        ConversationTest.noFindings(alice, bob);
        assertThat(phone.history(alice))
                .hasSize(4)
                .allSatisfy(message -> assertThat(message.findings()).isEmpty());
        assertThat(phone.notices()).hasSize(1);
        assertThat(bob.client().devices().list()).last().satisfies(device -> {
            assertThat(device.id()).isEqualTo(gone);
            assertThat(device.isListed()).isFalse();
            assertThat(device.isRemoved()).isTrue();
        });
    }

    @Test
    void removedDeviceThatWasAwayIsToldAndComesBackOnlyWhenThePersonWantsIt() throws Exception {
        phone.close();
        DeviceId gone = id(phone);
        bob.client().devices().remove(gone);
        phone = world.logIn("bob", phone.stores());
        awaitRemoved(phone);
        assertThatThrownBy(() -> phone.client().rotateKeys())
                .isInstanceOf(RefusedException.class)
                .hasMessageContaining("was removed from the account bob");
        phone.client().changePassphrase(World.passphrase("bob"), World.passphrase("bob"));
        assertThat(published()).containsExactly(id(bob));
        assertThatThrownBy(() -> phone.client().devices().remove(id(bob)))
                .isInstanceOf(RefusedException.class)
                .hasMessageContaining("removed from the account itself");
        phone.client().devices().rejoin();
        assertThat(published()).containsExactlyInAnyOrder(id(bob), gone);
        assertThat(pool(gone)).isPositive();
        assertThat(phone.client().devices().list()).noneMatch(Device::isRemoved);
        assertThatThrownBy(() -> phone.client().devices().rejoin()).hasMessageContaining("not removed");
        phone.close();
        phone = world.logIn("bob", phone.stores());
        alice.say(phone, "welcome back");
        alice.awaitAccepted();
        phone.awaitTold(1);
        ConversationTest.noFindings(alice, phone);
        assertThat(phone.notices()).isEmpty();
    }

    @Test
    void onlyAnotherDeviceOfTheAccountIsRemoved() throws Exception {
        assertThatThrownBy(() -> bob.client().devices().remove(id(bob)))
                .isInstanceOf(RefusedException.class)
                .hasMessageContaining("the device that you are using");
        DeviceId stranger = DeviceId.random(new SecureRandom());
        assertThatThrownBy(() -> bob.client().devices().remove(stranger))
                .isInstanceOf(RefusedException.class)
                .hasMessageContaining(stranger.toString());
        assertThat(published()).hasSize(2);
    }

    @Test
    void ninthDeviceIsToldAndTakesThePlaceOfOneThatIsRemoved() throws Exception {
        for (int i = 3; i <= 8; i++) {
            world.logIn("bob", new MemoryClientStores()).close();
        }
        Person ninth = world.logIn("bob", new MemoryClientStores());
        assertThat(ninth.awaitNotices(1)).singleElement().asString().contains("8 other devices", "Remove a device");
        assertThat(published()).hasSize(8).doesNotContain(id(ninth));
        ninth.client().devices().remove(id(phone));
        assertThat(published()).hasSize(8).contains(id(ninth)).doesNotContain(id(phone));
        assertThat(ninth.notices()).hasSize(1);
    }

    /** Each wins one of the races over vault and bundle, whichever it is. */
    @Test
    void whatSeveralDevicesDoAtOnceEndsInOneBundleWithoutTheRemovedOne() throws Exception {
        Person desk = world.logIn("bob", new MemoryClientStores());
        DeviceId gone = id(phone);
        atOnce(() -> remove(bob, gone), () -> rotate(desk), () -> rotate(phone), () -> rotate(bob));
        bob.client().devices().remove(gone);
        awaitRemoved(phone);
        Person.await(() -> holds(() -> published().size() == 2), () -> "three devices are listed");
        assertThat(published()).containsExactlyInAnyOrder(id(bob), id(desk));
        alice.say(bob, "hello");
        alice.awaitAccepted();
        bob.awaitTold(1);
        desk.awaitTold(1);
        phone.awaitTold(1);
        ConversationTest.noFindings(alice, bob);
        ConversationTest.noFindings(alice, desk);
        assertThat(alice.notices()).isEmpty();
    }

    @Test
    void twoThatRemoveEachOtherAtOnceAreStillAnAccount() throws Exception {
        DeviceId one = id(bob);
        DeviceId other = id(phone);
        atOnce(() -> remove(bob, other), () -> remove(phone, one));
        List<Device> devices = bob.client().devices().list();
        assertThat(devices).anyMatch(Device::isRemoved);
        assertThat(published()).isNotEmpty();
        Person back = devices.get(0).isRemoved() ? bob : phone;
        back.client().devices().rejoin();
        assertThat(published()).contains(id(back));
        alice.say(bob, "hello");
        alice.awaitAccepted();
        bob.awaitTold(1);
        phone.awaitTold(1);
        // Whichever of the two was removed is told so; nobody else hears of anything.
        ConversationTest.noFindings(alice);
        assertThat(List.of(bob, phone))
                .allSatisfy(person -> assertThat(person.told())
                        .allSatisfy(message -> assertThat(message.findings()).isEmpty()));
    }

    /** Another one may have been quicker each time, or have removed this one first. */
    private static boolean remove(Person by, DeviceId device) throws Exception {
        try {
            by.client().devices().remove(device);
            return true;
        } catch (RefusedException lost) {
            return false;
        }
    }

    private static boolean rotate(Person person) throws Exception {
        try {
            person.client().rotateKeys();
            return true;
        } catch (RefusedException lost) {
            return false;
        }
    }

    private static boolean holds(Callable<Boolean> condition) {
        try {
            return condition.call();
        } catch (Exception e) {
            throw new AssertionError(e);
        }
    }

    @SafeVarargs
    private static void atOnce(Callable<Boolean>... all) throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(all.length);
        try {
            List<Future<Boolean>> begun = new ArrayList<>();
            for (Callable<Boolean> each : all) {
                begun.add(threads.submit(each));
            }
            for (Future<Boolean> each : begun) {
                each.get();
            }
        } finally {
            threads.shutdownNow();
        }
    }
}
