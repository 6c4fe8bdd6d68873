package dev.pychat.transport.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class SerialQueueTest {

    @Test
    void tasksRunOneAtATimeInTheirOrderAndOutliveAFailure() throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(4);
        try {
            SerialQueue queue = new SerialQueue(threads);
            List<Integer> ran = new ArrayList<>();
            CountDownLatch done = new CountDownLatch(1);
            for (int i = 0; i < 1_000; i++) {
                int number = i;
                queue.execute(() -> {
                    ran.add(number);
                    if (number % 100 == 0) {
                        throw new IllegalStateException("a task fails on purpose");
                    }
                });
            }
            queue.execute(done::countDown);
            assertThat(done.await(120, TimeUnit.SECONDS)).isTrue();
            assertThat(ran).isEqualTo(IntStream.range(0, 1_000).boxed().toList());
        } finally {
            threads.shutdown();
        }
    }

    @Test
    void executorThatWasStoppedDropsTasksWithoutHarm() {
        ExecutorService threads = Executors.newSingleThreadExecutor();
        threads.shutdown();
        SerialQueue queue = new SerialQueue(threads);
        queue.execute(() -> {
            throw new AssertionError("never runs");
        });
        queue.execute(() -> {
            throw new AssertionError("never runs");
        });
    }

    @Test
    void executorThatFailsInAnotherWayThanItMayIsOneThatRejects() {
        List<Runnable> given = new ArrayList<>();
        AtomicBoolean failing = new AtomicBoolean(true);
        SerialQueue queue = new SerialQueue(task -> {
            if (failing.get()) {
                throw new IllegalStateException("a toolkit that is not there yet");
            }
            given.add(task);
        });
        List<String> ran = new ArrayList<>();
        queue.execute(() -> ran.add("left out"));
        assertThat(queue.isIdle()).isTrue();
        failing.set(false);
        queue.execute(() -> ran.add("first"));
        given.forEach(Runnable::run);
        assertThat(ran).containsExactly("first");
    }

    @Test
    void taskForWhichThereIsNoThreadIsRefusedAndTheNextOneRuns() {
        List<Runnable> given = new ArrayList<>();
        AtomicBoolean failing = new AtomicBoolean(true);
        SerialQueue queue = new SerialQueue(task -> {
            if (failing.get()) {
                throw new OutOfMemoryError("unable to create native thread");
            }
            given.add(task);
        });
        List<String> ran = new ArrayList<>();
        assertThatThrownBy(() -> queue.execute(() -> ran.add("refused"))).isInstanceOf(OutOfMemoryError.class);
        failing.set(false);
        queue.execute(() -> ran.add("first"));
        given.forEach(Runnable::run);
        assertThat(ran).containsExactly("first");
    }

    @Test
    void whereThereIsNoFurtherThreadTheOneThatIsThereGoesOn() {
        List<Runnable> given = new ArrayList<>();
        SerialQueue queue = new SerialQueue(task -> {
            if (!given.isEmpty()) {
                throw new OutOfMemoryError("unable to create native thread");
            }
            given.add(task);
        });
        List<Integer> ran = new ArrayList<>();
        for (int i = 0; i < 200; i++) {
            int number = i;
            queue.execute(() -> ran.add(number));
        }
        given.get(0).run();
        assertThat(ran).isEqualTo(IntStream.range(0, 200).boxed().toList());
    }

    @Test
    void closedQueueRunsWhatItHasThenTheLastTaskAndNothingMore() throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(2);
        try {
            SerialQueue queue = new SerialQueue(threads);
            List<String> ran = new ArrayList<>();
            CountDownLatch begun = new CountDownLatch(1);
            CountDownLatch released = new CountDownLatch(1);
            queue.execute(() -> {
                begun.countDown();
                await(released);
                ran.add("first");
            });
            await(begun);
            queue.execute(() -> ran.add("second"));
            CompletableFuture<String> late = new CompletableFuture<>();
            queue.then(late, ran::add, failure -> ran.add("failed"));
            CompletableFuture<Void> over = queue.close(() -> {
                ran.add("last");
                // From within the last task, too.
                queue.execute(() -> ran.add("behind"));
            });
            late.complete("late");
            CompletableFuture<Void> again = queue.close(() -> ran.add("last again"));
            assertThat(over).isNotDone();
            released.countDown();
            assertThat(over).succeedsWithin(Duration.ofMinutes(2));
            assertThat(again).succeedsWithin(Duration.ofMinutes(2));
            threads.shutdown();
            assertThat(threads.awaitTermination(120, TimeUnit.SECONDS)).isTrue();
            assertThat(ran).containsExactly("first", "second", "last");
        } finally {
            threads.shutdown();
        }
    }

    private static void await(CountDownLatch latch) {
        try {
            assertThat(latch.await(120, TimeUnit.SECONDS)).isTrue();
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }
}
