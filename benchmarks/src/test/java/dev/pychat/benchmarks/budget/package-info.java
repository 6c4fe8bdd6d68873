/** Tests of how processor time is shared out, with samples that nobody took. */
@NullMarked
package dev.pychat.benchmarks.budget;

import org.jspecify.annotations.NullMarked;
