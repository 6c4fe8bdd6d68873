package dev.pychat.transport;

import dev.pychat.transport.TrustCheck.Presented;
import dev.pychat.transport.TrustCheck.Refusal;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * How a client trusts a server. Several ways joined by {@link #or} trust what any of them trusts.
 *
 * <p>Immutable and thread-safe, as far as the pins it was given are.
 */
public final class ServerTrust {

    private final List<TrustCheck> checks;

    private ServerTrust(List<TrustCheck> checks) {
        this.checks = checks;
    }

    /**
     * Trusts what the roots of the Java platform lead to (RFC 5280), if the certificate bears the host's name (RFC 2818).
     *
     * @return the trust
     */
    public static ServerTrust systemRoots() {
        return new ServerTrust(List.of(TrustCheck.path(null, "the system's roots")));
    }

    /**
     * Trusts the given certificates: a server's own, under any name and while it is valid, or an issuer's, if what it leads
     * to bears the host's name.
     *
     * @param certificates the certificates, at least one
     * @return the trust
     * @throws IllegalArgumentException if there is none
     */
    public static ServerTrust certificates(List<X509Certificate> certificates) {
        if (certificates.isEmpty()) {
            throw new IllegalArgumentException("no certificate given, at least one is needed");
        }
        return new ServerTrust(List.of(TrustCheck.given(List.copyOf(certificates), store(certificates))));
    }

    /**
     * Reads certificates for {@link #certificates}.
     *
     * @param pem one or more certificates in PEM form (RFC 7468)
     * @return the trust
     * @throws CertificateException if the text holds no certificate, or one that can't be read
     */
    public static ServerTrust pem(String pem) throws CertificateException {
        List<X509Certificate> certificates = new ArrayList<>();
        var text = new ByteArrayInputStream(pem.getBytes(StandardCharsets.US_ASCII));
        for (var certificate : CertificateFactory.getInstance("X.509").generateCertificates(text)) {
            certificates.add((X509Certificate) certificate);
        }
        if (certificates.isEmpty()) {
            throw new CertificateException("the text holds no certificate in PEM form");
        }
        return certificates(certificates);
    }

    /**
     * Trusts the keys that were accepted before, for each host and port.
     *
     * @param pins remembers them
     * @return the trust
     */
    public static ServerTrust pins(ServerPins pins) {
        return new ServerTrust(List.of(TrustCheck.pinned(pins)));
    }

    /**
     * Trusts what this or the other trusts.
     *
     * @param other the other
     * @return both joined
     */
    public ServerTrust or(ServerTrust other) {
        return new ServerTrust(
                Stream.concat(checks.stream(), other.checks.stream()).toList());
    }

    /** A server that was trusted has proved to hold the key that it showed: the handshake is over. */
    void proved(String host, int port, KeyPin shown) {
        checks.forEach(check -> check.proved(host, port, shown));
    }

    /** Takes a server's word about its next key, on a connection on which it held the present one. */
    void announced(String host, int port, KeyPin present, KeyPin next) {
        checks.forEach(check -> check.announced(host, port, present, next));
    }

    /** The pins that a judgement goes by now. Nothing else that it goes by changes, but the time. */
    List<Optional<KeyPin>> pins(String host, int port) {
        return checks.stream().flatMap(check -> check.pins(host, port).stream()).toList();
    }

    /** Judges what a server presents; a changed key weighs more than an unknown one. */
    void check(Presented presented) throws TrustRefusedException {
        List<Refusal> refusals = new ArrayList<>();
        for (TrustCheck check : checks) {
            Optional<Refusal> refusal = check.judge(presented);
            if (refusal.isEmpty()) {
                return;
            }
            refusals.add(refusal.get());
        }
        throw refused(presented, refusals);
    }

    private static TrustRefusedException refused(Presented presented, List<Refusal> refusals) {
        String server = presented.host() + ":" + presented.port();
        boolean changed = refusals.stream().anyMatch(r -> r.reason() == TrustRefusedException.Reason.CHANGED);
        String why = refusals.stream().map(Refusal::text).collect(Collectors.joining("; "));
        return new TrustRefusedException(
                changed ? TrustRefusedException.Reason.CHANGED : TrustRefusedException.Reason.UNKNOWN,
                server,
                presented.leaf(),
                "the server " + server + " is not trusted: " + why + "; the SHA-256 fingerprint of its certificate is "
                        + KeyPin.fingerprint(presented.leaf()).hex());
    }

    private static KeyStore store(List<X509Certificate> certificates) {
        try {
            KeyStore store = KeyStore.getInstance(KeyStore.getDefaultType());
            store.load(null, null);
            for (int i = 0; i < certificates.size(); i++) {
                store.setCertificateEntry("given-" + i, certificates.get(i));
            }
            return store;
        } catch (GeneralSecurityException | IOException e) {
            throw new IllegalStateException("a store of certificates can't be made in memory", e);
        }
    }
}
