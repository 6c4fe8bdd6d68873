/** Tests of the adapters that need no server. */
@NullMarked
package dev.pychat.benchmarks.contender;

import org.jspecify.annotations.NullMarked;
