package dev.pychat.ref.server.store;

import dev.pychat.ref.server.store.internal.CheckedLog;
import dev.pychat.store.directory.Durability;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import jetbrains.exodus.core.dataStructures.Pair;
import jetbrains.exodus.io.DataReader;
import jetbrains.exodus.io.DataReaderWriterProvider;
import jetbrains.exodus.io.DataWriter;

/**
 * Has Xodus read and write through our log, and keeps what is not synced aside, so that it can be dropped. Xodus finds it by its name.
 * Thread-safe.
 */
public final class UnsyncedAside extends DataReaderWriterProvider {

    private static final Map<String, UnsyncedAside.Opened> OPENED = new ConcurrentHashMap<>();

    /**
     * What is open at a place.
     *
     * @param log our log
     * @param writer what Xodus writes through
     */
    record Opened(CheckedLog log, UnsyncedWriter writer) {}

    /** For Xodus. */
    public UnsyncedAside() {}

    static Opened at(Path store) {
        Opened opened = OPENED.get(store.toString());
        if (opened == null) {
            throw new AssertionError("nothing was opened at " + store);
        }
        return opened;
    }

    @Override
    public Pair<DataReader, DataWriter> newReaderWriter(String location) {
        try {
            Path store = Path.of(location);
            CheckedLog log = CheckedLog.open(store.resolve(OpenLog.LOG), store.resolve(OpenLog.CHECK), Durability.DISK);
            UnsyncedWriter writer = new UnsyncedWriter(log.writer());
            OPENED.put(location, new Opened(log, writer));
            return new Pair<>(log.reader(), writer);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
