package dev.pychat.testkit.store;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;

/** Runs work on several threads that begin together. */
final class AtOnce {

    private static final long PATIENCE_SECONDS = 120;

    private AtOnce() {}

    interface Work<T> {
        T run(int number) throws Exception;
    }

    static <T> List<T> run(int threads, Work<T> work) throws Exception {
        List<Callable<T>> all = new ArrayList<>();
        for (int i = 0; i < threads; i++) {
            int number = i;
            all.add(() -> work.run(number));
        }
        return run(all);
    }

    static <T> List<T> run(List<? extends Callable<T>> works) throws Exception {
        ExecutorService executor = Executors.newFixedThreadPool(works.size());
        try {
            CountDownLatch start = new CountDownLatch(works.size());
            List<Future<T>> futures = new ArrayList<>();
            for (Callable<T> work : works) {
                futures.add(executor.submit(() -> {
                    start.countDown();
                    start.await();
                    return work.call();
                }));
            }
            List<T> results = new ArrayList<>();
            for (Future<T> future : futures) {
                results.add(future.get(PATIENCE_SECONDS, TimeUnit.SECONDS));
            }
            return results;
        } finally {
            executor.shutdownNow();
        }
    }
}
