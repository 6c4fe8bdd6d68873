package dev.pychat.bus;

import dev.pychat.model.Bytes;
import dev.pychat.model.Username;

/**
 * Word to the connections of one account about the account itself.
 *
 * <p>Immutable and thread-safe.
 *
 * @param account who is to be told
 * @param origin names the connection where it came about, which knows already
 * @param news what has come about
 * @param vault the version of the vault, where that is the news; else 0
 */
public record AccountHint(Username account, Bytes origin, News news, long vault) {

    /** What has come about. */
    public enum News {
        /** The vault has a new version. */
        VAULT_CHANGED,
        /** The passphrase was changed: every other session of the account is over. */
        PASSWORD_CHANGED,
        /** The account is gone: every session of it is over. */
        DELETED
    }
}
