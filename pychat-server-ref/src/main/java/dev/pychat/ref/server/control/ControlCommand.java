package dev.pychat.ref.server.control;

import java.io.IOException;
import java.io.OutputStream;
import java.util.List;

/** Something that a running server does for its operator. Must be thread-safe; an interrupt asks it to end. */
@FunctionalInterface
public interface ControlCommand {

    /** Begins the answer; called once. */
    @FunctionalInterface
    interface Reply {

        /**
         * Says how the command ended, or that it can be done.
         *
         * @param exitCode with what the program of whoever asked ends, 0 if all is well
         * @param sentence why it is not; empty for 0
         * @return where what the command prints goes; closed by the caller of the command
         * @throws IOException if whoever asked has gone
         */
        OutputStream begin(int exitCode, String sentence) throws IOException;
    }

    /**
     * Does it.
     *
     * @param words what stands behind the command's name
     * @param reply where the answer goes
     * @throws IOException if the answer can't be written
     */
    void run(List<String> words, Reply reply) throws IOException;
}
