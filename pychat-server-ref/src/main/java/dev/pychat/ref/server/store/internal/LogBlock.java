package dev.pychat.ref.server.store.internal;

import java.io.IOException;
import java.io.UncheckedIOException;
import jetbrains.exodus.io.Block;

/**
 * One file of the log.
 *
 * <p>Immutable and thread-safe.
 *
 * @param log the log
 * @param files its files
 * @param address the address of the first byte
 */
record LogBlock(CheckedLog log, LogFiles files, long address) implements Block {

    @Override
    public long getAddress() {
        return address;
    }

    @Override
    public long length() {
        try {
            return files.length(address);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public int read(byte[] output, long position, int offset, int count) {
        try {
            return log.read(address, position, output, offset, count);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public Block refresh() {
        return this;
    }
}
