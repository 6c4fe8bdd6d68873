package dev.pychat.store;

import java.util.List;

/**
 * The messages of a local store: the blocking form, to which the engine brings what all connections submitted in the last
 * moment, from one thread that nobody interrupts.
 *
 * <p>Implementations are thread-safe.
 */
public interface BatchMessageStore extends MessageReads {

    /**
     * Appends messages one after another and makes them durable together. A later submission of the batch sees the
     * earlier ones as stored.
     *
     * @param batch the submissions, at least one, in order; of any conversations
     * @return an answer for each, in the same order, all durable
     * @throws IllegalArgumentException if the batch is empty, or a conversation is given to other parties than it has;
     *     nothing happened
     * @throws StoreException if the batch failed as a whole
     */
    List<AppendResult> append(List<Submission> batch) throws StoreException;
}
