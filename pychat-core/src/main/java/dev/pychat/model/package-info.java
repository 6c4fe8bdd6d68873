/**
 * The vocabulary of pychat: small immutable values that every other package speaks in.
 *
 * <p>Nothing here does input or output, holds a secret or imports another pychat package, and nothing here ever may.
 */
@NullMarked
package dev.pychat.model;

import org.jspecify.annotations.NullMarked;
