package dev.pychat.store.internal.tree;

import dev.pychat.store.StoreException;
import org.jspecify.annotations.Nullable;

/** A change that waits to be made, and whoever waits for it. It may be tried several times; the last result counts. Thread-safe. */
final class WaitingWork<T> {

    private final Database.Work<T> work;
    private final Answer<T> answer = new Answer<>();
    private @Nullable T result;

    WaitingWork(Database.Work<T> work) {
        this.work = work;
    }

    /** Makes the change in a transaction that may still come to nothing. By whoever writes. */
    void run(Trees trees) throws StoreException, DamagedRecordException {
        result = work.run(trees);
    }

    /** What was made last is durable. */
    void done() {
        answer.done(result);
    }

    void failed(Throwable cause) {
        answer.failed(cause);
    }

    /** Whether it is known what has become of it. */
    boolean isDone() {
        return answer.isDone();
    }

    /** Waits; an interrupt does not wake, it is found again afterwards. */
    T await() throws StoreException {
        return answer.await();
    }
}
