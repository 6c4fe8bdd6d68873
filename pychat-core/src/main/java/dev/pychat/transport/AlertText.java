package dev.pychat.transport;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Set;
import javax.net.ssl.SSLException;

/**
 * Puts into words what a server says of a client's certificate. In TLS 1.3 it says so behind the handshake, which is over by then for
 * the client (RFC 8446, section 4.4.2.4).
 */
final class AlertText extends FilterInputStream {

    private static final String RECEIVED = "Received fatal alert: ";
    private static final Set<String> OF_CERTIFICATES = Set.of(
            "certificate_required",
            "bad_certificate",
            "unsupported_certificate",
            "certificate_revoked",
            "certificate_expired",
            "certificate_unknown",
            "unknown_ca",
            "access_denied");

    AlertText(InputStream in) {
        super(in);
    }

    @Override
    public int read(byte[] target, int offset, int count) throws IOException {
        try {
            return in.read(target, offset, count);
        } catch (SSLException e) {
            throw explained(e);
        }
    }

    private static IOException explained(SSLException e) {
        String message = String.valueOf(e.getMessage());
        int at = message.indexOf(RECEIVED);
        String alert = at < 0 ? "" : message.substring(at + RECEIVED.length());
        return OF_CERTIFICATES.contains(alert)
                ? new IOException(
                        "the server takes clients with a certificate that it knows only (TLS alert " + alert + ")", e)
                : e;
    }
}
