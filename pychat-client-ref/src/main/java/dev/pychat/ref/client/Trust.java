package dev.pychat.ref.client;

import dev.pychat.ref.client.home.KnownServers;
import dev.pychat.ref.client.terminal.Answer;
import dev.pychat.ref.client.terminal.Console;
import dev.pychat.ref.client.text.Entry;
import dev.pychat.transport.KeyPin;
import dev.pychat.transport.ServerPins;
import dev.pychat.transport.ServerTrust;
import dev.pychat.transport.TrustRefusedException;
import dev.pychat.transport.TrustRefusedException.Reason;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Whether the server is the one that is meant: the system's roots, the given certificates or an accepted key speak for it;
 * else a person is asked once, as ssh does. A key that the server announces while it holds the accepted one is accepted when it
 * comes. The transport asks from its own threads, the rest is confined to one thread.
 */
final class Trust implements ServerPins {
    private static final Logger LOG = LoggerFactory.getLogger(Trust.class);

    private final Address server;
    private final KnownServers known;
    private final Optional<GivenCertificates> given;
    private final Optional<KeyPin> acceptable;
    /** Held while the file is changed. */
    private final ReentrantLock changing = new ReentrantLock();

    private volatile Optional<KeyPin> accepted;
    private volatile Optional<KeyPin> next;

    /**
     * Reads what was accepted before.
     *
     * @param acceptable a fingerprint that may be accepted without asking
     */
    Trust(Address server, KnownServers known, List<Path> pem, List<KeyPin> acceptable) throws IOException {
        this.server = server;
        this.known = known;
        this.given = pem.isEmpty() ? Optional.empty() : Optional.of(GivenCertificates.read(pem.get(0)));
        this.acceptable = acceptable.stream().findFirst();
        this.accepted = known.find(server.toString());
        this.next = known.next(server.toString());
    }

    @Override
    public Optional<KeyPin> pin(String host, int port) {
        return accepted;
    }

    @Override
    public Optional<KeyPin> next(String host, int port) {
        return next;
    }

    @Override
    public void announced(String host, int port, KeyPin announced) {
        next = Optional.of(announced);
        keep("the key that the server has announced", () -> known.announced(server.toString(), announced));
    }

    @Override
    public void changed(String host, int port, KeyPin shown) {
        accepted = Optional.of(shown);
        next = Optional.empty();
        keep("the key to which the server has changed", () -> known.accept(server.toString(), shown));
    }

    private interface Change {
        void make() throws IOException;
    }

    /** What can't be kept counts until the end, and is said: the next start may ask for it. */
    private void keep(String what, Change change) {
        changing.lock();
        try {
            change.make();
            LOG.info("{} is kept in {}", what, known.path());
        } catch (IOException e) {
            LOG.error("{} can't be kept: {}", what, Failures.sentence(e));
        } finally {
            changing.unlock();
        }
    }

    /** What the transport asks. */
    ServerTrust serverTrust() {
        ServerTrust trust = ServerTrust.systemRoots().or(ServerTrust.pins(this));
        return given.isPresent() ? trust.or(given.get().trust()) : trust;
    }

    /** Whether a refused server was accepted now, so that it is worth connecting again. */
    boolean accept(TrustRefusedException refused, Console console) throws IOException {
        boolean isNamed = acceptable.isPresent()
                && (acceptable.get().equals(refused.pin())
                        || acceptable.get().value().equals(refused.fingerprint()));
        boolean mayAsk =
                refused.reason() == Reason.UNKNOWN && console.interactive() && given.isEmpty() && acceptable.isEmpty();
        if (isNamed || mayAsk && isWanted(refused, console)) {
            changing.lock();
            try {
                known.accept(server.toString(), refused.pin());
            } finally {
                changing.unlock();
            }
            accepted = Optional.of(refused.pin());
            next = Optional.empty();
            return true;
        }
        return false;
    }

    private boolean isWanted(TrustRefusedException refused, Console console) {
        console.show(Entry.plain(
                "The server " + server + " is not known yet. The SHA-256 fingerprint of its certificate is"));
        console.show(Entry.plain("  " + fingerprint(refused)));
        console.show(Entry.plain("The server prints it when it starts. Compare the two."));
        while (true) {
            Answer answer = console.word("Are they the same, and shall this server be trusted from now on? (yes/no) ");
            String word =
                    answer instanceof Answer.Line line ? line.text().strip().toLowerCase(Locale.ROOT) : "no";
            if (word.equals("yes")) {
                return true;
            }
            if (word.equals("no")) {
                return false;
            }
            console.show(Entry.plain("Please type yes or no."));
        }
    }

    /** What to do about a server that stays refused. */
    String advice(TrustRefusedException refused) {
        if (refused.reason() == Reason.CHANGED) {
            return "the key of " + server
                    + " is not the one that was accepted before: somebody may stand in between, the server was set up"
                    + " anew, or it has changed its key and announced it while this device was away. Ask whoever runs it"
                    + " for the fingerprint. If it is " + fingerprint(refused) + ", start with --accept-fingerprint and"
                    + " that, or remove the line of " + server + " from " + known.path() + " and start again";
        }
        if (acceptable.isPresent()) {
            return "the certificate of " + server + " has the fingerprint " + fingerprint(refused)
                    + ", which is not the one given with --accept-fingerprint";
        }
        if (given.isPresent()) {
            return "the server " + server + " is not trusted: " + given.get().whyNot(refused.certificate())
                    + ". Ask whoever runs the server for the right file; its certificate has the fingerprint "
                    + fingerprint(refused);
        }
        return "the server " + server
                + " is not trusted: nothing speaks for its certificate. Compare its fingerprint with the"
                + " one that the server printed, and if it is the same start with --accept-fingerprint "
                + fingerprint(refused);
    }

    private static String fingerprint(TrustRefusedException refused) {
        return "sha256:" + refused.fingerprint().hex();
    }
}
