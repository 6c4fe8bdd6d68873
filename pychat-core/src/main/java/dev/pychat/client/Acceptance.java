package dev.pychat.client;

import dev.pychat.model.MessageId;
import dev.pychat.model.Position;
import java.time.Instant;

/**
 * The server's word that it has stored a message.
 *
 * <p>Immutable and thread-safe.
 *
 * @param id the id that the message was stored under
 * @param position its place in the conversation
 * @param time when the server stored it, by the server's clock
 */
public record Acceptance(MessageId id, Position position, Instant time) {}
