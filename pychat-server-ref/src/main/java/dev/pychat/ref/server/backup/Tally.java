package dev.pychat.ref.server.backup;

import dev.pychat.model.Bytes;
import dev.pychat.store.directory.StoredRecord;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.LinkedHashMap;
import java.util.Map;

/** Counts records and hashes them in their order, each part with its length in front. Confined to one thread. */
public final class Tally {

    private final Map<String, Long> counts = new LinkedHashMap<>();
    private final MessageDigest digest = sha256();

    /** Begins with nothing. */
    public Tally() {}

    /**
     * Takes a record.
     *
     * @param record the record
     */
    public void take(StoredRecord record) {
        counts.merge(record.tree(), 1L, Long::sum);
        hash(Bytes.adopt(record.tree().getBytes(StandardCharsets.UTF_8)));
        hash(record.key());
        hash(record.value());
    }

    private void hash(Bytes part) {
        digest.update(ByteBuffer.allocate(Integer.BYTES).putInt(part.size()).flip());
        digest.update(part.asByteBuffer());
    }

    /**
     * What was taken; nothing may be taken afterwards.
     *
     * @return the sum
     */
    public Sum sum() {
        return new Sum(Map.copyOf(counts), Bytes.adopt(digest.digest()));
    }

    /**
     * What two directories have alike if they hold the same.
     *
     * <p>Immutable and thread-safe.
     *
     * @param counts how many records each tree has that has any
     * @param hash the SHA-256 of all of them
     */
    public record Sum(Map<String, Long> counts, Bytes hash) {

        /**
         * How many records there are in all.
         *
         * @return the number
         */
        public long total() {
            return counts.values().stream().mapToLong(Long::longValue).sum();
        }

        /**
         * How many records a tree has.
         *
         * @param tree the tree
         * @return the number
         */
        public long of(String tree) {
            return counts.getOrDefault(tree, 0L);
        }
    }

    static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError("every Java has SHA-256", e);
        }
    }
}
