package dev.pychat.backup;

import dev.pychat.crypto.open.Label;
import dev.pychat.crypto.secret.SealedBox;
import dev.pychat.crypto.secret.SecretBytes;
import dev.pychat.crypto.secret.UnsealException;
import dev.pychat.keyring.UnreadableException;
import dev.pychat.keyring.UnreadableException.Reason;
import dev.pychat.model.Bytes;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.util.Optional;

/** Opens the chunks of a backup one after the other, and notices what is missing, moved or altered. Confined to one thread. */
final class ChunkReader {

    private static final int FRAME = 1 + Integer.BYTES;

    private final InputStream in;
    private final Bytes header;
    private final SecretBytes key;
    private long number;
    private boolean over;

    /** The key stays the caller's. */
    ChunkReader(InputStream in, Bytes header, SecretBytes key) {
        this.in = in;
        this.header = header;
        this.key = key;
    }

    /** The content of the next chunk, the caller's to erase; empty behind the last one. */
    Optional<byte[]> next() throws IOException, UnreadableException {
        if (over) {
            return Optional.empty();
        }
        byte[] frame = in.readNBytes(FRAME);
        if (frame.length < FRAME) {
            throw damaged("it ends before its last part");
        }
        boolean last = frame[0] == 1;
        int size = ByteBuffer.wrap(frame).getInt(1);
        if (frame[0] > 1 || frame[0] < 0 || size < SealedBox.OVERHEAD || size > ChunkWriter.MAX + SealedBox.OVERHEAD) {
            throw damaged("part " + number + " has no proper beginning");
        }
        byte[] box = in.readNBytes(size);
        if (box.length < size) {
            throw damaged("it ends inside part " + number);
        }
        byte[] content = open(Bytes.adopt(box), last);
        over = last;
        if (last && in.read() >= 0) {
            throw damaged("it goes on behind its last part");
        }
        number++;
        return Optional.of(content);
    }

    private byte[] open(Bytes box, boolean last) throws UnreadableException {
        try {
            return SealedBox.open(Label.EXPORT, key, ChunkWriter.context(header, number, last), box);
        } catch (UnsealException e) {
            throw damaged("part " + number + " is not the one that belongs there, or was altered");
        }
    }

    static UnreadableException damaged(String how) {
        return new UnreadableException(Reason.DAMAGED, "this backup is damaged: " + how);
    }
}
