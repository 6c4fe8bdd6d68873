package dev.pychat.crypto.open;

import dev.pychat.model.Bytes;
import java.util.Optional;
import org.bouncycastle.math.ec.rfc8032.Ed25519;

/**
 * An Ed25519 public key (RFC 8032): a point of prime order in its canonical encoding. Keys of small or mixed order, and
 * encodings with a coordinate of the field's size or above, do not come to exist. Bouncy Castle does the arithmetic.
 *
 * <p>Immutable and thread-safe. Equal when the encodings are.
 */
public final class Ed25519PublicKey {

    /** How many bytes it has. */
    public static final int SIZE = 32;

    /** How many bytes a signature has. */
    public static final int SIGNATURE_SIZE = 64;

    private static final Bytes SPKI_PREFIX = Bytes.fromHex("302a300506032b6570032100");

    private final Bytes value;

    /** The check decodes the point, which each verification would do again. */
    private final Ed25519.PublicPoint point;

    private Ed25519PublicKey(Bytes value, Ed25519.PublicPoint point) {
        this.value = value;
        this.point = point;
    }

    /**
     * Checks a key that is known to be good, such as one's own. Keys from outside go through {@link #parse(Bytes)}.
     *
     * @param value the 32 bytes of the encoded point
     * @throws IllegalArgumentException if it is no usable key
     */
    public Ed25519PublicKey(Bytes value) {
        this(
                value,
                point(value)
                        .orElseThrow(() -> new IllegalArgumentException("not a usable Ed25519 public key: " + value)));
    }

    /**
     * Takes a key from outside.
     *
     * @param encoded what should be the 32 bytes of a key
     * @return the key
     * @throws UnusableKeyException if it has another length, is not canonical or is not of prime order
     */
    public static Ed25519PublicKey parse(Bytes encoded) throws UnusableKeyException {
        if (encoded.size() != SIZE) {
            throw new UnusableKeyException("Ed25519 key", KeyDefect.MALFORMED);
        }
        Optional<Ed25519.PublicPoint> point = point(encoded);
        if (point.isEmpty()) {
            throw new UnusableKeyException("Ed25519 key", KeyDefect.NOT_PRIME_ORDER);
        }
        return new Ed25519PublicKey(encoded, point.get());
    }

    /**
     * The encoded point.
     *
     * @return its 32 bytes
     */
    public Bytes value() {
        return value;
    }

    /**
     * Checks a signature over the concatenation of a label and a message.
     *
     * @param label what was signed
     * @param message the message after the label
     * @param signature what should be the signature: anything that is not exactly 64 bytes is none
     * @return whether it is this key's signature
     */
    public boolean verifies(Label label, Bytes message, Bytes signature) {
        return verifies(Bytes.concat(label.bytes(), message), signature);
    }

    boolean verifies(Bytes message, Bytes signature) {
        return signature.size() == SIGNATURE_SIZE
                && Ed25519.verify(signature.toArray(), 0, point, message.toArray(), 0, message.size());
    }

    /**
     * The key as SubjectPublicKeyInfo (RFC 8410), over which its fingerprint is taken.
     *
     * @return 44 bytes of DER
     */
    public Bytes subjectPublicKeyInfo() {
        return Bytes.concat(SPKI_PREFIX, value);
    }

    private static Optional<Ed25519.PublicPoint> point(Bytes encoded) {
        return encoded.size() == SIZE
                ? Optional.ofNullable(Ed25519.validatePublicKeyFullExport(encoded.toArray(), 0))
                : Optional.empty();
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Ed25519PublicKey that && value.equals(that.value);
    }

    @Override
    public int hashCode() {
        return value.hashCode();
    }

    @Override
    public String toString() {
        return "Ed25519PublicKey[value=" + value + "]";
    }
}
