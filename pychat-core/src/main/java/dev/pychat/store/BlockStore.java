package dev.pychat.store;

import dev.pychat.model.Username;
import java.util.Set;

/**
 * Who does not want to hear from whom.
 *
 * <p>Implementations are thread-safe; each call is one atomic unit and is durable when it returns. Calls block and run on an
 * executor.
 */
public interface BlockStore {

    /**
     * Blocks a peer. Idempotent.
     *
     * @param owner who blocks
     * @param blocked who is blocked
     * @throws StoreException if the store fails
     */
    void block(Username owner, Username blocked) throws StoreException;

    /**
     * Ends a block. Idempotent.
     *
     * @param owner who had blocked
     * @param blocked who was blocked
     * @throws StoreException if the store fails
     */
    void unblock(Username owner, Username blocked) throws StoreException;

    /**
     * Lists the blocks of an account.
     *
     * @param owner who blocks
     * @return whom
     * @throws StoreException if the store fails
     */
    Set<Username> blocked(Username owner) throws StoreException;

    /**
     * Whether an account has blocked another.
     *
     * @param owner who may have blocked
     * @param peer who may be blocked
     * @return true if {@code peer} may not send to {@code owner}
     * @throws StoreException if the store fails
     */
    boolean isBlocked(Username owner, Username peer) throws StoreException;
}
