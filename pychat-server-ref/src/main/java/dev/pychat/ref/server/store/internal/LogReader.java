package dev.pychat.ref.server.store.internal;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import jetbrains.exodus.io.Block;
import jetbrains.exodus.io.DataReader;

/** What Xodus reads through. Thread-safe. */
final class LogReader implements DataReader {

    private final CheckedLog log;
    private final LogFiles files;

    LogReader(CheckedLog log, LogFiles files) {
        this.log = log;
        this.files = files;
    }

    @Override
    public String getLocation() {
        return files.directory().toString();
    }

    @Override
    public Iterable<Block> getBlocks() {
        return getBlocks(0);
    }

    @Override
    public Iterable<Block> getBlocks(long fromAddress) {
        try {
            List<Block> blocks = new ArrayList<>();
            for (long address : files.addresses()) {
                if (address >= fromAddress) {
                    blocks.add(new LogBlock(log, files, address));
                }
            }
            return blocks;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The files are closed with the whole log. */
    @Override
    public void close() {}
}
