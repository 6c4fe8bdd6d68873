/**
 * JMH benchmarks of what runs once for each message or epoch. They use pychat's public API alone, and nothing may use them.
 */
@NullMarked
package dev.pychat.benchmarks;

import org.jspecify.annotations.NullMarked;
