/**
 * The reference server's program: configuration, certificate set-up, start and stop. Nothing here, nor in any package
 * below, may reach the envelope, the keyring or {@code dev.pychat.crypto.secret}: the server carries what it cannot read.
 */
@NullMarked
package dev.pychat.ref.server;

import org.jspecify.annotations.NullMarked;
