package dev.pychat.testkit.client;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pychat.key.HistoryPolicy;
import dev.pychat.store.ClientStores;
import dev.pychat.store.LocalAccount;
import dev.pychat.store.OutboxStore;
import dev.pychat.store.TranscriptStore;
import dev.pychat.store.memory.MemoryClientStores;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** A client is closed while it reads. */
class ClosingTest {

    private final List<String> late = new CopyOnWriteArrayList<>();
    private volatile boolean closed;

    @Test
    void transcriptsAreNotTouchedWhenCloseHasReturned() throws Exception {
        try (World world = World.start()) {
            Person alice = world.signUp("alice");
            Person bob = world.signUp("bob");
            bob.close();
            try (Bulk bulk = new Bulk(world, alice, bob)) {
                bulk.write(2_000);
            }
            for (int i = 0; i < 5; i++) {
                closed = false;
                Person reader = world.logIn("bob", watched(Devices.withKeysOnly(bob)));
                reader.awaitTold(1);
                reader.close();
                closed = true;
                Thread.sleep(20);
            }
            assertThat(late).isEmpty();
        }
    }

    /** What is erased in the background is waited for: whoever owns the stores may close or change them then. */
    @Test
    void nothingIsBeingErasedWhenCloseHasReturned() throws Exception {
        try (World world = World.start()) {
            Person alice = world.signUp("alice");
            alice.client().changeHistoryPolicy(HistoryPolicy.forgetAfter(Duration.ofDays(7)));
            alice.close();
            CountDownLatch erasing = new CountDownLatch(1);
            CountDownLatch returned = new CountDownLatch(1);
            CompletableFuture<Boolean> returnedMeanwhile = new CompletableFuture<>();
            ClientStores slow = erasing(alice.stores(), () -> {
                erasing.countDown();
                returnedMeanwhile.complete(returned.await(500, TimeUnit.MILLISECONDS));
                return null;
            });
            Person back = world.logIn("alice", slow);
            assertThat(erasing.await(120, TimeUnit.SECONDS)).isTrue();
            back.close();
            returned.countDown();
            assertThat(returnedMeanwhile.get(120, TimeUnit.SECONDS)).isFalse();
        }
    }

    private static ClientStores erasing(ClientStores stores, Callable<Void> instead) {
        return intercepted(
                ClientStores.class,
                stores,
                "outbox",
                account -> intercepted(
                        OutboxStore.class,
                        stores.outbox((LocalAccount) account[0]),
                        "eraseDropped",
                        none -> instead.call()));
    }

    private interface Answer {
        Object to(Object[] arguments) throws Exception;
    }

    private static <T> T intercepted(Class<T> type, T real, String name, Answer answer) {
        return type.cast(Proxy.newProxyInstance(
                type.getClassLoader(), new Class<?>[] {type}, (proxy, method, arguments) -> {
                    try {
                        return method.getName().equals(name) ? answer.to(arguments) : method.invoke(real, arguments);
                    } catch (InvocationTargetException e) {
                        throw e.getCause();
                    }
                }));
    }

    private ClientStores watched(MemoryClientStores stores) {
        return watched(ClientStores.class, stores);
    }

    private <T> T watched(Class<T> type, T real) {
        return type.cast(Proxy.newProxyInstance(
                type.getClassLoader(), new Class<?>[] {type}, (proxy, method, arguments) -> {
                    if (closed && type == TranscriptStore.class) {
                        late.add(method.getName());
                    }
                    try {
                        return method.getName().equals("transcripts")
                                ? watched(TranscriptStore.class, ((ClientStores) real).transcripts((LocalAccount)
                                                arguments[0]))
                                : method.invoke(real, arguments);
                    } catch (InvocationTargetException e) {
                        throw e.getCause();
                    }
                }));
    }
}
