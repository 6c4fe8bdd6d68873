package dev.pychat.store.internal.tree;

/** A record is not what was written. It becomes a refusal at the seam. */
public final class DamagedRecordException extends Exception {

    private static final long serialVersionUID = 1L;

    DamagedRecordException(String message) {
        super(message);
    }
}
