package dev.pychat.client;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pychat.transport.internal.NamedThreads;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class GrowingPoolTest {

    private static final int LEAST = 2;

    private final Queue<Runnable> looks = new ConcurrentLinkedQueue<>();
    private final AtomicInteger threads = new AtomicInteger();
    private final AtomicBoolean lacking = new AtomicBoolean();
    private final GrowingPool pool = new GrowingPool(LEAST, this::thread, looks::add);
    private final CountDownLatch release = new CountDownLatch(1);

    @AfterEach
    void stop() {
        release.countDown();
    }

    private @Nullable Thread thread(Runnable task) {
        if (lacking.get()) {
            return null;
        }
        threads.incrementAndGet();
        return NamedThreads.factory("test").newThread(task);
    }

    private List<CountDownLatch> blocking(int tasks) {
        List<CountDownLatch> begun = new ArrayList<>();
        for (int i = 0; i < tasks; i++) {
            CountDownLatch begins = new CountDownLatch(1);
            begun.add(begins);
            pool.execute(() -> {
                begins.countDown();
                await(release);
            });
        }
        return begun;
    }

    private static void await(CountDownLatch latch) {
        try {
            assertThat(latch.await(120, TimeUnit.SECONDS)).isTrue();
        } catch (InterruptedException e) {
            throw new AssertionError("interrupted", e);
        }
    }

    private void aWhilePasses() {
        Runnable look = looks.poll();
        assertThat(look).as("somebody looks after the pool").isNotNull();
        look.run();
    }

    @Test
    void taskRunsThoughAllBeforeItWaitForIt() {
        blocking(20);
        pool.execute(release::countDown);
        while (release.getCount() > 0) {
            if (looks.isEmpty()) {
                Thread.onSpinWait();
            } else {
                aWhilePasses();
            }
        }
    }

    @Test
    void growsByAThreadWhenTheFirstInLineHasNotBegunForAWhile() {
        List<CountDownLatch> begun = blocking(LEAST + 2);
        await(begun.get(LEAST - 1));
        assertThat(looks).as("one look for all that wait").hasSize(1);
        assertThat(threads).hasValue(LEAST);
        aWhilePasses();
        await(begun.get(LEAST));
        assertThat(threads).hasValue(LEAST + 1);
    }

    @Test
    void growsLaterWhereAThreadCouldNotBeMade() {
        List<CountDownLatch> begun = blocking(LEAST + 1);
        await(begun.get(LEAST - 1));
        lacking.set(true);
        aWhilePasses();
        aWhilePasses();
        lacking.set(false);
        aWhilePasses();
        await(begun.get(LEAST));
    }

    @Test
    void doesNotGrowWhenTheFirstInLineHasBegunMeanwhile() {
        CountDownLatch soon = new CountDownLatch(1);
        pool.execute(() -> await(soon));
        List<CountDownLatch> begun = blocking(LEAST + 1);
        soon.countDown();
        await(begun.get(LEAST - 1));
        aWhilePasses();
        assertThat(threads).hasValue(LEAST);
    }

    @Test
    void nobodyLooksAfterAPoolInWhichNothingWaitsAnyMore() {
        await(blocking(1).get(0));
        assertThat(looks).isEmpty();
        blocking(LEAST);
        aWhilePasses();
        release.countDown();
        // It comes to an end: each look asks for another one only as long as something waits or has grown.
        while (!looks.isEmpty()) {
            aWhilePasses();
        }
    }
}
