/**
 * The load generator: it speaks the wire protocol with opaque bodies to a reference server in a process of its own, and says what that
 * cost the server. No envelope is sealed or opened in it, so that it is not the bottleneck.
 */
@NullMarked
package dev.pychat.benchmarks.load;

import org.jspecify.annotations.NullMarked;
