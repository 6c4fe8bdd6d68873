/**
 * How frames travel between two ends: a seam ({@link dev.pychat.transport.ServerTransport}, {@link
 * dev.pychat.transport.ClientTransport}, {@link dev.pychat.transport.Connection}) and two forms of it, TLS over the JDK's
 * sockets and a pair of ends in one JVM. A third, on Netty, is a module of its own.
 *
 * <pre>
 *   acceptor.accept(connection) -> handler      before anything is read
 *   handler.onFrame(frame)*                     one at a time, in order
 *   handler.onMalformed(fault)?                 then the transport closes
 *   handler.onClosed(reason)                    exactly once, last
 * </pre>
 *
 * <p>Everything is bounded: bytes queued to a slow reader, the time of a handshake and of a frame that was begun, the
 * connections of a listener and of one address. What frames mean is known elsewhere; no session, store or key material may
 * ever come in here.
 */
@NullMarked
package dev.pychat.transport;

import org.jspecify.annotations.NullMarked;
