package dev.pychat.client;

import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Answers that callers wait for. Once this is closed, those that are open and those that are made later fail, since the queue that
 * would have completed them takes nothing more. Thread-safe.
 */
final class Promises {

    private final Map<Object, CompletableFuture<?>> open = new ConcurrentHashMap<>();
    private volatile boolean closed;

    @SuppressWarnings("FutureReturnValueIgnored") // it only takes the answer off the list
    <T> CompletableFuture<T> make() {
        CompletableFuture<T> answer = new CompletableFuture<>();
        Object key = new Object();
        open.put(key, answer);
        answer.whenComplete((value, failure) -> open.remove(key));
        if (closed) {
            fail(answer);
        }
        return answer;
    }

    void close() {
        closed = true;
        List.copyOf(open.values()).forEach(Promises::fail);
    }

    private static void fail(CompletableFuture<?> answer) {
        answer.completeExceptionally(new ClosedException("the client was closed before the answer was there"));
    }
}
