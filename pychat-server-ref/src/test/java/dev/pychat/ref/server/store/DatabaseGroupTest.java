package dev.pychat.ref.server.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pychat.model.Bytes;
import dev.pychat.store.StoreException;
import dev.pychat.store.directory.internal.DataDirectory;
import dev.pychat.store.internal.UninterruptedThread;
import dev.pychat.store.internal.tree.DamagedRecordException;
import dev.pychat.store.internal.tree.Database;
import dev.pychat.store.internal.tree.TreeName;
import dev.pychat.store.internal.tree.Trees;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Changes that wait at the same time are made together, and fail each for itself. */
class DatabaseGroupTest {

    private static final Executor THREADS = task -> new Thread(task).start();

    @TempDir
    Path directory;

    private final CountDownLatch gate = new CountDownLatch(1);
    private Database database;
    private CompletableFuture<Boolean> holdingUp;

    @BeforeEach
    void open() throws Exception {
        DataDirectory data = new DataDirectory(directory, XodusServerStores.LAYOUT);
        data.begin();
        database = XodusEngine.open(data.beginning(), 8 << 20);
        CountDownLatch begun = new CountDownLatch(1);
        holdingUp = write(trees -> {
            begun.countDown();
            return awaited(gate);
        });
        assertThat(begun.await(120, TimeUnit.SECONDS)).isTrue();
    }

    @AfterEach
    void close() throws Exception {
        gate.countDown();
        assertThat(database.close(Duration.ofMinutes(2))).isTrue();
    }

    @Test
    void changesThatWaitShareOneTransaction() throws Exception {
        List<Trees> seen = new ArrayList<>();
        List<CompletableFuture<Boolean>> all = new ArrayList<>();
        for (int i = 0; i < 5; i++) {
            all.add(write(trees -> seen.add(trees)));
        }
        awaitWaiting(5);
        gate.countDown();
        for (CompletableFuture<Boolean> one : all) {
            assertThat(one.get(120, TimeUnit.SECONDS)).isTrue();
        }
        assertThat(seen).hasSize(5);
        assertThat(seen.stream().distinct()).hasSize(1);
    }

    @Test
    void changeThatFailsFailsAloneAndLeavesNothing() throws Exception {
        CompletableFuture<Boolean> good = write(trees -> put(trees, 1));
        CompletableFuture<Boolean> mistaken = write(trees -> {
            put(trees, 2);
            throw new IllegalArgumentException("a mistake of the caller");
        });
        CompletableFuture<Boolean> broken = write(trees -> {
            put(trees, 3);
            throw new IllegalStateException("a fault in the store");
        });
        CompletableFuture<Boolean> fatal = write(trees -> {
            put(trees, 4);
            throw new AssertionError("worse");
        });
        CompletableFuture<Boolean> alsoGood = write(trees -> put(trees, 5));
        awaitWaiting(5);
        gate.countDown();
        assertThat(good.get(120, TimeUnit.SECONDS)).isTrue();
        assertThat(alsoGood.get(120, TimeUnit.SECONDS)).isTrue();
        assertThatThrownBy(() -> mistaken.get(120, TimeUnit.SECONDS))
                .hasRootCauseInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> broken.get(120, TimeUnit.SECONDS)).hasStackTraceContaining("StoreRefusedException");
        assertThatThrownBy(() -> fatal.get(120, TimeUnit.SECONDS)).hasRootCauseInstanceOf(AssertionError.class);
        List<Boolean> kept = database.read(trees -> {
            List<Boolean> found = new ArrayList<>();
            for (int number = 1; number <= 5; number++) {
                found.add(has(trees, number));
            }
            return found;
        });
        assertThat(kept).containsExactly(true, false, false, false, true);
    }

    @Test
    void interruptedCallerLearnsTheOutcomeAndKeepsTheInterrupt() throws Exception {
        AtomicInteger runs = new AtomicInteger();
        CompletableFuture<Boolean> kept = new CompletableFuture<>();
        Thread caller = new Thread(() -> {
            try {
                database.write(trees -> runs.incrementAndGet());
                kept.complete(Thread.currentThread().isInterrupted());
            } catch (StoreException | RuntimeException e) {
                kept.completeExceptionally(e);
            }
        });
        caller.start();
        awaitWaiting(1);
        caller.interrupt();
        gate.countDown();
        assertThat(kept.get(120, TimeUnit.SECONDS)).isTrue();
        assertThat(runs).hasValue(1);
    }

    /** To hand a change over and to be woken costs more than a small change does. */
    @Test
    void threadThatNobodyInterruptsWritesItself() throws Exception {
        gate.countDown();
        List<String> writers = new CopyOnWriteArrayList<>();
        Work noted = () ->
                database.change(trees -> writers.add(Thread.currentThread().getName()));
        run(new UninterruptedThread(quiet(noted), "a committer"));
        run(new Thread(quiet(noted), "somebody"));
        assertThat(writers).containsExactly("a committer", "pychat-store");
    }

    @Test
    void oneWritesAtATimeWhoeverItIs() throws Exception {
        gate.countDown();
        AtomicInteger inside = new AtomicInteger();
        AtomicInteger made = new AtomicInteger();
        Work many = () -> {
            for (int i = 0; i < 100; i++) {
                database.change(trees -> {
                    assertThat(inside.incrementAndGet()).isEqualTo(1);
                    Thread.onSpinWait();
                    inside.decrementAndGet();
                });
                made.incrementAndGet();
            }
        };
        List<Thread> threads = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
            threads.add(new UninterruptedThread(quiet(many), "committer " + i));
            threads.add(new Thread(quiet(many), "somebody " + i));
        }
        threads.forEach(Thread::start);
        for (Thread thread : threads) {
            thread.join();
        }
        assertThat(made).hasValue(600);
    }

    private interface Work {
        void run() throws StoreException;
    }

    private static Runnable quiet(Work work) {
        return () -> {
            try {
                work.run();
            } catch (StoreException e) {
                throw new CompletionException(e);
            }
        };
    }

    private static void run(Thread thread) throws InterruptedException {
        thread.start();
        thread.join();
    }

    private CompletableFuture<Boolean> write(Database.Work<Boolean> work) {
        return CompletableFuture.supplyAsync(
                () -> {
                    try {
                        return database.write(work);
                    } catch (StoreException e) {
                        throw new CompletionException(e);
                    }
                },
                THREADS);
    }

    private void awaitWaiting(int count) throws InterruptedException {
        long end = System.nanoTime() + Duration.ofMinutes(2).toNanos();
        while (database.waiting() < count) {
            assertThat(System.nanoTime()).isLessThan(end);
            Thread.sleep(1);
        }
        assertThat(holdingUp).isNotDone();
    }

    private static boolean awaited(CountDownLatch gate) {
        try {
            return gate.await(60, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            return false;
        }
    }

    private static boolean put(Trees trees, int number) {
        trees.tree(TreeName.INSTALLATION).put(key(number), Bytes.EMPTY);
        return true;
    }

    private static boolean has(Trees trees, int number) throws DamagedRecordException {
        return trees.tree(TreeName.INSTALLATION).has(key(number));
    }

    private static Bytes key(int number) {
        return Bytes.adopt(new byte[] {(byte) number});
    }
}
