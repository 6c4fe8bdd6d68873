package dev.pychat.store;

import dev.pychat.model.Bytes;
import java.util.List;
import java.util.Optional;

/**
 * The private keys of the accounts on this device, each account's in one sealed document.
 *
 * <p>Implementations are thread-safe; each call blocks and is one atomic unit, durable when it returns.
 */
public interface KeyringStore {

    /** The most bytes of a document. */
    int MAX_SIZE = 1 << 20;

    /**
     * The accounts that have a keyring here.
     *
     * @return the accounts, in any order
     * @throws StoreException if the store fails
     */
    List<LocalAccount> accounts() throws StoreException;

    /**
     * Reads an account's keyring.
     *
     * @param account whose
     * @return the document as it was saved last; empty if there was never one
     * @throws StoreException if the store fails or the document is damaged
     */
    Optional<VersionedBytes> load(LocalAccount account) throws StoreException;

    /**
     * Replaces an account's keyring, or stores its first.
     *
     * @param account whose
     * @param previous the version that this one follows, 0 for the first
     * @param document the sealed keyring, at most {@value #MAX_SIZE} bytes
     * @throws StoreRefusedException if the stored version is not {@code previous}; then nothing has changed
     * @throws StoreException if the store fails
     */
    void save(LocalAccount account, long previous, Bytes document) throws StoreException;
}
