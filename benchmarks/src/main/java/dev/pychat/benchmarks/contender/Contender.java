package dev.pychat.benchmarks.contender;

import java.io.IOException;
import java.time.Duration;
import java.util.Optional;

/** A server that can be measured: what it is, and how it is started. Confined to one thread. */
public interface Contender {

    /** What warms a server up whose code is compiled before it runs. */
    Duration WARM_WHEN_COMPILED = Duration.ofSeconds(10);

    /**
     * Its name in tables and on the command line.
     *
     * @return lower-case
     */
    String name();

    /**
     * What is missing here.
     *
     * @return a Debian package to install; empty if it can be started
     */
    Optional<String> missing();

    /**
     * Its version.
     *
     * @return the version
     * @throws IOException if it can't be told
     * @throws InterruptedException if it was interrupted
     */
    String version() throws IOException, InterruptedException;

    /**
     * How it is configured to keep messages.
     *
     * @return one line
     */
    String durability();

    /**
     * What it has done with a message when it is counted as accepted.
     *
     * @return one line
     */
    String accepted();

    /**
     * For how long it must be kept busy until it is as quick as it becomes. Most servers are compiled ahead or when their code is loaded:
     * they only fill their memory and caches.
     *
     * @param given how much time there is for it
     * @return so much of it as it needs
     */
    default Duration warmUp(Duration given) {
        return given.compareTo(WARM_WHEN_COMPILED) < 0 ? given : WARM_WHEN_COMPILED;
    }

    /**
     * Starts it, and waits until it takes connections.
     *
     * @param place where
     * @return the running server
     * @throws IOException if it does not start; the message ends with its log's last lines
     * @throws InterruptedException if it was interrupted
     */
    RunningServer start(Place place) throws IOException, InterruptedException;
}
