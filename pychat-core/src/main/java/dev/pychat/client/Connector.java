package dev.pychat.client;

import dev.pychat.model.PychatException;
import dev.pychat.model.Realm;
import dev.pychat.transport.ClientTransport;
import dev.pychat.wire.ErrorCode;
import dev.pychat.wire.Hello;
import dev.pychat.wire.LogIn;
import dev.pychat.wire.ProtocolVersion;
import dev.pychat.wire.Resume;
import dev.pychat.wire.Session;
import dev.pychat.wire.Welcome;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/** Makes connections and greets. On threads that may wait. Thread-safe. */
final class Connector {

    /** A connection on which both sides have greeted. */
    record Greeted(Link link, Realm realm) {}

    private final ClientOptions options;
    private final ClientTransport transport;

    Connector(ClientOptions options) {
        this.options = options;
        // The options may be those of other accounts, too.
        this.transport = options.transport().forOneClient();
    }

    Greeted connect(LinkFrames.Pushes pushes) throws PychatException, InterruptedException {
        CompletableFuture<Link> made = new CompletableFuture<>();
        transport.connect(connection -> {
            Link link = new Link(connection);
            made.complete(link);
            return new LinkFrames(link, pushes, transport);
        });
        Link link = Answers.get(made, options.requestTimeout());
        boolean greeted = false;
        try {
            Welcome welcome = Answers.get(
                    link.ask(
                            Welcome.class,
                            id -> new Hello(id, List.of(ProtocolVersion.CURRENT.number()), options.agent())),
                    options.requestTimeout());
            if (welcome.version() != ProtocolVersion.CURRENT.number()) {
                throw new RefusedException(
                        "unsupported_version",
                        "the server chose version " + welcome.version() + " of the protocol, which was not offered");
            }
            link.maxFrame(welcome.limits().frame());
            link.mostInFlight(welcome.limits().inFlight());
            greeted = true;
            return new Greeted(link, welcome.realm());
        } finally {
            if (!greeted) {
                link.close("the greeting failed");
            }
        }
    }

    /** A new connection for an account that has logged in before: by its token, or with the login secret where that is over. */
    Link resume(Account account, LinkFrames.Pushes pushes) throws PychatException, InterruptedException {
        Greeted greeted = connect(pushes);
        Link link = greeted.link();
        boolean resumed = false;
        try {
            if (!greeted.realm().equals(account.realm())) {
                throw otherRealm();
            }
            account.rotate(session(link, account).token());
            resumed = true;
            return link;
        } finally {
            if (!resumed) {
                link.close("the session could not be resumed");
            }
        }
    }

    static RefusedException otherRealm() {
        return new RefusedException(
                "other_realm", "the server is another one now than when the client connected first");
    }

    private Session session(Link link, Account account) throws PychatException, InterruptedException {
        try {
            return Answers.get(
                    link.ask(
                            Session.class,
                            id -> new Resume(
                                    id, account.user(), account.keyring().device(), account.token())),
                    options.requestTimeout());
        } catch (FailureException e) {
            if (e.code() != ErrorCode.BAD_TOKEN) {
                throw e;
            }
        }
        return Answers.get(
                link.ask(
                        Session.class,
                        id -> new LogIn(
                                id,
                                account.user(),
                                account.keyring().device(),
                                Entrance.credential(account.loginSecret()))),
                options.requestTimeout());
    }

    /** Why it makes no sense to try again; empty if it does. */
    static Optional<String> endsIt(PychatException failure) {
        if (failure instanceof FailureException e && e.code() == ErrorCode.BAD_CREDENTIALS) {
            return Optional.of(
                    "the passphrase of this account was changed elsewhere, or the account is gone: log in again");
        }
        if (failure instanceof RefusedException refused) {
            return Optional.of(String.valueOf(refused.getMessage()));
        }
        return Optional.empty();
    }
}
