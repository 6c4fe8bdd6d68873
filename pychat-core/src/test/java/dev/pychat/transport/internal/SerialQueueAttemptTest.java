package dev.pychat.transport.internal;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Tasks that are tried where they are given, and go on the executor only when they would have to wait. */
class SerialQueueAttemptTest {

    private final List<Runnable> onExecutor = new ArrayList<>();
    private final List<String> ran = new ArrayList<>();
    private final SerialQueue queue = new SerialQueue(onExecutor::add);

    @Test
    void taskThatNeedNotWaitRunsWithoutTheExecutor() {
        queue.execute(attempt("first", true), () -> ran.add("instead"), SerialQueueAttemptTest::here);
        assertThat(ran).containsExactly("first");
        assertThat(onExecutor).isEmpty();
        assertThat(queue.isIdle()).isTrue();
    }

    @Test
    void taskThatWouldHaveToWaitRunsOnTheExecutorBeforeThoseBehindIt() {
        queue.execute(attempt("no", false), () -> ran.add("instead"), SerialQueueAttemptTest::here);
        queue.execute(attempt("never", true), () -> ran.add("behind it"), SerialQueueAttemptTest::here);
        assertThat(ran).containsExactly("no");
        runAll();
        assertThat(ran).containsExactly("no", "instead", "behind it");
        assertThat(queue.isIdle()).isTrue();
    }

    @Test
    void nothingIsTriedBeforeWhatCameEarlier() {
        queue.execute(() -> ran.add("earlier"));
        queue.execute(attempt("never", true), () -> ran.add("later"), SerialQueueAttemptTest::here);
        assertThat(ran).isEmpty();
        runAll();
        assertThat(ran).containsExactly("earlier", "later");
    }

    @Test
    void whereThereIsNoOtherThreadTheExecutorDoesIt() {
        queue.execute(attempt("never", true), () -> ran.add("instead"), task -> false);
        runAll();
        assertThat(ran).containsExactly("instead");
    }

    @Test
    void attemptThatGivesATaskLetsItRunBehindItself() {
        queue.execute(
                () -> {
                    queue.execute(attempt("second", true), () -> ran.add("instead"), SerialQueueAttemptTest::here);
                    return ran.add("first");
                },
                () -> ran.add("instead"),
                SerialQueueAttemptTest::here);
        assertThat(ran).containsExactly("first", "second");
        assertThat(onExecutor).isEmpty();
    }

    @Test
    void attemptThatFailsHarmsNoOther() {
        queue.execute(
                () -> {
                    throw new IllegalStateException("an attempt fails on purpose");
                },
                () -> ran.add("instead"),
                SerialQueueAttemptTest::here);
        queue.execute(attempt("next", true), () -> ran.add("instead"), SerialQueueAttemptTest::here);
        assertThat(ran).containsExactly("next");
    }

    @Test
    void closedQueueTriesNothing() {
        assertThat(queue.close(() -> ran.add("last"))).isNotDone();
        queue.execute(attempt("never", true), () -> ran.add("never"), SerialQueueAttemptTest::here);
        runAll();
        assertThat(ran).containsExactly("last");
    }

    @Test
    void threadIsGivenUpWhereManyTasksWait() {
        queue.execute(
                () -> {
                    IntStream.range(0, 1_000)
                            .forEach(i -> queue.execute(
                                    attempt("tried", true),
                                    () -> ran.add("on the executor"),
                                    SerialQueueAttemptTest::here));
                    return true;
                },
                () -> ran.add("instead"),
                SerialQueueAttemptTest::here);
        assertThat(ran).hasSizeBetween(1, 200).containsOnly("tried");
        runAll();
        assertThat(ran).hasSize(1_000);
    }

    @Test
    void manyThreadsKeepTheOrderOfEach() throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(3);
        SerialQueue shared = new SerialQueue(threads);
        int each = 20_000;
        int[] next = new int[2];
        CountDownLatch done = new CountDownLatch(2);
        try {
            for (int giver = 0; giver < 2; giver++) {
                int mine = giver;
                threads.execute(() -> {
                    for (int i = 0; i < each; i++) {
                        int number = i;
                        // Not synchronised: the queue itself has to order them.
                        Runnable task = () -> next[mine] += next[mine] == number ? 1 : 0;
                        shared.execute(
                                () -> {
                                    boolean must = number % 7 == 0;
                                    if (!must) {
                                        task.run();
                                    }
                                    return !must;
                                },
                                task,
                                SerialQueueAttemptTest::here);
                    }
                    shared.execute(done::countDown);
                });
            }
            assertThat(done.await(120, TimeUnit.SECONDS)).isTrue();
            assertThat(next).containsExactly(each, each);
        } finally {
            threads.shutdown();
        }
    }

    private static boolean here(Runnable task) {
        task.run();
        return true;
    }

    private SerialQueue.Attempt attempt(String name, boolean succeeds) {
        return () -> {
            ran.add(name);
            return succeeds;
        };
    }

    private void runAll() {
        while (!onExecutor.isEmpty()) {
            onExecutor.remove(0).run();
        }
    }
}
