package dev.pychat.testkit.client;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pychat.store.ClientStores;
import dev.pychat.store.LocalAccount;
import dev.pychat.store.TranscriptStore;
import dev.pychat.store.memory.MemoryClientStores;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
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
