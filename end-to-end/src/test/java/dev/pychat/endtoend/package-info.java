/**
 * Tests of the finished project: its architecture, its jars, its launcher and its release, run as a user would. Nothing
 * here may be used by another module.
 */
@NullMarked
package dev.pychat.endtoend;

import org.jspecify.annotations.NullMarked;
