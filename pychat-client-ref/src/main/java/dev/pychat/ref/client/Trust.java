package dev.pychat.ref.client;

import dev.pychat.ref.client.home.KnownServers;
import dev.pychat.ref.client.terminal.Answer;
import dev.pychat.ref.client.terminal.Console;
import dev.pychat.ref.client.text.Entry;
import dev.pychat.transport.KeyPin;
import dev.pychat.transport.ServerTrust;
import dev.pychat.transport.TrustRefusedException;
import dev.pychat.transport.TrustRefusedException.Reason;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * Whether the server is the one that is meant: the system's roots, the given certificates or an accepted key speak for it;
 * else a person is asked once, as ssh does. The transport asks from its own threads, the rest is confined to one thread.
 */
final class Trust {
    private final Address server;
    private final KnownServers known;
    private final Optional<GivenCertificates> given;
    private final Optional<KeyPin> acceptable;
    private volatile Optional<KeyPin> accepted;

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
    }

    /** What the transport asks. */
    ServerTrust serverTrust() {
        ServerTrust pins = ServerTrust.pins((host, port) -> accepted);
        ServerTrust trust = ServerTrust.systemRoots().or(pins);
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
            known.accept(server.toString(), refused.pin());
            accepted = Optional.of(refused.pin());
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
                    + " is not the one that was accepted before: somebody may stand in between, or the"
                    + " server was set up anew. Ask whoever runs it. If it was, remove the line of " + server + " from "
                    + known.path() + " and start again; its certificate now has the fingerprint "
                    + fingerprint(refused);
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
