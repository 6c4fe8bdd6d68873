package dev.pychat.store.internal;

import dev.pychat.model.StoredMessage;

/**
 * A message as a store keeps it.
 *
 * <p>Immutable and thread-safe.
 *
 * @param message the message
 * @param othersOrdinal how many messages that count the other party had sent when it was stored
 */
public record Row(StoredMessage message, long othersOrdinal) {}
