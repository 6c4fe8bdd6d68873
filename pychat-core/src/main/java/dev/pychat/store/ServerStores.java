package dev.pychat.store;

import dev.pychat.model.Bytes;
import dev.pychat.model.Realm;

/**
 * Everything that a server keeps, opened together and closed together.
 *
 * <p>Implementations are thread-safe.
 */
public interface ServerStores extends AutoCloseable {

    /**
     * The name of this installation, drawn once when the store was first made.
     *
     * @return the realm
     */
    Realm realm();

    /**
     * A secret of this installation, drawn once with the realm: fake salts for unknown user names come from it.
     *
     * @return 32 random bytes, never to leave the server
     */
    Bytes decoySecret();

    /**
     * The accounts.
     *
     * @return the account store
     */
    AccountStore accounts();

    /**
     * The resume tokens.
     *
     * @return the token store
     */
    TokenStore tokens();

    /**
     * The public keys.
     *
     * @return the key directory
     */
    KeyDirectory keys();

    /**
     * The messages, in the blocking form.
     *
     * @return the message store
     */
    BatchMessageStore messages();

    /**
     * The blocks.
     *
     * @return the block store
     */
    BlockStore blocks();

    /**
     * Closes all of them; idempotent. A call that has begun is finished first, a later one is refused.
     *
     * @throws StoreException if the store cannot be closed cleanly
     */
    @Override
    void close() throws StoreException;
}
