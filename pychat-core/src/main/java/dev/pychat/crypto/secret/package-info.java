/**
 * Cryptography with secrets of ours: bytes that erase themselves, opening and sealing, unwrapping, signing, and keys out of
 * a passphrase. Each primitive is wrapped once.
 *
 * <p>No class of the server ever reaches this package, through whatever chain. Nothing here knows the protocol.
 */
@NullMarked
package dev.pychat.crypto.secret;

import org.jspecify.annotations.NullMarked;
