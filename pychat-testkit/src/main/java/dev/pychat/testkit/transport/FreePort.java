package dev.pychat.testkit.transport;

import java.io.IOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.concurrent.ThreadLocalRandom;

/**
 * Finds TCP ports for tests that start a server again where it was: ports below those that systems give away by themselves
 * (from 32,768 on Linux, from 49,152 elsewhere), so that nobody gets one of them by chance in between.
 *
 * <p>Stateless; safe for every thread.
 */
public final class FreePort {

    private static final int LOWEST = 20_000;
    private static final int BEYOND = 32_000;
    private static final int MOST_ATTEMPTS = 1_000;

    private FreePort() {}

    /**
     * Finds a port on which nothing listens at the loopback address.
     *
     * @return from {@code 20,000} to {@code 31,999}
     * @throws IOException if sockets can't be made, or all ports that were tried are taken
     */
    public static int find() throws IOException {
        int attempts = 0;
        while (true) {
            int port = ThreadLocalRandom.current().nextInt(LOWEST, BEYOND);
            try (ServerSocket probe = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
                return probe.getLocalPort();
            } catch (BindException taken) {
                if (++attempts == MOST_ATTEMPTS) {
                    throw taken;
                }
            }
        }
    }
}
