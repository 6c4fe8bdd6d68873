package dev.pychat.audit;

import dev.pychat.crypto.open.BinaryReader;
import dev.pychat.crypto.open.Label;
import dev.pychat.crypto.open.MalformedException;
import dev.pychat.crypto.open.Sha256;
import dev.pychat.model.Bytes;
import dev.pychat.model.EpochName;
import java.io.IOException;
import java.io.InputStream;
import java.security.MessageDigest;
import java.util.Optional;

/**
 * Reads an evidence file record by record, and never holds more than one. Any bytes give records and at last an end, or an
 * {@link EvidenceException}. Confined to one thread.
 */
final class EvidenceReader {

    private static final int HEAD = 5;

    private final InputStream in;
    private final MessageDigest digest = EvidenceWriter.digest();
    private final EvidenceOrder order = new EvidenceOrder();
    private long at;
    private long recordAt;

    private EvidenceReader(InputStream in) {
        this.in = in;
    }

    static EvidenceReader begin(InputStream in) throws IOException, EvidenceException {
        EvidenceReader reader = new EvidenceReader(in);
        Bytes label = Label.EVIDENCE.bytes();
        if (!reader.take(label.size()).equals(label)) {
            throw EvidenceException.damaged("it does not begin as one");
        }
        int version = reader.take(1).at(0) & 0xff;
        if (version != EvidenceWriter.VERSION) {
            throw new EvidenceException(
                    EvidenceException.Problem.NEWER_VERSION,
                    "this evidence file has version " + version + ", known here is " + EvidenceWriter.VERSION);
        }
        return reader;
    }

    /** Reads the one record of an epoch at which the stream stands; it was read before in its place. */
    static EvidenceRecord.Epoch epoch(InputStream in) throws IOException, EvidenceException {
        EvidenceReader reader = new EvidenceReader(in);
        BinaryReader head = new BinaryReader("record", reader.take(HEAD));
        try {
            if (head.u8("type") != RecordType.EPOCH.code()) {
                throw EvidenceException.damaged("it has changed while it was read");
            }
            return EvidenceRecord.Epoch.read(new BinaryReader(
                    "record of an epoch", reader.take(reader.limited(RecordType.EPOCH, head.u32("length")))));
        } catch (MalformedException e) {
            throw EvidenceException.damaged(String.valueOf(e.getMessage()));
        }
    }

    /** The next record; empty at the end, and only if everything up to there is what was written. */
    Optional<EvidenceRecord> next() throws IOException, EvidenceException {
        recordAt = at;
        Bytes start = read(HEAD);
        BinaryReader head = new BinaryReader("record", start);
        try {
            int code = head.u8("type");
            Optional<RecordType> type = RecordType.of(code);
            if (type.isEmpty()) {
                throw head.malformed("type " + code + " at byte " + recordAt);
            }
            int size = limited(type.get(), head.u32("length"));
            if (type.get() == RecordType.END) {
                // The checksum is of everything before this record.
                end(read(size), Bytes.adopt(digest.digest()));
                return Optional.empty();
            }
            digest.update(start.asByteBuffer());
            Bytes content = take(size);
            BinaryReader fields = new BinaryReader("record at byte " + recordAt, content);
            EvidenceRecord record = read(type.get(), fields);
            fields.end();
            return Optional.of(record);
        } catch (MalformedException e) {
            throw EvidenceException.damaged(String.valueOf(e.getMessage()));
        }
    }

    /** Where the record that was read last begins, counted from the beginning of the file. */
    long recordAt() {
        return recordAt;
    }

    private int limited(RecordType type, long size) throws EvidenceException {
        if (size > type.limit()) {
            throw EvidenceException.damaged("a record of " + size + " bytes at byte " + recordAt + ", allowed are "
                    + type.limit() + " of its type");
        }
        return (int) size;
    }

    private EvidenceRecord read(RecordType type, BinaryReader fields) throws MalformedException, EvidenceException {
        switch (type) {
            case SCOPE -> {
                EvidenceRecord.Scope scope = EvidenceRecord.Scope.read(fields);
                require(order.scope(scope.scope()));
                return scope;
            }
            case BUNDLE -> {
                require(order.bundle());
                return EvidenceRecord.Bundle.read(fields);
            }
            case EPOCH -> {
                EvidenceRecord.Epoch epoch = EvidenceRecord.Epoch.read(fields);
                require(order.epoch(
                        new EpochName(Sha256.of(epoch.header())), epoch.secret().isPresent()));
                return epoch;
            }
            case MESSAGE -> {
                require(order.message());
                return EvidenceRecord.Message.read(fields);
            }
            default -> {
                require(order.message());
                return EvidenceRecord.Absent.read(fields);
            }
        }
    }

    private void end(Bytes sum, Bytes computed) throws IOException, EvidenceException {
        if (!sum.equals(computed)) {
            throw EvidenceException.damaged("it does not match its checksum");
        }
        require(order.end());
        if (in.read() >= 0) {
            throw EvidenceException.damaged("something follows its end");
        }
    }

    private static void require(Optional<String> problem) throws EvidenceException {
        if (problem.isPresent()) {
            throw EvidenceException.damaged(problem.get());
        }
    }

    /** Reads what the checksum is of. */
    private Bytes take(int size) throws IOException, EvidenceException {
        Bytes bytes = read(size);
        digest.update(bytes.asByteBuffer());
        return bytes;
    }

    private Bytes read(int size) throws IOException, EvidenceException {
        byte[] bytes = in.readNBytes(size);
        if (bytes.length < size) {
            throw EvidenceException.damaged("it ends in the middle, after " + (at + bytes.length) + " bytes");
        }
        at += size;
        return Bytes.adopt(bytes);
    }
}
