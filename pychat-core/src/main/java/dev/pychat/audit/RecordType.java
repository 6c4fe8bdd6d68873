package dev.pychat.audit;

import dev.pychat.envelope.SignedEpoch;
import dev.pychat.model.Envelope;
import java.util.Optional;

/** The types of records in an evidence file, in the order in which their first ones come. Immutable. */
enum RecordType {
    SCOPE(1, 16 * 1024),
    BUNDLE(2, 32 * 1024),
    EPOCH(3, 1 + SignedEpoch.SECRET_SIZE + 32 * 1024),
    MESSAGE(4, 256 + Envelope.MAX_SIZE),
    ABSENT(5, 256),
    END(6, 32);

    private final int code;
    private final int limit;

    RecordType(int code, int limit) {
        this.code = code;
        this.limit = limit;
    }

    int code() {
        return code;
    }

    /** The most bytes of such a record's content. */
    int limit() {
        return limit;
    }

    static Optional<RecordType> of(int code) {
        return code < 1 || code > values().length ? Optional.empty() : Optional.of(values()[code - 1]);
    }
}
