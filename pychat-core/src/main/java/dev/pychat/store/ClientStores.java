package dev.pychat.store;

import java.util.List;

/**
 * Everything that a device keeps, opened together and closed together. It may hold several accounts, each with stores of
 * its own.
 *
 * <p>What is secret reaches a store sealed: the keyring under a key made of the passphrase, all else under the device key
 * in that keyring. A store sees sealed bytes and public indexes only, and never overwrites what it cannot read.
 *
 * <p>An account's stores serve one client at a time: a store that can tell refuses a second one, and where two get
 * through, {@link OutboxStore#keep} refuses the one that does not know the lane's head. Asking twice for the store of an
 * account gives stores over the same content. Implementations are thread-safe; all calls block.
 */
public interface ClientStores extends AutoCloseable {

    /**
     * The private keys of all accounts.
     *
     * @return the keyring store
     */
    KeyringStore keyrings();

    /**
     * What an account knows of its peers' identities.
     *
     * @param account whose
     * @return its pin store
     * @throws StoreException if it cannot be opened
     */
    PinStore pins(LocalAccount account) throws StoreException;

    /**
     * What an account has written and the server has not accepted yet.
     *
     * @param account whose
     * @return its outbox
     * @throws StoreException if it cannot be opened
     */
    OutboxStore outbox(LocalAccount account) throws StoreException;

    /**
     * What an account has read, with what it knows about the order of it.
     *
     * @param account whose
     * @return its transcripts
     * @throws StoreException if they cannot be opened
     */
    TranscriptStore transcripts(LocalAccount account) throws StoreException;

    /**
     * The accounts whose history an account has out of backups.
     *
     * @param account whose archives
     * @return whose history it holds: of each at least one message; in any order
     * @throws StoreException if the store fails
     */
    List<LocalAccount> archived(LocalAccount account) throws StoreException;

    /**
     * The history of an account, maybe of another server, that came out of a backup and is only read. It has the form of a
     * transcript without epochs and state, and it is apart from every transcript.
     *
     * @param account who keeps it
     * @param from whose history it is
     * @return the archive; one that was never written to holds nothing and leaves no trace
     * @throws StoreException if it cannot be opened
     */
    TranscriptStore archive(LocalAccount account, LocalAccount from) throws StoreException;

    /**
     * Closes all of them; idempotent. Nobody may use them at that moment or later.
     *
     * @throws StoreException if they cannot be closed cleanly
     */
    @Override
    void close() throws StoreException;
}
