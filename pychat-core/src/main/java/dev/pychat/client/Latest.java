package dev.pychat.client;

import dev.pychat.transport.internal.SerialQueue;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;

/**
 * News of which only the latest counts: whoever is told of it gets what has come last, however much has come meanwhile.
 * Thread-safe.
 */
final class Latest<T> {

    private final AtomicReference<Optional<T>> waiting = new AtomicReference<>(Optional.empty());

    void put(T news, SerialQueue queue, Consumer<T> reader) {
        boolean told = waiting.getAndSet(Optional.of(news)).isEmpty();
        // An executor that rejects tasks for a while drops the one that would have read it.
        if (told || queue.isIdle()) {
            queue.execute(() -> waiting.getAndSet(Optional.empty()).ifPresent(reader));
        }
    }
}
