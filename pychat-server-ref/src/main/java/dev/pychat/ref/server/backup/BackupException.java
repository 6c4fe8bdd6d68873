package dev.pychat.ref.server.backup;

import dev.pychat.model.PychatException;

/** A file is no backup that can be used; its message is a sentence that says why. */
public final class BackupException extends PychatException {

    private static final long serialVersionUID = 1L;

    /** What is the matter with it. */
    public enum Problem {
        /** It is no backup, or one of a format that this version does not know. */
        UNKNOWN_FORMAT,
        /** Something in it is lost or altered. */
        DAMAGED,
        /** It ends before its end was written: it was cut off, or never finished. */
        ENDS_EARLY
    }

    /** What is the matter. */
    private final Problem problem;

    BackupException(Problem problem, String message) {
        super(message);
        this.problem = problem;
    }

    static BackupException damaged(String message) {
        return new BackupException(Problem.DAMAGED, message);
    }

    /**
     * What is the matter.
     *
     * @return the problem
     */
    public Problem problem() {
        return problem;
    }
}
