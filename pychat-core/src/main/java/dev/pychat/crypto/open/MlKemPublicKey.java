package dev.pychat.crypto.open;

import dev.pychat.model.Bytes;
import org.bouncycastle.crypto.params.MLKEMParameters;
import org.bouncycastle.crypto.params.MLKEMPublicKeyParameters;

/**
 * An encapsulation key of ML-KEM-768 (FIPS 203) that has passed the checks of its section 7.2: the length, and every
 * coefficient below the modulus. Bouncy Castle does the arithmetic.
 *
 * <p>Immutable and thread-safe.
 *
 * @param value the 1,184 bytes of the encapsulation key
 */
public record MlKemPublicKey(Bytes value) {

    /** How many bytes it has. */
    public static final int SIZE = 1184;

    /** SubjectPublicKeyInfo up to the key itself: id-alg-ml-kem-768 without parameters (RFC 9935). */
    private static final Bytes SPKI_PREFIX = Bytes.fromHex("308204b2300b0609608648016503040402038204a100");

    /**
     * Checks a key that is known to be good, such as one's own. Keys from outside go through {@link #parse(Bytes)}.
     *
     * @param value the 1,184 bytes of the encapsulation key
     * @throws IllegalArgumentException if it is no usable key
     */
    public MlKemPublicKey {
        if (!isUsable(value)) {
            throw new IllegalArgumentException("not a usable ML-KEM-768 key, of " + value.size() + " bytes");
        }
    }

    /**
     * Takes a key from outside.
     *
     * @param encoded what should be the 1,184 bytes of a key
     * @return the key
     * @throws UnusableKeyException if it has another length or a coefficient of the modulus or above
     */
    public static MlKemPublicKey parse(Bytes encoded) throws UnusableKeyException {
        if (!isUsable(encoded)) {
            throw new UnusableKeyException("ML-KEM key", KeyDefect.MALFORMED);
        }
        return new MlKemPublicKey(encoded);
    }

    /**
     * The key as SubjectPublicKeyInfo, over which its key id is taken.
     *
     * @return 1,206 bytes of DER
     */
    public Bytes subjectPublicKeyInfo() {
        return Bytes.concat(SPKI_PREFIX, value);
    }

    @Override
    public String toString() {
        return "ML-KEM-768 " + Sha256.of(value);
    }

    MLKEMPublicKeyParameters parameters() {
        return new MLKEMPublicKeyParameters(MLKEMParameters.ml_kem_768, value.toArray());
    }

    private static boolean isUsable(Bytes encoded) {
        return encoded.size() == SIZE && isReduced(encoded);
    }

    /** Bouncy Castle checks it too; what a peer sent is judged here, so that no version of a library decides. */
    private static boolean isReduced(Bytes encoded) {
        for (int at = 0; at < SIZE - 32; at += 3) {
            int low = encoded.at(at) & 0xff;
            int middle = encoded.at(at + 1) & 0xff;
            int high = encoded.at(at + 2) & 0xff;
            if ((low | (middle & 0x0f) << 8) >= MlKem.MODULUS || (middle >> 4 | high << 4) >= MlKem.MODULUS) {
                return false;
            }
        }
        return true;
    }
}
