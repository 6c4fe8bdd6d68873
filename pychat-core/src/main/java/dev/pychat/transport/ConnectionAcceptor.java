package dev.pychat.transport;

import dev.pychat.wire.Frame;

/**
 * Gives a new connection its handler. Called once for each, on a thread of the transport, which may serve
 * other connections too, before anything is read; so it must not block.
 *
 * @param <I> the half of the frames that this end receives
 * @param <O> the half of the frames that this end sends
 */
@FunctionalInterface
public interface ConnectionAcceptor<I extends Frame, O extends Frame> {

    /**
     * Takes a connection.
     *
     * @param connection the connection, already usable for sending
     * @return who takes what it receives
     */
    FrameHandler<I> accept(Connection<O> connection);
}
