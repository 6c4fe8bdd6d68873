package dev.pychat.audit;

import java.io.BufferedInputStream;
import java.io.Closeable;
import java.io.IOException;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.Path;

/** Reads records of epochs again, wherever in the file they stand. Confined to one thread. */
final class EpochFile implements AuditEpochs.Records, Closeable {

    private final FileChannel file;

    private EpochFile(FileChannel file) {
        this.file = file;
    }

    static EpochFile open(Path file) throws IOException {
        return new EpochFile(FileChannel.open(file));
    }

    @Override
    public EvidenceRecord.Epoch at(long recordAt) throws IOException, EvidenceException {
        file.position(recordAt);
        // It closes the channel if it is closed itself, and needs no closing.
        return EvidenceReader.epoch(new BufferedInputStream(Channels.newInputStream(file)));
    }

    @Override
    public void close() throws IOException {
        file.close();
    }
}
