/**
 * Tests of the {@code pychat} launcher: with a Java and a Maven that only say how they were called, and with the real ones
 * on the release.
 */
@NullMarked
package dev.pychat.endtoend.launcher;

import org.jspecify.annotations.NullMarked;
