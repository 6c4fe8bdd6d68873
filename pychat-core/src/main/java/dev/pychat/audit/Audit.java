package dev.pychat.audit;

import dev.pychat.crypto.open.KeyPolicy;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/**
 * Audits evidence files: every signature, lane and view of a conversation, with no server and no private key (ENVELOPE.md, section 16).
 * Epochs whose secrets the file does not give are looked at from outside: the signatures of their headers, and the lanes.
 *
 * <p>What an audit shows, it shows of the identities that the file names. Whose they are, the safety number tells, which the two people
 * have compared or can compare. Stateless; safe for every thread.
 */
public final class Audit {

    private Audit() {}

    /**
     * Audits a file. It is read to its end first, so that nothing is said of a damaged one.
     *
     * @param file the file, which nobody must change meanwhile
     * @param policy which wrapping keys of bundles are acceptable; {@link KeyPolicy#production()} outside of tests
     * @param listener is told of each message
     * @return what was found
     * @throws EvidenceException if it is no evidence file, a damaged one, or of a newer version
     * @throws IOException if it can't be read
     */
    public static AuditReport of(Path file, KeyPolicy policy, AuditListener listener)
            throws IOException, EvidenceException {
        try (InputStream in = open(file)) {
            readThrough(EvidenceReader.begin(in));
        }
        try (InputStream in = open(file);
                EpochFile epochs = EpochFile.open(file)) {
            return new Auditing(EvidenceReader.begin(in), epochs, policy, listener).run();
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
