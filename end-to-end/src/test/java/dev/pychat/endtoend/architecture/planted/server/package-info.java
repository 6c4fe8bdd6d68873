/** A server that reaches a private half through a store: what the rules must find. */
@NullMarked
package dev.pychat.endtoend.architecture.planted.server;

import org.jspecify.annotations.NullMarked;
