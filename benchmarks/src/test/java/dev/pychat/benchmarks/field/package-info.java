/** Tests of the comparison with other servers, which run against the reference server alone. */
@NullMarked
package dev.pychat.benchmarks.field;

import org.jspecify.annotations.NullMarked;
