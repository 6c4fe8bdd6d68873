package dev.pychat.ref.server.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pychat.model.Bytes;
import dev.pychat.model.DeviceId;
import dev.pychat.model.Username;
import dev.pychat.store.StoreException;
import dev.pychat.store.directory.internal.DataDirectory;
import dev.pychat.store.internal.tree.Database;
import dev.pychat.store.internal.tree.TreeTokens;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Who has no good token keeps no writer busy. */
class XodusTokensTest {

    private static final Executor THREADS = task -> new Thread(task).start();
    private static final SecureRandom RANDOM = new SecureRandom();
    private static final Instant NOW = Instant.parse("2026-11-22T14:00:00Z");

    @TempDir
    Path directory;

    private final CountDownLatch gate = new CountDownLatch(1);
    private Database database;

    @BeforeEach
    void open() throws Exception {
        DataDirectory data = new DataDirectory(directory, XodusServerStores.LAYOUT);
        data.begin();
        database = XodusEngine.open(data.beginning(), 8 << 20);
    }

    @AfterEach
    void close() throws Exception {
        gate.countDown();
        assertThat(database.close(Duration.ofSeconds(20))).isTrue();
    }

    @Test
    void badTokenIsRefusedWhileTheWriterIsHeldUp() throws Exception {
        CountDownLatch begun = new CountDownLatch(1);
        CompletableFuture<Boolean> holdingUp = onThread(() -> database.write(trees -> {
            begun.countDown();
            return awaited(gate);
        }));
        assertThat(begun.await(20, TimeUnit.SECONDS)).isTrue();
        TreeTokens tokens = new TreeTokens(database);
        Username alice = new Username("alice");
        CompletableFuture<Boolean> rotated =
                onThread(() -> tokens.rotate(alice, DeviceId.random(RANDOM), hash(), hash(), NOW, NOW.plusSeconds(60)));
        assertThat(rotated.get(20, TimeUnit.SECONDS)).isFalse();
        assertThat(holdingUp).isNotDone();
    }

    private static Bytes hash() {
        return Bytes.random(RANDOM, 32);
    }

    private interface Question {
        boolean ask() throws StoreException;
    }

    private static CompletableFuture<Boolean> onThread(Question question) {
        return CompletableFuture.supplyAsync(
                () -> {
                    try {
                        return question.ask();
                    } catch (StoreException e) {
                        throw new CompletionException(e);
                    }
                },
                THREADS);
    }

    private static boolean awaited(CountDownLatch gate) {
        try {
            return gate.await(60, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            return false;
        }
    }
}
