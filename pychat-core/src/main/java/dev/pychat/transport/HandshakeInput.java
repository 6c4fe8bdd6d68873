package dev.pychat.transport;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.concurrent.Semaphore;

/**
 * What a client sends during its handshake, read in turns. A handshake costs the server a thousand times what it costs somebody who
 * repeats a recorded first flight, so only so many are computed at once: from the beginning, and from the moment at which bytes or
 * the end have come, until TLS asks for more. Nobody holds a turn while waiting for the network, so who sends slowly or nothing holds
 * nobody up; and a thousand connections that end at the same moment are taken down one after the other.
 *
 * <p>Confined to the thread that shakes hands and then reads.
 */
final class HandshakeInput extends FilterInputStream {

    private final Semaphore turns;
    private boolean computing;
    private boolean over;

    HandshakeInput(InputStream in, Semaphore turns) {
        super(in);
        this.turns = turns;
        begin();
    }

    /** Turns for half of this machine, so that the other half is there for who is connected already. */
    static Semaphore turns() {
        return new Semaphore(Math.max(1, Runtime.getRuntime().availableProcessors() / 2), true);
    }

    @Override
    public int read() throws IOException {
        end();
        try {
            return super.read();
        } finally {
            begin();
        }
    }

    @Override
    public int read(byte[] target, int from, int length) throws IOException {
        end();
        try {
            return super.read(target, from, length);
        } finally {
            begin();
        }
    }

    /** The handshake is done or has failed: from now on reading takes no turns. */
    void over() {
        over = true;
        end();
    }

    private void begin() {
        if (!over) {
            turns.acquireUninterruptibly();
            computing = true;
        }
    }

    private void end() {
        if (computing) {
            computing = false;
            turns.release();
        }
    }
}
