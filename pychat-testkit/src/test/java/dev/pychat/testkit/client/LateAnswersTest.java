package dev.pychat.testkit.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pychat.client.ClosedException;
import dev.pychat.model.PychatException;
import dev.pychat.store.ClientStores;
import dev.pychat.store.PinStore;
import dev.pychat.store.TranscriptStore;
import dev.pychat.store.memory.MemoryClientStores;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A client is closed while a call is under way that needs its keys, and the store answers when it is closed. */
class LateAnswersTest {

    private World world;
    private Person bob;

    @BeforeEach
    void start() throws Exception {
        world = World.start();
        bob = world.signUp("bob");
    }

    @AfterEach
    void stop() {
        world.close();
    }

    private Person alice(Hold hold) throws Exception {
        Person alice = world.connect("alice", hold.in(new MemoryClientStores()), world.transport());
        alice.client().signUp(alice.user(), World.passphrase("alice"));
        alice.say(bob, "one");
        alice.awaitTold(1);
        return alice;
    }

    @Test
    void vaultIsNotSealedUnderAnErasedKey() throws Exception {
        Hold hold = new Hold(PinStore.class, "peers");
        Person alice = alice(hold);
        CompletableFuture<Optional<Throwable>> outcome =
                hold.in(() -> alice.client().rotateKeys());
        alice.close();
        hold.release();
        assertThat(outcome.get(120, TimeUnit.SECONDS)).containsInstanceOf(PychatException.class);
    }

    @Test
    void historyIsNotOpenedWithAnErasedKey() throws Exception {
        Hold hold = new Hold(TranscriptStore.class, "page");
        Person alice = alice(hold);
        CompletableFuture<Optional<Throwable>> outcome =
                hold.in(() -> assertThat(alice.history(bob)).hasSize(1));
        alice.close();
        hold.release();
        outcome.get(120, TimeUnit.SECONDS)
                .ifPresent(failure -> assertThat(failure).isInstanceOf(ClosedException.class));
    }

    @Test
    void peerIsNotMarkedUnderAnErasedKey() throws Exception {
        Hold hold = new Hold(PinStore.class, "save");
        Person alice = alice(hold);
        CompletableFuture<Optional<Throwable>> outcome = hold.in(() -> {
            alice.with(bob).verify(alice.with(bob).identity().safetyNumber());
            alice.with(bob).unverify();
        });
        alice.close();
        hold.release();
        assertThat(outcome.get(120, TimeUnit.SECONDS)).containsInstanceOf(ClosedException.class);
    }

    @Test
    void conversationIsNotOpenedAnyMore() throws Exception {
        Person alice = world.signUp("alice");
        alice.close();
        assertThatThrownBy(() -> alice.with(bob)).isInstanceOf(ClosedException.class);
    }

    private interface Task {
        void run() throws Exception;
    }

    /** A call of a store that waits, from when it is wanted until it is released. */
    private static final class Hold {
        private final Class<?> seam;
        private final String call;
        private final CountDownLatch reached = new CountDownLatch(1);
        private final CountDownLatch released = new CountDownLatch(1);
        private volatile boolean wanted;

        Hold(Class<?> seam, String call) {
            this.seam = seam;
            this.call = call;
        }

        ClientStores in(MemoryClientStores stores) {
            return wrap(ClientStores.class, stores);
        }

        private <T> T wrap(Class<T> type, Object real) {
            return type.cast(Proxy.newProxyInstance(
                    type.getClassLoader(), new Class<?>[] {type}, (proxy, method, arguments) -> {
                        if (wanted && type == seam && method.getName().equals(call)) {
                            reached.countDown();
                            released.await();
                        }
                        try {
                            Object result = method.invoke(real, arguments);
                            return method.getReturnType() == seam ? wrap(seam, result) : result;
                        } catch (InvocationTargetException e) {
                            throw e.getCause();
                        }
                    }));
        }

        /** Runs beside the test, and stands in the call when this returns; answers with what went wrong. */
        CompletableFuture<Optional<Throwable>> in(Task task) throws InterruptedException {
            wanted = true;
            CompletableFuture<Optional<Throwable>> outcome = new CompletableFuture<>();
            Thread thread = new Thread(() -> {
                try {
                    task.run();
                    outcome.complete(Optional.empty());
                } catch (Exception | Error e) {
                    outcome.complete(Optional.of(e));
                }
            });
            thread.setDaemon(true);
            thread.start();
            assertThat(reached.await(Person.PATIENCE.toSeconds(), TimeUnit.SECONDS))
                    .isTrue();
            return outcome;
        }

        void release() {
            released.countDown();
        }
    }
}
