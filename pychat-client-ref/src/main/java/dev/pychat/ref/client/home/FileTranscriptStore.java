package dev.pychat.ref.client.home;

import dev.pychat.model.Bytes;
import dev.pychat.model.EpochName;
import dev.pychat.model.MessageId;
import dev.pychat.model.Position;
import dev.pychat.model.Username;
import dev.pychat.store.StoreException;
import dev.pychat.store.StoreRefusedException;
import dev.pychat.store.TranscriptEntry;
import dev.pychat.store.TranscriptForgetting;
import dev.pychat.store.TranscriptSpan;
import dev.pychat.store.TranscriptStep;
import dev.pychat.store.TranscriptStore;
import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;

/** Transcripts in a directory, which the first of them makes: one log for each peer, opened when first asked for. Thread-safe. */
final class FileTranscriptStore implements TranscriptStore, Closeable {
    private static final String SUFFIX = ".log";

    private final ReentrantLock lock = new ReentrantLock();
    private final Path directory;
    private final Map<Username, TranscriptLog> logs = new HashMap<>();

    FileTranscriptStore(Path directory) {
        this.directory = directory;
    }

    @Override
    public List<Username> peers() throws StoreException {
        try {
            return NamedFiles.list(directory, SUFFIX);
        } catch (IOException e) {
            throw Failure.of(e);
        }
    }

    @Override
    public TranscriptSpan span(Username peer) throws StoreException {
        return ask(peer, TranscriptSpan.NOTHING, log -> log.index().span());
    }

    @Override
    public List<TranscriptEntry> page(Username peer, Position before, int limit) throws StoreException {
        if (limit < 1 || limit > MAX_PAGE) {
            throw new IllegalArgumentException("a page of " + limit + " entries, allowed are 1 to " + MAX_PAGE);
        }
        return ask(peer, List.of(), log -> {
            TranscriptSpan span = log.index().span();
            long last = Math.min(before.value() - 1, span.to().value());
            long first = Math.max(last - limit + 1, span.from().value());
            return first < 1 || last < first ? List.of() : log.entries(new Position(first), new Position(last));
        });
    }

    @Override
    public Optional<TranscriptEntry> find(Username peer, MessageId id) throws StoreException {
        return ask(peer, Optional.empty(), log -> entry(log, log.index().find(id)));
    }

    @Override
    public Optional<TranscriptEntry> find(Username peer, EpochName epoch, int n) throws StoreException {
        return ask(peer, Optional.empty(), log -> entry(log, log.index().find(epoch, n)));
    }

    private static Optional<TranscriptEntry> entry(TranscriptLog log, Optional<Position> at) throws IOException {
        return at.isEmpty()
                ? Optional.empty()
                : log.entries(at.get(), at.get()).stream().findFirst();
    }

    @Override
    public Optional<Bytes> epoch(Username peer, EpochName epoch) throws StoreException {
        return ask(peer, Optional.empty(), log -> log.epoch(epoch));
    }

    @Override
    public List<EpochName> epochs(Username peer) throws StoreException {
        return ask(peer, List.of(), log -> List.copyOf(log.index().epochs()));
    }

    @Override
    public void append(TranscriptStep step) throws StoreException {
        write(step.peer(), log -> log.append(step));
    }

    @Override
    public void replace(TranscriptStep step) throws StoreException {
        write(step.peer(), log -> log.replace(step));
    }

    @Override
    public void forget(TranscriptForgetting step) throws StoreException {
        if (ask(step.peer(), false, log -> true)) {
            write(step.peer(), log -> log.forget(step));
        } else if (!step.entries().isEmpty()) {
            throw new StoreRefusedException("nothing is held of the conversation with " + step.peer());
        }
    }

    private interface Change {
        void make(TranscriptLog log) throws IOException, StoreException;
    }

    private void write(Username peer, Change change) throws StoreException {
        lock.lock();
        try {
            TranscriptLog log = log(peer);
            try {
                change.make(log);
            } catch (IOException e) {
                throw Failure.of(e, log.isUsable());
            }
        } catch (IOException e) {
            throw Failure.of(e);
        } finally {
            lock.unlock();
        }
    }

    private interface Question<T> {
        T of(TranscriptLog log) throws IOException;
    }

    private <T> T ask(Username peer, T nothing, Question<T> question) throws StoreException {
        lock.lock();
        try {
            boolean isThere = logs.containsKey(peer) || Files.exists(path(peer));
            return isThere ? question.of(log(peer)) : nothing;
        } catch (IOException e) {
            throw Failure.of(e);
        } finally {
            lock.unlock();
        }
    }

    private TranscriptLog log(Username peer) throws IOException {
        TranscriptLog open = logs.get(peer);
        if (open == null) {
            PrivateFiles.createDirectories(directory);
            open = new TranscriptLog(path(peer), peer);
            logs.put(peer, open);
        }
        return open;
    }

    private Path path(Username peer) {
        return directory.resolve(peer.value() + SUFFIX);
    }

    @Override
    public void close() throws IOException {
        lock.lock();
        try (Closing closing = new Closing()) {
            logs.values().forEach(closing::add);
        } finally {
            lock.unlock();
        }
    }
}
