/** Runs every example and the demo, and holds the README to them. */
@org.jspecify.annotations.NullMarked
package dev.pychat.examples;
