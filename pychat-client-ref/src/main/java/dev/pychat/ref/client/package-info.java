/**
 * The reference client's program: terminal, commands and the encrypted files of a device. Nothing here may speak the wire
 * protocol itself; the library does.
 */
@NullMarked
package dev.pychat.ref.client;

import org.jspecify.annotations.NullMarked;
