/**
 * What the reference server's processor time goes to: which part of it which code belongs to, and how the time of its threads is shared
 * out among these parts by samples of what they run. Where the server comes from, and what it is busy with, is not known here.
 */
@NullMarked
package dev.pychat.benchmarks.budget;

import org.jspecify.annotations.NullMarked;
