/**
 * The reference server and its competitors under the same load in one run, in turn: what a scenario is, what is measured, and the tables
 * and plots that come out of it. Servers and their protocols are behind {@code contender}.
 */
@NullMarked
package dev.pychat.benchmarks.field;

import org.jspecify.annotations.NullMarked;
