package dev.pychat.audit;

import dev.pychat.crypto.open.BinaryWriter;
import dev.pychat.crypto.open.Label;
import dev.pychat.crypto.open.Sha256;
import dev.pychat.crypto.secret.SecretBytes;
import dev.pychat.model.Bytes;
import dev.pychat.model.EpochName;
import dev.pychat.model.StoredMessage;
import java.io.IOException;
import java.io.OutputStream;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Optional;

/**
 * Writes an evidence file (ENVELOPE.md, section 16) as it comes: bundles first, then each epoch before the first message that names
 * it, and the messages in the order of their positions, those that are not to be had too.
 *
 * <p>Confined to one thread. A record out of its place is the caller's bug and throws {@link IllegalStateException}.
 */
public final class EvidenceWriter {

    static final int VERSION = 1;

    private final DigestOutputStream out;
    private final EvidenceOrder order = new EvidenceOrder();

    private EvidenceWriter(OutputStream out) {
        this.out = new DigestOutputStream(out, digest());
    }

    /**
     * Begins a file.
     *
     * @param out where it goes, which stays the caller's to flush and close
     * @param scope what it is about
     * @return the writer
     * @throws IOException if {@code out} fails
     */
    public static EvidenceWriter begin(OutputStream out, EvidenceScope scope) throws IOException {
        EvidenceWriter writer = new EvidenceWriter(out);
        Label.EVIDENCE.bytes().writeTo(writer.out);
        writer.out.write(VERSION);
        require(writer.order.scope(scope));
        try (BinaryWriter content = new BinaryWriter()) {
            new EvidenceRecord.Scope(scope).write(content);
            writer.record(RecordType.SCOPE, content);
        }
        return writer;
    }

    /**
     * Adds a key bundle.
     *
     * @param bundle the bundle as it was received, at most 32 KiB
     * @throws IOException if the stream fails
     */
    public void bundle(Bytes bundle) throws IOException {
        require(order.bundle());
        try (BinaryWriter content = new BinaryWriter()) {
            record(RecordType.BUNDLE, content.raw(bundle));
        }
    }

    /**
     * Adds an epoch whose secret is not given.
     *
     * @param header its header as it was received, at most 32 KiB
     * @throws IOException if the stream fails
     */
    public void epoch(Bytes header) throws IOException {
        require(order.epoch(new EpochName(Sha256.of(header)), false));
        try (BinaryWriter content = new BinaryWriter()) {
            record(RecordType.EPOCH, content.bool(false).raw(header));
        }
    }

    /**
     * Adds an epoch with its secret: whoever has the file can read its messages.
     *
     * @param header its header as it was received, at most 32 KiB
     * @param secret its secret, which stays the caller's to close
     * @throws IOException if the stream fails
     */
    public void epoch(Bytes header, SecretBytes secret) throws IOException {
        require(order.epoch(new EpochName(Sha256.of(header)), true));
        try (BinaryWriter content = new BinaryWriter()) {
            secret.reveal(raw -> content.bool(true).raw(raw));
            record(RecordType.EPOCH, content.raw(header));
        }
    }

    /**
     * Adds the message of the next position.
     *
     * @param message the message as the server gives it
     * @throws IOException if the stream fails
     */
    public void message(StoredMessage message) throws IOException {
        require(order.message());
        try (BinaryWriter content = new BinaryWriter()) {
            EvidenceRecord.Message.of(message).write(content);
            record(RecordType.MESSAGE, content);
        }
    }

    /**
     * Says of the next position that its message was not to be had.
     *
     * @param message what is known of it
     * @throws IOException if the stream fails
     */
    public void absent(AbsentMessage message) throws IOException {
        require(order.message());
        try (BinaryWriter content = new BinaryWriter()) {
            new EvidenceRecord.Absent(message).write(content);
            record(RecordType.ABSENT, content);
        }
    }

    /**
     * Ends the file.
     *
     * @throws IOException if the stream fails
     */
    public void finish() throws IOException {
        require(order.end());
        Bytes sum = Bytes.adopt(out.getMessageDigest().digest());
        try (BinaryWriter content = new BinaryWriter()) {
            record(RecordType.END, content.raw(sum));
        }
    }

    private void record(RecordType type, BinaryWriter content) throws IOException {
        if (content.size() > type.limit()) {
            throw new IllegalStateException(
                    content.size() + " bytes of a record " + type + ", allowed are " + type.limit());
        }
        try (BinaryWriter head = new BinaryWriter()) {
            out.write(head.u8(type.code()).u32(content.size()).toArray());
        }
        out.write(content.toArray());
    }

    private static void require(Optional<String> problem) {
        if (problem.isPresent()) {
            throw new IllegalStateException("an evidence file is written wrongly: " + problem.get());
        }
    }

    static MessageDigest digest() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
