package dev.pychat.store;

import dev.pychat.model.Bytes;
import dev.pychat.model.Username;
import java.util.List;
import java.util.Optional;

/**
 * What an account knows of the identities of its peers, one sealed document for each.
 *
 * <p>Implementations are thread-safe; each call blocks and is one atomic unit, durable when it returns.
 */
public interface PinStore {

    /** The most bytes of a document. */
    int MAX_SIZE = 1 << 16;

    /**
     * The peers that are known.
     *
     * @return their names, in any order
     * @throws StoreException if the store fails
     */
    List<Username> peers() throws StoreException;

    /**
     * Reads what is known of a peer.
     *
     * @param peer the peer
     * @return the document as it was saved last; empty if there was never one
     * @throws StoreException if the store fails or the document is damaged
     */
    Optional<VersionedBytes> load(Username peer) throws StoreException;

    /**
     * Replaces what is known of a peer, or stores the first of it.
     *
     * @param peer the peer
     * @param previous the version that this one follows, 0 for the first
     * @param document the sealed pin, at most {@value #MAX_SIZE} bytes
     * @throws StoreRefusedException if the stored version is not {@code previous}; then nothing has changed
     * @throws StoreException if the store fails
     */
    void save(Username peer, long previous, Bytes document) throws StoreException;
}
