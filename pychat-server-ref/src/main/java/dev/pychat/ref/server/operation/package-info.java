/**
 * What an operator watches a server by: its figures, counted by Micrometer, and a port of this machine alone that shows them and says
 * whether the server lives and takes messages. Loaded only where the operator asks for the port. Nothing here names a user, an address or
 * a message, and nothing can be changed by it.
 */
@NullMarked
package dev.pychat.ref.server.operation;

import org.jspecify.annotations.NullMarked;
