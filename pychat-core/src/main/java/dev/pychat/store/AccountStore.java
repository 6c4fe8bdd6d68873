package dev.pychat.store;

import dev.pychat.model.Username;
import java.time.Instant;
import java.util.Optional;

/**
 * The accounts of a server: who exists, how a log-in is checked, and the opaque vault of each account.
 *
 * <p>Implementations are thread-safe; each call is one atomic unit and is durable when it returns. Calls block and run on an
 * executor.
 */
public interface AccountStore {

    /** What became of an attempt to create an account. */
    enum Creation {
        /** The account is new and is the caller's. */
        CREATED,
        /** The same attempt had created it before: a retry. */
        ALREADY_YOURS,
        /** Somebody else has the name, or a deleted account still holds it. */
        TAKEN
    }

    /**
     * Creates an account. Of several attempts at one name exactly one wins.
     *
     * @param account the name, the attempt it comes from and how to check its log-in
     * @return what became of it; a deleted account's name is {@link Creation#TAKEN} while the attempt's time is before the
     *     moment that the deletion named
     * @throws StoreException if the store fails
     */
    Creation create(NewAccount account) throws StoreException;

    /**
     * Looks up how the log-in of an account is checked.
     *
     * @param name the account
     * @return its record; empty if there is no such account
     * @throws StoreException if the store fails
     */
    Optional<LoginRecord> login(Username name) throws StoreException;

    /**
     * Lists accounts in the order of their names.
     *
     * @param prefix the start of the names wanted; empty for all
     * @param after the last name of the page before; empty for the first page
     * @param limit the most names wanted, 1 to 1,000
     * @return the page
     * @throws StoreException if the store fails
     */
    UserPage users(String prefix, String after, int limit) throws StoreException;

    /** What became of a change that the account's secret was checked for. */
    enum Change {
        /** It is durable. */
        CHANGED,
        /** The log-in record is not the expected one, or there is no such account; nothing changed. */
        LOGIN_DIFFERS,
        /** Another version of the vault is stored; nothing changed. */
        VAULT_DIFFERS
    }

    /**
     * Replaces the log-in record and the vault and ends all resume tokens of the account, in one step, or does nothing.
     *
     * @param name the account
     * @param expected the record that the caller checked the password against
     * @param replacement the new record
     * @param expectedVault the version of the vault to be replaced; 0 for none
     * @param vault the new vault, with a greater version
     * @return what became of it
     * @throws IllegalArgumentException if the version is not greater
     * @throws StoreException if the store fails
     */
    Change changeLogin(
            Username name, LoginRecord expected, LoginRecord replacement, long expectedVault, StoredVault vault)
            throws StoreException;

    /**
     * Reads the vault of an account.
     *
     * @param name the account
     * @return the vault; empty if none was ever put or there is no such account
     * @throws StoreException if the store fails
     */
    Optional<StoredVault> vault(Username name) throws StoreException;

    /**
     * Replaces the vault if it is still at the version the caller knows, in one step with a look at the log-in record: a
     * secret that was checked before the password was changed no longer does. Versions may jump.
     *
     * @param name the account
     * @param expected the log-in record that the caller checked the password against
     * @param expectedVault the version to be replaced; 0 for none
     * @param vault the new vault, with a greater version
     * @return what became of it
     * @throws IllegalArgumentException if the version is not greater
     * @throws StoreException if the store fails
     */
    Change putVault(Username name, LoginRecord expected, long expectedVault, StoredVault vault) throws StoreException;

    /**
     * Removes an account with its vault, resume tokens, read markers, key bundles, one-time keys and its own blocks; the
     * name stays taken for a time. Conversations stay for the other parties. All in one step, which begins with a look at
     * the log-in record.
     *
     * @param name the account
     * @param expected the log-in record that the caller checked the password against
     * @param nameFreeAt from when somebody else may take the name
     * @return false, and nothing changed, if the present record is not {@code expected} or there is no such account
     * @throws StoreException if the store fails
     */
    boolean delete(Username name, LoginRecord expected, Instant nameFreeAt) throws StoreException;
}
