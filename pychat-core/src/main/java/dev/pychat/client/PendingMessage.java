package dev.pychat.client;

import dev.pychat.model.Content;
import dev.pychat.model.MessageId;

/**
 * A message that the server has not accepted yet.
 *
 * <p>Immutable and thread-safe.
 *
 * @param id the id that it has now; see {@link Receipt#id()}
 * @param content what it says
 */
public record PendingMessage(MessageId id, Content content) {}
