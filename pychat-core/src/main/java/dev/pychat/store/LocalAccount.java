package dev.pychat.store;

import dev.pychat.model.Realm;
import dev.pychat.model.Username;

/**
 * Which account something on a device belongs to. The same user name on another server is another account.
 *
 * <p>Immutable and thread-safe.
 *
 * @param realm the server's realm
 * @param user the user name there
 */
public record LocalAccount(Realm realm, Username user) {}
