package dev.pychat.transport;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;

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

    /** The other end's address without the port. */
    String remoteAddress();
}
