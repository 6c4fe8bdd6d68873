package dev.pychat.testkit.transport;

import dev.pychat.transport.CloseReason;
import dev.pychat.transport.Connection;
import dev.pychat.wire.Frame;

/**
 * A connection that passes every call on to another. A test extends it and overrides the call that is to go otherwise.
 *
 * <p>Thread-safe as what it wraps is.
 *
 * @param <O> the half of the frames that this end sends
 */
public class ForwardingConnection<O extends Frame> implements Connection<O> {

    private final Connection<O> connection;

    /**
     * Wraps a connection.
     *
     * @param connection where every call goes
     */
    protected ForwardingConnection(Connection<O> connection) {
        this.connection = connection;
    }

    @Override
    public boolean send(O frame) {
        return connection.send(frame);
    }

    @Override
    public void close(CloseReason reason) {
        connection.close(reason);
    }

    @Override
    public void pauseReading() {
        connection.pauseReading();
    }

    @Override
    public void resumeReading() {
        connection.resumeReading();
    }

    @Override
    public void maxFrame(int bytes) {
        connection.maxFrame(bytes);
    }

    @Override
    public void maxHeader(int bytes) {
        connection.maxHeader(bytes);
    }

    @Override
    public boolean executeSoon(Runnable task) {
        return connection.executeSoon(task);
    }

    @Override
    public long queuedBytes() {
        return connection.queuedBytes();
    }

    @Override
    public String remoteAddress() {
        return connection.remoteAddress();
    }
}
