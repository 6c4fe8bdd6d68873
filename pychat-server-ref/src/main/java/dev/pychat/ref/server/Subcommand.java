package dev.pychat.ref.server;

import java.io.PrintStream;
import java.util.Map;

/** A command of its own behind {@code pychat server}, with its options as picocli has set them. */
interface Subcommand {

    /** Whether its help was asked for, and nothing else. */
    boolean help();

    /**
     * Does it.
     *
     * @param environment all variables
     * @param out where its outcome goes
     * @throws StartException if it can't, with the exit code and the one line that is said
     */
    void run(Map<String, String> environment, PrintStream out) throws StartException;
}
