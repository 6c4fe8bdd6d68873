package dev.pychat.transport.internal;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class NamedThreadsTest {

    @Test
    void standingThreadsAreThereBeforeTheFirstTaskAndUntilTheEnd() throws Exception {
        ExecutorService pool = NamedThreads.standing("standing-test", 3);
        List<Thread> threads = threads();
        assertThat(threads).hasSize(3).allMatch(Thread::isDaemon);
        assertThat(pool.submit(Thread::currentThread).get(120, TimeUnit.SECONDS))
                .isIn(threads);
        pool.shutdown();
        assertThat(pool.awaitTermination(120, TimeUnit.SECONDS)).isTrue();
    }

    private static List<Thread> threads() {
        return Thread.getAllStackTraces().keySet().stream()
                .filter(thread -> thread.getName().startsWith("pychat-standing-test-"))
                .toList();
    }
}
