/**
 * The seam for a server under load, and one adapter for each server: how it is started, how its clients log in, send, are told that a
 * message was accepted, and receive. The clients are light, so that they are not the bottleneck: Netty, few threads, no more of each
 * protocol than the scenarios need. What a scenario is, is not known here.
 */
@NullMarked
package dev.pychat.benchmarks.contender;

import org.jspecify.annotations.NullMarked;
