/**
 * Many people talk over a bad network while their programs and the server are killed again and again; afterwards everybody has the same.
 * The server is the real program; a client is a process that drives the library with the files of the reference client, since
 * no person types as fast and none notes what was accepted.
 */
@NullMarked
package dev.pychat.endtoend.chaos;

import org.jspecify.annotations.NullMarked;
