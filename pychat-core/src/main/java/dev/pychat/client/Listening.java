package dev.pychat.client;

import dev.pychat.model.Username;
import dev.pychat.transport.internal.SerialQueue;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One listener to a client, with a queue of its own: while it blocks, what is told to it waits, and nobody else does. Thread-safe; what
 * it throws is logged and goes no further.
 */
final class Listening {

    private static final Logger LOG = LoggerFactory.getLogger(Listening.class);

    private final ClientListener listener;
    private final SerialQueue queue;
    private final Map<Username, Latest<MailboxEntry>> mailbox = new ConcurrentHashMap<>();

    Listening(ClientListener listener, Executor executor) {
        this.listener = listener;
        this.queue = new SerialQueue(executor);
    }

    /** In its turn behind what was told before. */
    void tell(Consumer<ClientListener> news) {
        queue.execute(() -> call(news));
    }

    /** The same of a conversation's mailbox, of which only the latest counts: so what waits has a bound. */
    void mailbox(MailboxEntry entry) {
        mailbox.computeIfAbsent(entry.peer(), absent -> new Latest<>())
                .put(entry, queue, latest -> call(to -> to.onMailboxChanged(latest)));
    }

    /** At once, on the calling thread. */
    void call(Consumer<ClientListener> news) {
        guarded(() -> news.accept(listener));
    }

    static void guarded(Runnable call) {
        try {
            call.run();
        } catch (RuntimeException | Error e) {
            LOG.error("a listener failed", e);
        }
    }
}
