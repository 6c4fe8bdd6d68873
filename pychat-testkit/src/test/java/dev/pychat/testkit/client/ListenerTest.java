package dev.pychat.testkit.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pychat.client.Acceptance;
import dev.pychat.client.ChatMessage;
import dev.pychat.client.ClientListener;
import dev.pychat.client.ClientState;
import dev.pychat.client.ClosedException;
import dev.pychat.client.Receipt;
import dev.pychat.model.Position;
import dev.pychat.store.memory.MemoryClientStores;
import dev.pychat.testkit.HeldLocks;
import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ListenerTest {

    /** At 60,000 bytes each, more than the 8 MiB that wait for listeners. */
    private static final int MORE_THAN_WAIT = 180;

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
    void listenerThatBlocksHoldsUpItsConversationAlone() throws Exception {
        Person carol = world.signUp("carol");
        CountDownLatch release = new CountDownLatch(1);
        bob.with(alice).addListener(message -> awaitQuietly(release));
        alice.say(bob, "blocks");
        alice.say(bob, "waits");
        carol.say(bob, "passes");
        Person.await(() -> bob.textsTold().contains("carol: passes"), () -> "bob was told " + bob.textsTold());
        assertThat(bob.textsTold()).containsExactly("carol: passes");
        alice.awaitAccepted();
        bob.say(alice, "sending goes on");
        bob.awaitAccepted();
        assertThat(bob.history(alice)).hasSize(3);
        release.countDown();
        bob.awaitTold(4);
        ConversationTest.noFindings(alice, bob, carol);
    }

    /** It may call back, wait, or never come back. */
    @Test
    void whoeverIsToldIsCalledWithoutALock() throws Exception {
        HeldLocks locks = new HeldLocks();
        ClientListener looking = (ClientListener) Proxy.newProxyInstance(
                ClientListener.class.getClassLoader(), new Class<?>[] {ClientListener.class}, (self, method, given) -> {
                    if (method.getDeclaringClass() == Object.class) {
                        return method.invoke(locks, given);
                    }
                    locks.look(method.getName());
                    return null;
                });
        bob.client().addListener(looking);
        alice.client().addListener(looking);
        bob.with(alice).addListener(message -> locks.look("a listener of messages"));
        for (int i = 0; i < 5; i++) {
            Receipt receipt = alice.say(bob, "text " + i);
            receipt.accepted()
                    .thenRun(() -> locks.look("what hangs on a receipt"))
                    .toCompletableFuture()
                    .get(120, TimeUnit.SECONDS);
        }
        bob.awaitTold(5);
        bob.say(alice, "and back");
        alice.awaitTold(6);
        world.stopServer();
        world.startServerAgain();
        alice.awaitOnline(bob);
        locks.requireNone();
    }

    @Test
    void whatABlockingListenerHasNoRoomForIsReadFromTheDeviceAgain() throws Exception {
        FailingStores device = new FailingStores(new MemoryClientStores());
        Person carol = world.connect("carol", device, world.transport());
        carol.client().signUp(carol.user(), World.passphrase("carol"));
        CountDownLatch release = new CountDownLatch(1);
        carol.with(alice).addListener(message -> awaitQuietly(release));
        String text = "x".repeat(60_000);
        for (int i = 1; i <= MORE_THAN_WAIT; i++) {
            alice.say(carol, i + text);
        }
        alice.awaitAccepted();
        Person.await(() -> held(carol) == MORE_THAN_WAIT, () -> "carol holds " + held(carol));
        int pages = device.pages();
        release.countDown();
        carol.awaitTold(MORE_THAN_WAIT);
        assertThat(device.pages()).isGreaterThan(pages);
        assertThat(carol.told())
                .extracting(message -> message.position().value())
                .containsExactlyElementsOf(
                        LongStream.rangeClosed(1, MORE_THAN_WAIT).boxed().toList());
        ConversationTest.noFindings(carol);
    }

    /** Up to where; reading it reads on from the server. */
    private long held(Person person) {
        try {
            List<ChatMessage> last =
                    person.with(alice).history(Position.NONE, 1).messages();
            return last.isEmpty() ? 0 : last.get(0).position().value();
        } catch (Exception e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void listenerOfNewsThatBlocksOrThrowsHoldsUpNoOtherListenerAndLosesNothing() throws Exception {
        CountDownLatch release = new CountDownLatch(1);
        List<ClientState> blocked = new CopyOnWriteArrayList<>();
        Person carol = world.signUp("carol");
        carol.client().addListener(new ClientListener() {
            @Override
            public void onStateChanged(ClientState state) {
                awaitQuietly(release);
                blocked.add(state);
            }
        });
        carol.client().addListener(new ClientListener() {
            @Override
            public void onStateChanged(ClientState state) {
                throw new IllegalStateException("a listener's own trouble");
            }
        });
        List<ClientState> others = new CopyOnWriteArrayList<>();
        carol.client().addListener(new ClientListener() {
            @Override
            public void onStateChanged(ClientState state) {
                others.add(state);
            }
        });
        world.stopServer();
        Person.await(() -> others.stream().anyMatch(ClientState.Waiting.class::isInstance), () -> "told " + others);
        world.startServerAgain();
        Person.await(() -> others.contains(new ClientState.Online()), () -> "told " + others);
        assertThat(blocked).isEmpty();
        release.countDown();
        carol.client().close();
        Person.await(
                () -> others.stream().anyMatch(ClientState.Closed.class::isInstance) && blocked.size() == others.size(),
                () -> "told " + blocked + " and " + others);
        assertThat(blocked).isEqualTo(others);
    }

    @Test
    void listenerIsCalledForOneMessageAtATimeAndOutlivesItsOwnFailures() throws Exception {
        List<String> order = new CopyOnWriteArrayList<>();
        bob.with(alice).addListener(message -> {
            String text = message.text().orElseThrow();
            order.add("begin " + text);
            order.add("end " + text);
            throw new IllegalStateException("a listener's own trouble");
        });
        for (int i = 1; i <= 50; i++) {
            alice.say(bob, "m" + i);
        }
        bob.awaitTold(50);
        assertThat(order).hasSize(100);
        for (int i = 0; i < 50; i++) {
            assertThat(order.subList(2 * i, 2 * i + 2)).containsExactly("begin m" + (i + 1), "end m" + (i + 1));
        }
    }

    @Test
    void clientMayBeClosedFromAListener() throws Exception {
        CompletableFuture<ClientState> after = new CompletableFuture<>();
        bob.with(alice).addListener(message -> {
            bob.client().close();
            after.complete(bob.client().state());
        });
        alice.say(bob, "last words");
        assertThat(after.get(120, TimeUnit.SECONDS)).isInstanceOf(ClientState.Closed.class);
    }

    @Test
    void receiptOfAClosedClientIsUnknownAndTheMessageLeavesWithTheNext() throws Exception {
        world.stopServer();
        Person.await(() -> !(alice.client().state() instanceof ClientState.Online), () -> "still online");
        Receipt receipt = alice.say(bob, "written before the end");
        alice.close();
        assertThatThrownBy(() -> receipt.accepted().toCompletableFuture().get(120, TimeUnit.SECONDS))
                .isInstanceOf(ExecutionException.class)
                .hasCauseInstanceOf(ClosedException.class);
        world.startServerAgain();
        Person back = world.logIn("alice", alice.stores());
        back.awaitAccepted();
        bob.awaitTold(1);
        assertThat(bob.textsTold()).containsExactly("alice: written before the end");
    }

    @Test
    void anyNumberOfListenersMayBlockOnTheDefaultExecutor() throws Exception {
        int blocking = 4 * Runtime.getRuntime().availableProcessors() + 20;
        CountDownLatch all = new CountDownLatch(blocking);
        CountDownLatch release = new CountDownLatch(1);
        for (int i = 1; i <= blocking; i++) {
            Person other = world.signUp("peer" + i);
            bob.with(other).addListener(message -> {
                all.countDown();
                awaitQuietly(release);
            });
            other.say(bob, "blocks");
        }
        assertThat(all.await(120, TimeUnit.SECONDS))
                .as("%s of %s listeners were not called", all.getCount(), blocking)
                .isTrue();
        alice.say(bob, "passes");
        Person.await(() -> bob.textsTold().contains("alice: passes"), () -> "bob was told " + bob.textsTold());
        assertThat(release.getCount()).isEqualTo(1);
        release.countDown();
        bob.awaitTold(blocking + 1);
    }

    @Test
    void everyListenerMayWaitForAReceiptOnTheDefaultExecutor() throws Exception {
        // As many as the bounded pool has threads where there are no virtual ones.
        int all = Math.max(16, 4 * Runtime.getRuntime().availableProcessors());
        List<Person> others = new ArrayList<>();
        for (int i = 1; i <= all; i++) {
            others.add(world.signUp("peer" + i));
        }
        CountDownLatch listening = new CountDownLatch(all);
        CountDownLatch answered = new CountDownLatch(all);
        for (Person other : others) {
            bob.with(other).addListener(message -> {
                if (message.sender().equals(other.user())) {
                    listening.countDown();
                    awaitQuietly(listening);
                    answer(other);
                    answered.countDown();
                }
            });
            other.say(bob, "hello");
        }
        assertThat(answered.await(120, TimeUnit.SECONDS))
                .as("%s of %s listeners wait for their receipts", answered.getCount(), all)
                .isTrue();
    }

    @Test
    void listenerMayWaitForAReceiptOnTheOnlyThreadOfItsExecutor() throws Exception {
        ExecutorService only = Executors.newSingleThreadExecutor();
        try {
            Person carol =
                    world.connect("carol", new MemoryClientStores(), world.transport(), o -> o.callbackExecutor(only));
            carol.client().signUp(carol.user(), World.passphrase("carol"));
            CompletableFuture<Acceptance> answered = new CompletableFuture<>();
            carol.with(alice).addListener(message -> {
                if (message.sender().equals(alice.user())) {
                    try {
                        answered.complete(carol.say(alice, "answer")
                                .accepted()
                                .toCompletableFuture()
                                .get(120, TimeUnit.SECONDS));
                    } catch (Exception e) {
                        answered.completeExceptionally(e);
                    }
                }
            });
            alice.say(carol, "hello");
            assertThat(answered.get(150, TimeUnit.SECONDS).position()).isEqualTo(new Position(2));
        } finally {
            only.shutdown();
        }
    }

    private void answer(Person to) {
        try {
            bob.say(to, "answer").accepted().toCompletableFuture().get(120, TimeUnit.SECONDS);
        } catch (Exception e) {
            throw new AssertionError(e);
        }
    }

    private static void awaitQuietly(CountDownLatch latch) {
        try {
            latch.await(120, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
