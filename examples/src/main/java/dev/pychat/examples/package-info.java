/**
 * Small programs that use pychat as a stranger would, through its public API alone. Each is also a test.
 */
@NullMarked
package dev.pychat.examples;

import org.jspecify.annotations.NullMarked;
