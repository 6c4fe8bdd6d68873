package dev.pychat.client;

import dev.pychat.crypto.secret.Passphrase;
import dev.pychat.crypto.secret.RecoverySecret;
import dev.pychat.model.PychatException;
import dev.pychat.model.Username;
import java.util.Optional;

/**
 * The recovery secret of an account: 128 bits on a sheet of paper that a new device needs beside the passphrase. What the server keeps is
 * sealed under both, so that the server, or whoever stole its disk, opens nothing with a guessed passphrase. Devices that know the account
 * ask for the passphrase only. Without the sheet, and without a device or a backup, the account's keys are lost.
 *
 * <p>Thread-safe. The calls wait for the server.
 */
public final class Recovery {

    private final ClientOptions options;
    private final Engine engine;
    private final SignIn signIn;

    Recovery(ClientOptions options, Engine engine, SignIn signIn) {
        this.options = options;
        this.engine = engine;
        this.signIn = signIn;
    }

    /**
     * Makes a new account as {@link ChatClient#signUp} does, with a recovery secret.
     *
     * @param user the name
     * @param passphrase the passphrase, which stays the caller's to close
     * @return the secret, to be shown once and closed by the caller
     * @throws NameTakenException if the name belongs to somebody, or this device holds keys for it already
     * @throws PychatException if it fails in another way; the client stays usable for another try
     * @throws InterruptedException if the calling thread is interrupted while it waits
     * @throws IllegalStateException if an account is logged in already
     */
    public RecoverySecret signUp(Username user, Passphrase passphrase) throws PychatException, InterruptedException {
        signIn.enter(user, entrance -> new SigningUp(entrance).signUpWithRecovery(passphrase));
        return secret(engine.requireAccount()).orElseThrow();
    }

    /**
     * Logs in as {@link ChatClient#logIn} does, on a device that is new to the account. A device that knows it takes no notice of the secret.
     *
     * @param user the name
     * @param passphrase the passphrase, which stays the caller's to close
     * @param secret the recovery secret, which stays the caller's to close
     * @throws RecoverySecretException if the secret is not the account's, or what the server keeps is not protected by one
     * @throws BadCredentialsException if there is no account with this name and passphrase
     * @throws PychatException if it fails in another way; the client stays usable for another try
     * @throws InterruptedException if the calling thread is interrupted while it waits
     * @throws IllegalStateException if an account is logged in already
     */
    public void logIn(Username user, Passphrase passphrase, RecoverySecret secret)
            throws PychatException, InterruptedException {
        signIn.enter(
                user, entrance -> new LoggingIn(entrance, Optional.empty(), Optional.of(secret)).logIn(passphrase));
    }

    /**
     * Logs in as {@link ChatClient#logInAfterChange} does, on a device that does not know the present recovery secret.
     *
     * @param user the name
     * @param before the passphrase that this device was used with last, which stays the caller's to close
     * @param now the present one, which stays the caller's to close
     * @param secret the present recovery secret, which stays the caller's to close
     * @throws RecoverySecretException if the secret is not the account's, or what the server keeps is not protected by one
     * @throws BadCredentialsException if one of the passphrases is wrong
     * @throws PychatException if it fails in another way; the client stays usable for another try
     * @throws InterruptedException if the calling thread is interrupted while it waits
     * @throws IllegalStateException if an account is logged in already
     */
    public void logInAfterChange(Username user, Passphrase before, Passphrase now, RecoverySecret secret)
            throws PychatException, InterruptedException {
        signIn.enter(
                user,
                entrance ->
                        new LoggingIn(entrance, Optional.empty(), Optional.of(secret)).logInAfterChange(before, now));
    }

    /**
     * Gives the account that is logged in a new recovery secret, its first or another one. As with a change of the passphrase, the
     * wrapping key is replaced, the vault in one step with the log-in, and every other device has to log in anew, with the secret. What
     * the server may have kept of earlier vaults is protected as it was.
     *
     * @param present the passphrase, which stays the same and the caller's to close
     * @return the secret, to be shown once and closed by the caller
     * @throws BadCredentialsException if it is not the present passphrase; then nothing has changed
     * @throws NotLoggedInException if nobody is logged in
     * @throws PychatException if the server can't be asked or refuses
     * @throws InterruptedException if the calling thread is interrupted while it waits
     */
    public RecoverySecret renew(Passphrase present) throws PychatException, InterruptedException {
        RecoverySecret fresh = RecoverySecret.random(options.random());
        boolean made = false;
        try {
            change(present, Optional.of(fresh));
            made = true;
            return fresh;
        } finally {
            if (!made) {
                fresh.close();
            }
        }
    }

    /**
     * Takes the recovery secret away: from then on a new device needs the passphrase only.
     *
     * @param present the passphrase, which stays the same and the caller's to close
     * @throws BadCredentialsException if it is not the present passphrase; then nothing has changed
     * @throws NotLoggedInException if nobody is logged in
     * @throws PychatException if the server can't be asked or refuses
     * @throws InterruptedException if the calling thread is interrupted while it waits
     */
    public void remove(Passphrase present) throws PychatException, InterruptedException {
        change(present, Optional.empty());
    }

    private void change(Passphrase present, Optional<RecoverySecret> next)
            throws PychatException, InterruptedException {
        Account account = engine.requireAccount();
        try {
            Answers.get(account.upkeep().changeRecovery(engine.link(), present, next), options.requestTimeout());
        } catch (FailureException e) {
            throw e.asRefused();
        }
    }

    /**
     * Whether the account that is logged in has one.
     *
     * @return true if a new device needs it
     * @throws NotLoggedInException if nobody is logged in
     * @throws ClosedException if the client was closed
     */
    public boolean isSet() throws NotLoggedInException, ClosedException {
        return engine.requireAccount().keys().secrets().recovery().isPresent();
    }

    private static Optional<RecoverySecret> secret(Account account) {
        return account.keys().secrets().recovery().map(RecoverySecret::copy);
    }
}
