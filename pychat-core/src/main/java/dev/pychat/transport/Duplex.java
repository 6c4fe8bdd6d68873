package dev.pychat.transport;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.Optional;

/** Two streams of bytes to one other end, and the ways to end them. */
interface Duplex {

    /** What comes in. Read by one thread. */
    InputStream in() throws IOException;

    /** What goes out. Written by one thread at a time. */
    OutputStream out() throws IOException;

    /** Tells the other end that nothing more goes out. May block until {@link #abort()}. */
    void finish() throws IOException;

    /** Ends both directions at once and lets every thread that is blocked in them go. Never blocks; idempotent. */
    void abort();

    /** The key that the server at the other end has proved to hold; empty where there is none, and at a server's end. */
    default Optional<KeyPin> serverKey() {
        return Optional.empty();
    }

    /** The other end's address without the port. */
    String remoteAddress();
}
