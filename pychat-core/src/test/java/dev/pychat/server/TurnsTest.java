package dev.pychat.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class TurnsTest {

    private final ArrayDeque<Runnable> started = new ArrayDeque<>();
    private final List<String> done = new ArrayList<>();

    @Test
    void whoWantsOneThingWaitsForOneOfWhoWantsMuch() {
        Turns turns = new Turns(started::add, 1);
        for (int i = 0; i < 1_000; i++) {
            turns.of("flooder").execute(() -> done.add("flooder"));
        }
        turns.of("other").execute(() -> done.add("other"));
        turns.of("other").execute(() -> done.add("other again"));
        assertThat(started).as("threads taken").hasSize(1);
        started.remove().run();
        assertThat(done.subList(0, 4)).containsExactly("flooder", "other", "flooder", "other again");
        assertThat(done).hasSize(1_002);
        assertThat(turns.addresses()).isZero();
    }

    @Test
    void whatHoldsUpOneAddressHoldsUpNoOther() throws Exception {
        ExecutorService pool = Executors.newFixedThreadPool(4);
        CountDownLatch open = new CountDownLatch(1);
        try {
            Turns turns = new Turns(pool, 4);
            AtomicInteger held = new AtomicInteger();
            for (int i = 0; i < 100; i++) {
                turns.of("stuck").execute(() -> {
                    held.incrementAndGet();
                    await(open);
                });
            }
            CountDownLatch others = new CountDownLatch(10);
            for (int i = 0; i < 10; i++) {
                turns.of("other " + i % 3).execute(others::countDown);
            }
            await(others);
            assertThat(held).hasValueLessThanOrEqualTo(1);
            open.countDown();
            pool.shutdown();
            assertThat(pool.awaitTermination(60, TimeUnit.SECONDS)).isTrue();
            assertThat(held).hasValue(100);
            assertThat(turns.addresses()).isZero();
        } finally {
            open.countDown();
            pool.shutdownNow();
        }
    }

    @Test
    void everyTaskRunsOnceWhoeverGivesIt() throws Exception {
        ExecutorService pool = Executors.newFixedThreadPool(3);
        ExecutorService givers = Executors.newFixedThreadPool(4);
        try {
            Turns turns = new Turns(pool, 3);
            int each = 20_000;
            CountDownLatch all = new CountDownLatch(4 * each);
            for (int giver = 0; giver < 4; giver++) {
                String address = "address " + giver / 2;
                givers.execute(() -> {
                    for (int i = 0; i < each; i++) {
                        turns.of(address).execute(all::countDown);
                    }
                });
            }
            await(all);
        } finally {
            givers.shutdownNow();
            pool.shutdownNow();
        }
    }

    @Test
    void taskThatFailsTakesNobodysTurn() {
        Turns turns = new Turns(started::add, 1);
        turns.of("one").execute(() -> {
            throw new IllegalStateException("planted");
        });
        turns.of("other").execute(() -> done.add("other"));
        started.remove().run();
        assertThat(done).containsExactly("other");
        turns.of("one").execute(() -> done.add("one"));
        started.remove().run();
        assertThat(done).containsExactly("other", "one");
    }

    @Test
    void executorThatTakesNothingIsToldAndNothingIsKept() {
        Turns turns = new Turns(
                task -> {
                    throw new RejectedExecutionException("planted");
                },
                1);
        assertThatThrownBy(() -> turns.of("one").execute(() -> done.add("one")))
                .isInstanceOf(RejectedExecutionException.class);
        assertThat(turns.addresses()).isZero();
    }

    private static void await(CountDownLatch latch) {
        try {
            if (!latch.await(60, TimeUnit.SECONDS)) {
                throw new AssertionError("it did not come about: " + latch);
            }
        } catch (InterruptedException e) {
            throw new AssertionError("interrupted", e);
        }
    }
}
