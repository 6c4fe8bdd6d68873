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
public record PendingMessage(MessageId id, Content content) {

    /** What a program is told of it. */
    static PendingMessage of(MessageId id, Content content) {
        return new PendingMessage(id, HistoryPages.withoutSecrets(content));
    }
}
