package dev.pychat.transport;

import dev.pychat.model.Bytes;
import java.security.cert.X509Certificate;

/** The server is not trusted. It carries what the server presented, so that a person can be asked. */
public final class TrustRefusedException extends TransportException {

    private static final long serialVersionUID = 1L;

    /** Why a server is not trusted. */
    public enum Reason {
        /** Neither a root, nor a given certificate, nor a pin speaks for it. */
        UNKNOWN,
        /** Another key is pinned for this host and port: a new server, or somebody in between. */
        CHANGED
    }

    /** Why. */
    private final Reason reason;
    /** What the server presented. */
    private final transient X509Certificate certificate;
    /** The address that was asked for. */
    private final String server;

    TrustRefusedException(Reason reason, String server, X509Certificate certificate, String message) {
        super(Kind.TRUST_REFUSED, message);
        this.reason = reason;
        this.server = server;
        this.certificate = certificate;
    }

    /**
     * Why the server is not trusted.
     *
     * @return the reason
     */
    public Reason reason() {
        return reason;
    }

    /**
     * The server that was asked for.
     *
     * @return host and port, as in {@code chat.example:5050}
     */
    public String server() {
        return server;
    }

    /**
     * What the server presented.
     *
     * @return its own certificate
     */
    public X509Certificate certificate() {
        return certificate;
    }

    /**
     * The fingerprint of the certificate, which changes when it is renewed.
     *
     * @return SHA-256 of its DER form, 32 bytes
     */
    public Bytes fingerprint() {
        return KeyPin.fingerprint(certificate);
    }

    /**
     * The pin of the certificate's public key, which stays when it is renewed with the same key.
     *
     * @return the pin to keep if a person accepts it
     */
    public KeyPin pin() {
        return KeyPin.of(certificate);
    }
}
