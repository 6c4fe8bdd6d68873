package dev.pychat.audit;

import dev.pychat.model.PychatException;

/** What was given is no evidence file that this program can read. */
public final class EvidenceException extends PychatException {

    private static final long serialVersionUID = 1L;

    /** What is the matter. */
    public enum Problem {
        /** It is not in the one form that an evidence file can have, or not what was written. */
        DAMAGED,
        /** It has a version that this program does not know. */
        NEWER_VERSION
    }

    /** What is the matter. */
    private final Problem problem;

    EvidenceException(Problem problem, String message) {
        super(message);
        this.problem = problem;
    }

    static EvidenceException damaged(String how) {
        return new EvidenceException(Problem.DAMAGED, "this is no evidence file, or a damaged one: " + how);
    }

    /**
     * What is the matter.
     *
     * @return the kind of problem
     */
    public Problem problem() {
        return problem;
    }
}
