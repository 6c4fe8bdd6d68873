package dev.pychat.ref.client.home;

import dev.pychat.model.Bytes;
import dev.pychat.store.OutboxLane;
import dev.pychat.store.OutboxStep;
import dev.pychat.store.OutboxStore;
import dev.pychat.store.StoreException;
import dev.pychat.store.StoreRefusedException;
import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.ReentrantLock;

/** An outbox as a log of its steps, now and then rewritten as what they amount to. Thread-safe. */
final class FileOutboxStore implements OutboxStore, Closeable {
    static final char KIND = 'O';
    /** Below this a log is not worth rewriting. */
    static final long SMALL = 256 * 1024;

    private static final int GROWTH = 4;

    private final ReentrantLock lock = new ReentrantLock();
    private final OutboxContent content = new OutboxContent();
    private final RecordLog log;
    private long rewriteAbove = SMALL;
    /** Whether the log may hold what is not in the outbox any more. */
    private boolean dropped = true;

    FileOutboxStore(Path path) throws IOException {
        this.log = RecordLog.open(path, KIND, (record, at) -> {
            try {
                content.apply(OutboxRecords.decode(record));
            } catch (IllegalArgumentException e) {
                throw FileHeader.damaged(path, "holds a record that is none, at byte " + at);
            }
        });
    }

    @Override
    public List<OutboxLane> load() {
        lock.lock();
        try {
            return content.lanes();
        } finally {
            lock.unlock();
        }
    }

    @Override
    public void keep(OutboxStep step) throws StoreException {
        lock.lock();
        try {
            Bytes head = content.head(step.peer());
            if (!head.equals(step.headBefore()) && !head.equals(step.head())) {
                throw new StoreRefusedException("the lane to " + step.peer()
                        + " has another head than the one this step follows: the outbox is used by two clients");
            }
            dropped = true;
            log.append(OutboxRecords.encode(step));
            content.apply(step);
            rewriteIfLarge();
        } catch (IOException e) {
            throw Failure.of(e, log.isUsable());
        } finally {
            lock.unlock();
        }
    }

    private void rewriteIfLarge() throws IOException {
        if (log.size() > rewriteAbove) {
            if (log.compactOrGoOn(this::rewrite)) {
                dropped = false;
            }
            rewriteAbove = Math.max(SMALL, GROWTH * log.size());
        }
    }

    @Override
    public void eraseDropped() throws StoreException {
        lock.lock();
        try {
            if (dropped) {
                log.compact(this::rewrite);
                dropped = false;
                rewriteAbove = Math.max(SMALL, GROWTH * log.size());
            }
        } catch (IOException e) {
            throw Failure.of(e, log.isUsable());
        } finally {
            lock.unlock();
        }
    }

    private void rewrite(RecordLog.Writer writer) throws IOException {
        List<OutboxStep> steps = new ArrayList<>();
        content.steps(steps::add);
        for (OutboxStep step : steps) {
            writer.append(OutboxRecords.encode(step));
        }
    }

    @Override
    public void close() throws IOException {
        lock.lock();
        try {
            log.close();
        } finally {
            lock.unlock();
        }
    }
}
