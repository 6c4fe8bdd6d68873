package dev.pychat.transport;

import dev.pychat.model.Bytes;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.PublicKey;
import java.security.cert.CertificateEncodingException;
import java.security.cert.X509Certificate;

/**
 * The SHA-256 of a certificate's public key (its SubjectPublicKeyInfo, RFC 7469, section 2.4). A renewed certificate with
 * the same key has the same pin.
 *
 * <p>Immutable and thread-safe.
 *
 * @param value the 32 bytes
 */
public record KeyPin(Bytes value) {

    /** How many bytes it has. */
    public static final int SIZE = 32;

    private static final String PREFIX = "sha256:";

    /**
     * Checks the length.
     *
     * @param value the 32 bytes
     * @throws IllegalArgumentException if {@code value} does not have {@value #SIZE} bytes
     */
    public KeyPin {
        if (value.size() != SIZE) {
            throw new IllegalArgumentException("a key pin of " + value.size() + " bytes, must have " + SIZE);
        }
    }

    /**
     * The pin of a certificate.
     *
     * @param certificate the certificate
     * @return the pin of its public key
     */
    public static KeyPin of(X509Certificate certificate) {
        return of(certificate.getPublicKey());
    }

    /**
     * The pin of a public key.
     *
     * @param key the key
     * @return the pin
     */
    public static KeyPin of(PublicKey key) {
        return new KeyPin(sha256(key.getEncoded()));
    }

    /**
     * The fingerprint of a whole certificate, as a server prints it.
     *
     * @param certificate the certificate
     * @return SHA-256 of its DER form, 32 bytes
     */
    public static Bytes fingerprint(X509Certificate certificate) {
        try {
            return sha256(certificate.getEncoded());
        } catch (CertificateEncodingException e) {
            throw new IllegalArgumentException("a certificate without an encoded form", e);
        }
    }

    /**
     * Reads what {@link #toString} writes.
     *
     * @param text {@code sha256:} and 64 hexadecimal digits of either case, with or without colons between pairs
     * @return the pin
     * @throws IllegalArgumentException if the text is anything else
     */
    public static KeyPin parse(String text) {
        String digits =
                text.startsWith(PREFIX) ? text.substring(PREFIX.length()).replace(":", "") : "";
        if (digits.length() != 2 * SIZE) {
            throw new IllegalArgumentException(
                    "\"" + text + "\" is no pin, allowed: sha256: and 64 hexadecimal digits");
        }
        return new KeyPin(Bytes.fromHex(digits));
    }

    /** The form for people and files: {@code sha256:} and hexadecimal digits. */
    @Override
    public String toString() {
        return PREFIX + value.hex();
    }

    private static Bytes sha256(byte[] data) {
        try {
            return Bytes.adopt(MessageDigest.getInstance("SHA-256").digest(data));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
