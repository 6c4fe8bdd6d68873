package dev.pychat.benchmarks;

import dev.pychat.transport.CloseReason;
import dev.pychat.transport.Connection;
import dev.pychat.wire.ServerFrame;
import java.util.concurrent.atomic.AtomicInteger;

/** A server's end of a connection whose client seems to have another address each time, so that no count of failures stops it. */
final class ManyAddresses implements Connection<ServerFrame> {

    private final Connection<ServerFrame> connection;
    private final AtomicInteger addresses = new AtomicInteger();

    ManyAddresses(Connection<ServerFrame> connection) {
        this.connection = connection;
    }

    @Override
    public String remoteAddress() {
        return "stranger-" + addresses.incrementAndGet();
    }

    @Override
    public boolean send(ServerFrame frame) {
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
    public long queuedBytes() {
        return connection.queuedBytes();
    }
}
