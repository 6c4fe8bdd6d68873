package dev.pychat.audit;

import dev.pychat.crypto.open.KeyPolicy;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Optional;

/**
 * Audits evidence files: every signature, lane and view of a conversation, with no server and no private key (ENVELOPE.md, section 16).
 * Epochs whose secrets the file does not give are looked at from outside: the signatures of their headers, and the lanes.
 *
 * <p>What an audit shows, it shows of the identities that the file names. Whose the two present ones are, the safety number tells, which
 * the two people have compared or can compare; what is of any other is not plainly what one of them wrote
 * ({@link AuditReport.Verdict#HOLDS_IN_PART}). Stateless; safe for every thread.
 */
public final class Audit {

    private Audit() {}

    /**
     * Audits a file. It is read to its end first, so that nothing is said of a damaged one, and so has to be one that can be read again.
     *
     * @param file a regular file, or a link to one, which nobody must change meanwhile
     * @param policy which wrapping keys of bundles are acceptable; {@link KeyPolicy#production()} outside of tests
     * @param listener is told of each message
     * @return what was found
     * @throws EvidenceException if it is no evidence file, a damaged one, or of a newer version
     * @throws IOException if it can't be read; {@link FileSystemException} if it is no regular file
     */
    public static AuditReport of(Path file, KeyPolicy policy, AuditListener listener)
            throws IOException, EvidenceException {
        requireRegular(file);
        try (InputStream in = open(file)) {
            readThrough(EvidenceReader.begin(in));
        }
        try (InputStream in = open(file);
                EpochFile epochs = EpochFile.open(file)) {
            return new Auditing(EvidenceReader.begin(in), epochs, policy, listener).run();
        }
    }

    /** A pipe would be empty when it is read for the second time, or never give a byte. */
    private static void requireRegular(Path file) throws IOException {
        if (!Files.readAttributes(file, BasicFileAttributes.class).isRegularFile()) {
            throw new FileSystemException(file.toString(), null, "it must be a regular file");
        }
    }

    private static void readThrough(EvidenceReader reader) throws IOException, EvidenceException {
        Optional<EvidenceRecord> record = reader.next();
        while (record.isPresent()) {
            if (record.get() instanceof EvidenceRecord.Epoch epoch) {
                epoch.close();
            }
            record = reader.next();
        }
    }

    private static InputStream open(Path file) throws IOException {
        return new BufferedInputStream(Files.newInputStream(file), 1 << 16);
    }
}
