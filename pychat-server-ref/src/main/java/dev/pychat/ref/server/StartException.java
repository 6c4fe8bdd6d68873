package dev.pychat.ref.server;

import dev.pychat.model.PychatException;

/** The server can't start; its message is the one line that is said about it. */
final class StartException extends PychatException {

    private static final long serialVersionUID = 1L;

    private final ExitCode exitCode;

    StartException(ExitCode exitCode, String message) {
        super(message);
        this.exitCode = exitCode;
    }

    StartException(ExitCode exitCode, String message, Throwable cause) {
        super(message, cause);
        this.exitCode = exitCode;
    }

    ExitCode exitCode() {
        return exitCode;
    }
}
