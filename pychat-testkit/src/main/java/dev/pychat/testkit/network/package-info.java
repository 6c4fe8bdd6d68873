/**
 * A hostile network for tests: a {@link dev.pychat.testkit.network.FaultyProxy} stands between clients and a server, passes bytes
 * on, and does to a connection what a bad network does. It delays, splits down to single bytes, stalls, cuts in the middle of a
 * frame, resets, and swallows one direction while the other goes on. It re-orders, doubles and alters nothing, since TCP doesn't.
 *
 * <p>What it decides follows from its {@link dev.pychat.testkit.network.Faults} alone, by the number of a connection and by how many bytes
 * have passed, never by the time: so a seed repeats a run's decisions.
 *
 * <pre>{@code
 * Faults faults = Faults.drawn(seed, 100_000);
 * try (FaultyProxy proxy = FaultyProxy.start(server.port(), faults)) {
 *     ClientTransport way = TlsSocketTransport.client("localhost", proxy.port(), trust, TransportOptions.DEFAULT);
 * }
 * }</pre>
 *
 * <p>It knows bytes only. Nothing of the protocol may come in here.
 */
@NullMarked
package dev.pychat.testkit.network;

import org.jspecify.annotations.NullMarked;
