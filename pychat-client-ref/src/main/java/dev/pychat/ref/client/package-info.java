/**
 * The reference client's program: command line, trust in servers, logging and exit codes. Nothing here may speak the wire
 * protocol itself; the library does.
 */
@NullMarked
package dev.pychat.ref.client;

import org.jspecify.annotations.NullMarked;
