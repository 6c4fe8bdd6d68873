package dev.pychat.client;

import dev.pychat.model.PychatException;
import dev.pychat.model.Username;
import java.util.List;
import java.util.Optional;

/**
 * What waits in the outbox for one peer.
 *
 * <p>Immutable and thread-safe.
 *
 * @param peer the other party
 * @param messages what the server has not accepted yet, in the order in which it was sent
 * @param obstacle why nothing of it goes out for now though there is a connection, or why the conversation can't be read on this
 *     device: keys of the peer that are not taken, for instance, or a {@link dev.pychat.store.StoreException}. The client goes on
 *     trying. Empty if nothing but the server's answer is waited for
 */
public record Pending(Username peer, List<PendingMessage> messages, Optional<PychatException> obstacle) {

    /**
     * Copies the list.
     *
     * @param peer the other party
     * @param messages what the server has not accepted yet
     * @param obstacle why nothing of it goes out for now
     */
    public Pending {
        messages = List.copyOf(messages);
    }
}
