package dev.pychat.ref.client.home;

import java.io.IOException;

/** The files of a device can't be used. Its message is a sentence that names the file and says what to do. */
public final class HomeException extends IOException {
    private static final long serialVersionUID = 1L;

    /** What is the matter. */
    public enum Problem {
        /** The operating system refused to read or write. */
        UNREADABLE,
        /** Another process uses the same account of this home. */
        BUSY,
        /** A file has a format that this version does not know. */
        UNKNOWN_FORMAT,
        /** A file is not what was written to it. */
        DAMAGED
    }

    /** What is the matter. */
    private final Problem problem;

    HomeException(Problem problem, String message) {
        super(message);
        this.problem = problem;
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
