package dev.pychat.ref.server.store;

/** A record is not what was written. It becomes a refusal at the seam. */
final class DamagedRecordException extends Exception {

    private static final long serialVersionUID = 1L;

    DamagedRecordException(String message) {
        super(message);
    }
}
