package dev.pychat.store;

import java.util.concurrent.CompletionStage;

/**
 * The messages of a server, as its engine uses them. {@code append} answers later and only when the message is durable.
 *
 * <p>Implementations are thread-safe.
 */
public interface MessageStore extends MessageReads {

    /**
     * Appends a message, by the rules of {@link AppendResult}. It returns at once.
     *
     * @param submission the message and what it follows
     * @return the answer, once it is durable; completed exceptionally with a {@link StoreException} if the store refused
     *     ({@link StoreRefusedException}) or cannot tell what happened ({@link OutcomeUnknownException})
     */
    CompletionStage<AppendResult> append(Submission submission);
}
