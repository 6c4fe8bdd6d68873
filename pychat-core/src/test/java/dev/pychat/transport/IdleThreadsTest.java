package dev.pychat.transport;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import dev.pychat.transport.internal.OpenConnections;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** Whether threads that are idle for a moment are there for the next piece of work. */
class IdleThreadsTest {

    private static final int PIECES = 20;
    private static final int MOST_MADE = 3;

    @Test
    void listenerKeepsThreadsWaitingForWork() throws Exception {
        assumeThat(number())
                .as("the number in a thread's name, which virtual threads, made anew for each piece, say nothing with")
                .isNotNegative();
        OpenConnections open = new OpenConnections(1, 1);
        try {
            long before = number();
            for (int i = 0; i < PIECES; i++) {
                TimeUnit.MILLISECONDS.sleep(20);
                assertThat(number()).isNotNegative();
            }
            assertThat(number() - before).as("threads made meanwhile").isLessThanOrEqualTo(MOST_MADE);
        } finally {
            open.closeAll();
        }
    }

    /** Threads are numbered as they are made. */
    private static long number() throws Exception {
        CompletableFuture<String> name = new CompletableFuture<>();
        Threads.BLOCKING.execute(() -> name.complete(isVirtual() ? "-1" : nameOfThread()));
        return Long.parseLong(name.get(60, TimeUnit.SECONDS));
    }

    private static boolean isVirtual() {
        return Thread.currentThread().getClass().getSimpleName().equals("VirtualThread");
    }

    private static String nameOfThread() {
        String name = Thread.currentThread().getName();
        return name.substring(name.lastIndexOf('-') + 1);
    }
}
