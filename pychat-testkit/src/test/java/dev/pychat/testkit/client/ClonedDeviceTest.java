package dev.pychat.testkit.client;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pychat.model.Bytes;
import dev.pychat.model.EpochName;
import dev.pychat.model.LaneId;
import dev.pychat.store.memory.MemoryClientStores;
import dev.pychat.testkit.liar.Shown;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Alice's device is copied, and the copy is used beside it. */
class ClonedDeviceTest {

    private static final int THREADS = 1000;

    private Scene scene;
    private Person alice;
    private Person bob;

    @BeforeEach
    void start() throws Exception {
        scene = new Scene();
        alice = scene.alice;
        bob = scene.bob;
    }

    @AfterEach
    void stop() {
        scene.close();
    }

    private Person twin() throws Exception {
        return scene.world.logIn("alice", ((MemoryClientStores) alice.stores()).copy());
    }

    private void says(Person speaker, String text) throws Exception {
        speaker.say(bob, text);
        speaker.awaitAccepted();
        bob.awaitTold(truth().size());
        alice.awaitTold(truth().size());
    }

    private List<Shown> truth() {
        return scene.liar.truth(alice.user(), bob.user());
    }

    private LaneId lane(int position) {
        return truth().get(position - 1).item().lane();
    }

    @Test
    void copyBesideTheLivingDeviceTakesALaneOfItsOwnAndSaysSo() throws Exception {
        Person twin = twin();
        says(alice, "from the living one");
        says(twin, "from the copy");
        says(alice, "from the living one again");
        says(twin, "from the copy again");

        assertThat(Scene.texts(bob))
                .containsExactly(
                        "one",
                        "two",
                        "from the living one",
                        "from the copy",
                        "from the living one again",
                        "from the copy again");
        assertThat(lane(3)).isEqualTo(lane(1)).isEqualTo(lane(5));
        assertThat(lane(4)).isNotEqualTo(lane(1)).isEqualTo(lane(6));
        assertThat(twin.awaitNotices(1)).singleElement().asString().contains("another copy of this device");
        ConversationTest.noFindings(alice, bob);
        assertThat(Scene.found(twin)).isEmpty();
    }

    @Test
    void bothAtOnceAreReadAndOneOfThemSaysSo() throws Exception {
        Person twin = twin();
        for (int i = 1; i <= 100; i++) {
            alice.say(bob, "a" + i);
            twin.say(bob, "t" + i);
        }
        alice.awaitAccepted();
        twin.awaitAccepted();
        bob.awaitTold(202);
        assertThat(Scene.texts(bob)).doesNotHaveDuplicates();
        assertThat(Scene.found(bob)).isEmpty();
        assertThat(bob.notices()).isEmpty();
        Person.await(() -> !alice.notices().isEmpty() || !twin.notices().isEmpty(), () -> "neither of them was told");
        List<String> notices = new ArrayList<>(alice.notices());
        notices.addAll(twin.notices());
        assertThat(notices).singleElement().asString().contains("another copy of this device");
    }

    @Test
    void serverThatSkipsAfterMakesItAFork() throws Exception {
        Person twin = twin();
        scene.liar.skipAfter(true);
        says(alice, "from the living one");
        says(twin, "from the copy");
        says(alice, "from the living one again");

        assertThat(Scene.texts(bob))
                .containsExactly("one", "two", "from the living one", "from the copy", "from the living one again");
        assertThat(lane(4)).isEqualTo(lane(3));
        assertThat(Scene.found(bob)).containsExactly("4 LANE_FORKED");
        assertThat(Scene.found(alice)).containsExactly("4 LANE_FORKED");
    }

    @Test
    void thousandThreadsUseNoKeyTwice() throws Exception {
        CountDownLatch go = new CountDownLatch(1);
        List<Thread> threads = new ArrayList<>();
        for (int i = 0; i < THREADS; i++) {
            String text = "thread " + i;
            Thread thread = new Thread(() -> {
                try {
                    go.await();
                    alice.say(bob, text);
                } catch (Exception e) {
                    throw new AssertionError(e);
                }
            });
            thread.start();
            threads.add(thread);
        }
        go.countDown();
        for (Thread thread : threads) {
            thread.join();
        }
        alice.awaitAccepted();
        bob.awaitTold(THREADS + 2);

        // A message key belongs to a place in an epoch, and the key of a message to that and to its hedge.
        Set<Bytes> places = new HashSet<>();
        Set<EpochName> epochs = new HashSet<>();
        for (Shown shown : truth()) {
            places.add(shown.item().envelope().value().slice(18, 34));
            epochs.add(shown.item().epoch());
        }
        assertThat(places).hasSize(THREADS + 2);
        assertThat(epochs).hasSize(5);
        assertThat(Scene.texts(bob)).doesNotHaveDuplicates();
        ConversationTest.noFindings(alice, bob);
    }
}
