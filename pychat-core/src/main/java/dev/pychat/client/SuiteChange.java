package dev.pychat.client;

import dev.pychat.key.Suite;

/**
 * The keys that the server gives for a peer offer less than the peer's identity has offered before. They are signed by it, so the peer's
 * program was set back or changed, or somebody else holds the peer's keys.
 *
 * <p>Immutable and thread-safe.
 *
 * @param before the highest suite seen, which nothing may fall below until a person accepts it
 * @param after what is offered now
 */
public record SuiteChange(Suite before, Suite after) {}
