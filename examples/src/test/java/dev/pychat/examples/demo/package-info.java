/** Plays the demo. */
@org.jspecify.annotations.NullMarked
package dev.pychat.examples.demo;
