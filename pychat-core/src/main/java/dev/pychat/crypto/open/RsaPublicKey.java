package dev.pychat.crypto.open;

import dev.pychat.model.Bytes;
import java.math.BigInteger;

/**
 * An RSA public key for wrapping: 3072 to 4096 bits, odd modulus without small factors, exponent 65537, and the canonical
 * DER of its SubjectPublicKeyInfo (RFC 3279, section 2.3.1), over which its key id is taken. Nothing weaker comes to exist.
 *
 * <p>Immutable and thread-safe. Equal when the encodings are.
 */
public final class RsaPublicKey {

    /** The fewest bits of a modulus. */
    public static final int MIN_BITS = 3072;

    /** The most bits of a modulus. */
    public static final int MAX_BITS = 4096;

    /** The one allowed exponent. */
    public static final BigInteger EXPONENT = BigInteger.valueOf(65537);

    /** The most bytes of a SubjectPublicKeyInfo. */
    public static final int MAX_ENCODED_SIZE = 550;

    private static final Bytes RSA_ENCRYPTION = Bytes.fromHex("06092a864886f70d0101010500");

    private final Bytes encoded;
    private final BigInteger modulus;

    private RsaPublicKey(Bytes encoded, BigInteger modulus) {
        this.encoded = encoded;
        this.modulus = modulus;
    }

    /**
     * Takes a key from outside, as {@link #parse(Bytes, KeyPolicy)} with {@link KeyPolicy#production()}.
     *
     * @param encoded what should be the DER of a SubjectPublicKeyInfo
     * @return the key
     * @throws UnusableKeyException if it is anything else or breaks a rule of this class
     */
    public static RsaPublicKey parse(Bytes encoded) throws UnusableKeyException {
        return parse(encoded, KeyPolicy.production());
    }

    /**
     * Takes a key from outside.
     *
     * @param encoded what should be the DER of a SubjectPublicKeyInfo
     * @param policy whether published test keys are refused, as they always are outside tests
     * @return the key
     * @throws UnusableKeyException if it is anything else or breaks a rule of this class
     */
    public static RsaPublicKey parse(Bytes encoded, KeyPolicy policy) throws UnusableKeyException {
        RsaPublicKey key;
        try {
            key = decode(encoded);
        } catch (MalformedException e) {
            throw new UnusableKeyException("RSA key", KeyDefect.MALFORMED);
        }
        policy.require(key);
        return key;
    }

    /**
     * The modulus.
     *
     * @return an odd number of 3072 to 4096 bits
     */
    public BigInteger modulus() {
        return modulus;
    }

    /**
     * The size of the modulus, and so of each ciphertext.
     *
     * @return how many bytes, 384 to 512
     */
    public int modulusSize() {
        return (modulus.bitLength() + 7) / 8;
    }

    /**
     * The canonical SubjectPublicKeyInfo.
     *
     * @return its DER
     */
    public Bytes subjectPublicKeyInfo() {
        return encoded;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof RsaPublicKey that && encoded.equals(that.encoded);
    }

    @Override
    public int hashCode() {
        return encoded.hashCode();
    }

    @Override
    public String toString() {
        return "RSA-" + modulus.bitLength() + " " + Sha256.of(encoded);
    }

    private static RsaPublicKey decode(Bytes encoded) throws MalformedException, UnusableKeyException {
        if (encoded.size() > 4 * MAX_ENCODED_SIZE) {
            throw new MalformedException("SubjectPublicKeyInfo", encoded.size() + " bytes");
        }
        DerReader whole = new DerReader(encoded);
        DerReader info = new DerReader(whole.value(DerReader.SEQUENCE));
        whole.end();
        Bytes algorithm = info.value(DerReader.SEQUENCE);
        Bytes bits = info.value(DerReader.BIT_STRING);
        info.end();
        if (!algorithm.equals(RSA_ENCRYPTION) || bits.isEmpty() || bits.at(0) != 0) {
            throw new MalformedException("SubjectPublicKeyInfo", "not an RSA key");
        }
        DerReader string = new DerReader(bits.slice(1, bits.size() - 1));
        DerReader numbers = new DerReader(string.value(DerReader.SEQUENCE));
        string.end();
        BigInteger modulus = new BigInteger(numbers.positiveInteger().toArray());
        BigInteger exponent = new BigInteger(numbers.positiveInteger().toArray());
        numbers.end();
        requireSound(modulus, exponent);
        return new RsaPublicKey(Bytes.copyOf(encoded.toArray()), modulus);
    }

    private static void requireSound(BigInteger modulus, BigInteger exponent) throws UnusableKeyException {
        if (modulus.bitLength() < MIN_BITS) {
            throw new UnusableKeyException("RSA key", KeyDefect.TOO_SMALL);
        }
        if (modulus.bitLength() > MAX_BITS) {
            throw new UnusableKeyException("RSA key", KeyDefect.TOO_LARGE);
        }
        if (!modulus.testBit(0)) {
            throw new UnusableKeyException("RSA key", KeyDefect.EVEN_MODULUS);
        }
        if (!exponent.equals(EXPONENT)) {
            throw new UnusableKeyException("RSA key", KeyDefect.WRONG_EXPONENT);
        }
        if (SmallPrimes.divideSome(modulus)) {
            throw new UnusableKeyException("RSA key", KeyDefect.SMALL_FACTOR);
        }
    }
}
