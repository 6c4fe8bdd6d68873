package dev.pychat.store.internal;

import dev.pychat.model.MessageId;
import dev.pychat.model.Position;
import dev.pychat.store.StoreException;
import java.util.Optional;

/** The stored messages of one conversation, as deciding needs to see them. */
public interface Rows {

    /**
     * Reads one message.
     *
     * @param position its place, which is taken
     * @return the message there
     * @throws StoreException if the store fails or has lost it
     */
    Row at(Position position) throws StoreException;

    /**
     * Looks for the last message with an id in a span.
     *
     * @param id the id
     * @param after the span begins behind it
     * @param upTo where the span ends, itself included
     * @return the message, whoever sent it; empty if there is none in the span
     * @throws StoreException if the store fails or has lost one of the span
     */
    Optional<Row> find(MessageId id, Position after, Position upTo) throws StoreException;
}
