package dev.pychat.transport;

import java.io.InputStream;
import java.io.OutputStream;

/** One end of a connection in memory. */
record PipeDuplex(BytePipe incoming, BytePipe outgoing) implements Duplex {

    @Override
    public InputStream in() {
        return incoming.in();
    }

    @Override
    public OutputStream out() {
        return outgoing.out();
    }

    @Override
    public void finish() {
        outgoing.finish();
    }

    @Override
    public void abort() {
        outgoing.finish();
        incoming.abort();
    }

    @Override
    public String remoteAddress() {
        return "in-process";
    }
}
