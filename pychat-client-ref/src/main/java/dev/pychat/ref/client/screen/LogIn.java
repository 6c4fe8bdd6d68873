package dev.pychat.ref.client.screen;

import dev.pychat.client.ChatClient;
import dev.pychat.client.KdfChangedException;
import dev.pychat.client.RecoverySecretException;
import dev.pychat.crypto.secret.Passphrase;
import dev.pychat.crypto.secret.RecoverySecret;
import dev.pychat.model.PychatException;
import dev.pychat.model.Username;
import dev.pychat.ref.client.screen.Typed.Order;
import dev.pychat.store.StoreException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * Signs up and logs in. What is meant stands behind the command: {@code changed} if the passphrase was changed on another device,
 * {@code recovery} if the account has, or is to have, a recovery secret. A person is asked for the secret, too, when it turns out to be
 * needed. In a script the lines that follow are the name, the passphrases and, at a log-in with {@code recovery}, the secret. Confined
 * to the thread that reads lines.
 */
final class LogIn {
    private static final String CHANGED = "changed";
    private static final String RECOVERY = "recovery";

    private final Session session;
    private final Credentials credentials;
    private final boolean fresh;
    private final boolean changed;
    private final boolean recovery;

    private LogIn(Session session, boolean fresh, List<String> words) {
        this.session = session;
        this.credentials = new Credentials(session.console(), session.output(), session.random(), session::isCommand);
        this.fresh = fresh;
        this.changed = words.contains(CHANGED);
        this.recovery = words.contains(RECOVERY);
    }

    /** Does what the order says; empty if that led to nothing, and then the reason was said. */
    static Optional<Username> of(Session session, Order order) throws StoreException, InterruptedException {
        boolean fresh = order.command() == Command.SIGNUP;
        List<String> words = new ArrayList<>(
                Arrays.asList(order.argument().toLowerCase(Locale.ROOT).split("\\s+", -1)));
        words.remove("");
        List<String> allowed = fresh ? List.of(RECOVERY) : List.of(CHANGED, RECOVERY);
        if (!allowed.containsAll(words)) {
            session.skipWhatFollows(order);
            session.output()
                    .trouble("Nothing was done: " + order.command() + " asks for the name, and takes nothing but \""
                            + String.join("\" and \"", allowed) + "\" behind it.");
            return Optional.empty();
        }
        return new LogIn(session, fresh, words).enter();
    }

    private Optional<Username> enter() throws StoreException, InterruptedException {
        try {
            return changed ? enterAfterChange() : enterWithOne();
        } catch (StoreException e) {
            throw e;
        } catch (PychatException e) {
            String advice =
                    e instanceof KdfChangedException ? ". !LOGIN changed asks for the old one, then the new one." : "";
            session.output()
                    .trouble((fresh ? "No account was made: " : "You are not logged in: ") + e.getMessage() + advice);
            return Optional.empty();
        }
    }

    private Optional<Username> enterWithOne() throws PychatException, InterruptedException {
        Optional<Credentials.Pair> given = credentials.ask(fresh);
        if (given.isEmpty() && session.console().interactive()) {
            return Optional.empty();
        }
        Optional<RecoverySecret> sheet = givenSecret();
        try {
            if (given.isEmpty()) {
                return Optional.empty();
            }
            Username user = given.get().user();
            try (Passphrase passphrase = given.get().passphrase()) {
                if (isLacking(sheet)) {
                    return Optional.empty();
                }
                if (fresh) {
                    signUp(user, passphrase);
                    return Optional.of(user);
                }
                return entered(user, sheet, secret -> {
                    if (secret.isPresent()) {
                        client().recovery().logIn(user, passphrase, secret.get());
                    } else {
                        client().logIn(user, passphrase);
                    }
                });
            }
        } finally {
            sheet.ifPresent(RecoverySecret::close);
        }
    }

    private void signUp(Username user, Passphrase passphrase) throws PychatException, InterruptedException {
        session.busy("Making the keys of " + user + "...");
        if (!recovery) {
            client().signUp(user, passphrase);
            return;
        }
        try (RecoverySecret secret = client().recovery().signUp(user, passphrase)) {
            Sheet.show(session.output(), user, secret);
        }
    }

    private Optional<Username> enterAfterChange() throws PychatException, InterruptedException {
        Optional<Username> user = credentials.askForName();
        if (user.isEmpty() && session.console().interactive()) {
            return user;
        }
        Optional<Credentials.Two> given = credentials.askForBoth();
        if (given.isEmpty() && session.console().interactive()) {
            return Optional.empty();
        }
        Optional<RecoverySecret> sheet = givenSecret();
        try {
            if (given.isEmpty()) {
                return Optional.empty();
            }
            try (Passphrase before = given.get().before();
                    Passphrase now = given.get().next()) {
                if (user.isEmpty() || isLacking(sheet)) {
                    return Optional.empty();
                }
                return entered(user.get(), sheet, secret -> {
                    if (secret.isPresent()) {
                        client().recovery().logInAfterChange(user.get(), before, now, secret.get());
                    } else {
                        client().logInAfterChange(user.get(), before, now);
                    }
                });
            }
        } finally {
            sheet.ifPresent(RecoverySecret::close);
        }
    }

    private interface Way {
        void enter(Optional<RecoverySecret> secret) throws PychatException, InterruptedException;
    }

    /** Enters; a person is asked for the secret if it is missing. */
    private Optional<Username> entered(Username user, Optional<RecoverySecret> sheet, Way way)
            throws PychatException, InterruptedException {
        session.busy("Logging in...");
        try {
            way.enter(sheet);
            return Optional.of(user);
        } catch (RecoverySecretException e) {
            if (!e.isMissing()) {
                throw e;
            }
            if (!session.console().interactive()) {
                session.output()
                        .trouble("You are not logged in: " + e.getMessage()
                                + ". !LOGIN recovery takes it, behind the passphrase.");
                return Optional.empty();
            }
            session.output().say("The account of " + user + " has a recovery secret, which a new device needs, too.");
        }
        Optional<RecoverySecret> asked = credentials.recoverySecret();
        if (asked.isEmpty()) {
            return Optional.empty();
        }
        try (RecoverySecret secret = asked.get()) {
            session.busy("Logging in...");
            way.enter(Optional.of(secret));
            return Optional.of(user);
        }
    }

    private Optional<RecoverySecret> givenSecret() {
        return recovery && !fresh ? credentials.recoverySecret() : Optional.empty();
    }

    private boolean isLacking(Optional<RecoverySecret> sheet) {
        return recovery && !fresh && sheet.isEmpty();
    }

    private ChatClient client() {
        return session.client();
    }
}
