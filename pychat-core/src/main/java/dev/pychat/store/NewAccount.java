package dev.pychat.store;

import dev.pychat.model.Bytes;
import dev.pychat.model.Username;
import java.time.Instant;

/**
 * An account to be created.
 *
 * <p>Immutable and thread-safe.
 *
 * @param name the name wanted
 * @param attempt 16 random bytes that the client drew for this sign-up and repeats in a retry
 * @param login how a log-in will be checked
 * @param time when the sign-up arrived
 */
public record NewAccount(Username name, Bytes attempt, LoginRecord login, Instant time) {}
