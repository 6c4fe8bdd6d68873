/**
 * The contract of the transport seam. Extend {@link dev.pychat.testkit.transport.TransportContract}, or for one that
 * speaks TLS {@link dev.pychat.testkit.transport.TlsTransportContract}, in a test of your own. No transport may ever come
 * in here.
 */
@NullMarked
package dev.pychat.testkit.transport;

import org.jspecify.annotations.NullMarked;
