/** The real client against the real server, in one JVM and over TLS sockets. */
@NullMarked
package dev.pychat.testkit.client;

import org.jspecify.annotations.NullMarked;
