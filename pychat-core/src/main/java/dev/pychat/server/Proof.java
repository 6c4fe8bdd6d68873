package dev.pychat.server;

import dev.pychat.model.PychatException;
import dev.pychat.store.LoginRecord;
import dev.pychat.wire.Credential;
import dev.pychat.wire.ErrorCode;
import java.time.Duration;
import java.util.concurrent.CompletionStage;

/**
 * The proof of the passphrase by somebody who has a session already, since a session may come of a stolen token. It is checked
 * as at a log-in, counts as one, and one is under way on a connection at a time. Confined to the connection's queue.
 */
final class Proof {

    private static final Duration RETRY = Duration.ofSeconds(1);

    private final Engine engine;
    private final ClientConnection connection;
    private boolean underWay;

    Proof(Engine engine, ClientConnection connection) {
        this.engine = engine;
        this.connection = connection;
    }

    /** Goes on with the log-in record that the secret was checked against, if it is the account's. */
    void of(long re, Credential secret, Member member, ClientConnection.After<LoginRecord> after)
            throws PychatException {
        if (underWay) {
            throw new BusyException("another change of this account is under way on this connection", RETRY);
        }
        String address = connection.address();
        engine.proofs().take(member.user() + " " + address, 1);
        LoginRecord login = engine.stores().accounts().login(member.user()).orElseThrow(Proof::badCredentials);
        AttemptLimiter.Attempt attempt = engine.attempts().beginInSession(member.user(), address);
        CompletionStage<Boolean> matches = engine.checked(attempt, secret.value(), login.hash());
        resume(re, matches, member, right -> {
            if (!right) {
                throw badCredentials();
            }
            engine.attempts().succeeded(attempt);
            after.run(login);
        });
    }

    /** Goes on with the hash of a new secret. */
    void hashed(long re, Credential next, Member member, ClientConnection.After<String> after) {
        resume(re, engine.hashes().hash(connection.address(), next.value()), member, after);
    }

    /** By the time the hash is there the session may be over, or be that of somebody else. */
    private <T> void resume(long re, CompletionStage<T> hashing, Member member, ClientConnection.After<T> after) {
        underWay = true;
        connection.after(
                re,
                hashing,
                result -> {
                    underWay = false;
                    if (!connection.member().equals(member)) {
                        throw new RefusalException(ErrorCode.LOGIN_REQUIRED, "the session of this request is over");
                    }
                    after.run(result);
                },
                () -> underWay = false);
    }

    static RefusalException badCredentials() {
        return new RefusalException(ErrorCode.BAD_CREDENTIALS, "this is not the login secret of the account");
    }
}
