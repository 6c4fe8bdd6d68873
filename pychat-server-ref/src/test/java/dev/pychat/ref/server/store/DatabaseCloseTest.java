package dev.pychat.ref.server.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pychat.store.StoreException;
import dev.pychat.store.StoreRefusedException;
import dev.pychat.store.directory.internal.DataDirectory;
import dev.pychat.store.internal.tree.Database;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Closing while something is under way that does not end. */
class DatabaseCloseTest {

    /** A thread for each, since the common pool has one only on two processors. */
    private static final Executor OWN_THREAD = task -> new Thread(task).start();

    private static final Duration SHORT = Duration.ofMillis(200);
    private static final Duration LONG = Duration.ofMinutes(2);

    @TempDir
    Path directory;

    @Test
    void closingWaitsNoLongerThanItWasTold() throws Exception {
        Database database = database();
        CountDownLatch gate = new CountDownLatch(1);
        CompletableFuture<Boolean> reading = readingUntil(gate, database);
        assertThat(CompletableFuture.supplyAsync(() -> closed(database, SHORT), OWN_THREAD)
                        .get(120, TimeUnit.SECONDS))
                .isFalse();
        assertThatThrownBy(() -> database.read(trees -> true)).isInstanceOf(StoreRefusedException.class);
        assertThatThrownBy(() -> database.write(trees -> true)).isInstanceOf(StoreRefusedException.class);
        gate.countDown();
        assertThat(reading.get(120, TimeUnit.SECONDS)).isTrue();
        assertThat(closed(database, LONG)).isTrue();
        assertThat(closed(database, SHORT)).as("a second time").isTrue();
    }

    private Database database() throws Exception {
        DataDirectory data = new DataDirectory(directory, XodusServerStores.LAYOUT);
        data.begin();
        return XodusEngine.open(data.beginning(), 8 << 20);
    }

    private static CompletableFuture<Boolean> readingUntil(CountDownLatch gate, Database database) throws Exception {
        CountDownLatch begun = new CountDownLatch(1);
        CompletableFuture<Boolean> reading = CompletableFuture.supplyAsync(
                () -> {
                    try {
                        return database.read(trees -> {
                            begun.countDown();
                            return awaited(gate);
                        });
                    } catch (StoreException e) {
                        throw new CompletionException(e);
                    }
                },
                OWN_THREAD);
        assertThat(begun.await(120, TimeUnit.SECONDS)).isTrue();
        return reading;
    }

    private static boolean awaited(CountDownLatch gate) {
        try {
            return gate.await(300, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            return false;
        }
    }

    private static boolean closed(Database database, Duration most) {
        try {
            return database.close(most);
        } catch (StoreException e) {
            throw new CompletionException(e);
        }
    }
}
