package dev.pychat.store;

import java.util.List;

/**
 * What an account has written and the server has not accepted yet, and the head of its lane in each conversation.
 *
 * <p>A client keeps a step before a byte of it leaves, so a crash at any moment loses nothing, and what is sent again is
 * sent with the same bytes. Implementations are thread-safe; each call blocks and is one atomic unit, durable when it
 * returns.
 */
public interface OutboxStore {

    /**
     * Reads everything, at the start of a client.
     *
     * @return one lane for each peer of whom anything was ever kept, in any order
     * @throws StoreException if the store fails or a record is damaged
     */
    List<OutboxLane> load() throws StoreException;

    /**
     * Does one step, all of it or nothing: drops entries, puts entries (new ones, or in place of those with the same
     * number), adds epoch headers and moves the lane's head. Afterwards the store forgets the epoch headers that no sealed
     * entry of this peer names. Doing the last step once more changes nothing.
     *
     * @param step the step
     * @throws StoreRefusedException if the stored head is neither {@link OutboxStep#headBefore()} nor
     *     {@link OutboxStep#head()}, which means that somebody else uses this outbox; then nothing has changed
     * @throws StoreException if the store fails
     */
    void keep(OutboxStep step) throws StoreException;

    /**
     * Erases what went in steps before: when this returns, nothing of entries that were dropped or took another form is left in what
     * the store keeps, as far as a store can erase. What it holds is the same afterwards. It may cost as much as writing all that it holds.
     *
     * @throws StoreException if the store fails; then what it holds is as before
     */
    void eraseDropped() throws StoreException;
}
