package dev.pychat.store;

import dev.pychat.model.Bytes;
import dev.pychat.model.DeviceId;
import dev.pychat.model.Username;
import java.time.Instant;

/**
 * The resume tokens of a server, one for each device of an account, known by their hashes only.
 *
 * <p>A token that was rotated stays good until its successor is used, so that a lost reply locks nobody out.
 * Implementations are thread-safe; each call is one atomic unit and is durable when it returns. Calls block and run on an
 * executor.
 */
public interface TokenStore {

    /** How many devices beside the one that logs in keep their tokens. */
    int MAX_DEVICES = 64;

    /**
     * Gives a device a token in place of whatever it had, if the account's log-in is still checked as it was for this one:
     * a log-in that a change of the password overtook gets none. On this occasion the tokens of the account that have ended are
     * forgotten, and where {@value #MAX_DEVICES} other devices still have one, so is the one that ends first.
     *
     * @param account the account
     * @param checked the record that the log-in was checked against
     * @param device its device
     * @param tokenHash the SHA-256 of the token
     * @param now the present
     * @param expires when it ends
     * @return false, and nothing changed, if the account's present record is not {@code checked} or there is no such account
     * @throws StoreException if the store fails
     */
    boolean put(Username account, LoginRecord checked, DeviceId device, Bytes tokenHash, Instant now, Instant expires)
            throws StoreException;

    /**
     * Exchanges a good token for a new one. That one is not good is found out by reading alone, without waiting for
     * whoever writes: strangers may ask, of accounts that there are and others.
     *
     * @param account the account
     * @param device its device
     * @param presentedHash the SHA-256 of the token that was presented
     * @param nextHash the SHA-256 of its successor
     * @param now the present; a token has ended when it is not before the token's end
     * @param expires when the successor ends
     * @return true if the presented token was the device's current one, or the one before it while the current one was
     *     never presented, and had not ended; the successor is then the current one. Else false, and nothing changed
     * @throws StoreException if the store fails
     */
    boolean rotate(Username account, DeviceId device, Bytes presentedHash, Bytes nextHash, Instant now, Instant expires)
            throws StoreException;

    /**
     * Ends the tokens of one device. Idempotent.
     *
     * @param account the account
     * @param device its device
     * @throws StoreException if the store fails
     */
    void revoke(Username account, DeviceId device) throws StoreException;

    /**
     * Ends the tokens of all devices of an account. Idempotent.
     *
     * @param account the account
     * @throws StoreException if the store fails
     */
    void revokeAll(Username account) throws StoreException;
}
