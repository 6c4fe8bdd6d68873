/**
 * The public halves: key bundles, key ids, fingerprints, safety numbers, suites and the ids of conversations.
 *
 * <p>A server may use all of it, so no private key and nothing that opens anything lives here, and none ever may.
 */
@NullMarked
package dev.pychat.key;

import org.jspecify.annotations.NullMarked;
