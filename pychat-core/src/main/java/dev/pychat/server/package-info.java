/**
 * The server's engine: {@link dev.pychat.server.ChatServer} and what stands behind it.
 *
 * <pre>
 * transport --frames--&gt; ClientConnection --Submission--&gt; Committer --batch--&gt; BatchMessageStore
 *                        |        ^                            |
 *                     Delivery    +---------- accepted --------+  (durable)
 *                        ^                                     |
 *                        +------ LiveBus &lt;----- Announcer &lt;----+
 * </pre>
 *
 * <p>A connection goes from {@code hello} to signed in and handles one request after the other on its own queue; what it
 * reads from a store it reads on an executor; what it stores goes through the one committer thread. Messages reach clients
 * on one path, whether live or late: the connection's cursor, woken by hints, fed by the store.
 *
 * <p>Everything here is bounded, and no lock is held while a store, a socket or the bus is called. Nothing here may open an
 * envelope or hold a private key: this package never reaches {@code envelope}, {@code keyring} or {@code crypto.secret}.
 */
@NullMarked
package dev.pychat.server;

import org.jspecify.annotations.NullMarked;
