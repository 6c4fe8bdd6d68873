package dev.pychat.crypto.secret;

import dev.pychat.crypto.open.KeyDefect;
import dev.pychat.crypto.open.KeyPolicy;
import dev.pychat.crypto.open.RsaPublicKey;
import dev.pychat.crypto.open.UnusableKeyException;
import dev.pychat.model.Bytes;
import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.interfaces.RSAPrivateCrtKey;
import java.security.spec.PKCS8EncodedKeySpec;
import java.security.spec.RSAPublicKeySpec;

/**
 * An RSA private key for unwrapping, with the public half that belongs to it. The JDK holds the numbers and offers no way
 * to erase them; what is kept outside of it erases itself.
 *
 * <p>Immutable and thread-safe.
 */
public final class RsaPrivateKey {

    private final RSAPrivateCrtKey key;
    private final RsaPublicKey publicKey;

    private RsaPrivateKey(RSAPrivateCrtKey key, RsaPublicKey publicKey) {
        this.key = key;
        this.publicKey = publicKey;
    }

    /**
     * Reads a key that was kept.
     *
     * @param pkcs8 the DER of a PKCS #8 PrivateKeyInfo (RFC 5208) with all CRT numbers
     * @param policy whether published test keys are refused, as they always are outside tests
     * @return the key
     * @throws UnusableKeyException if it is not such a key, its numbers contradict each other or its public half is unusable
     */
    public static RsaPrivateKey parse(SecretBytes pkcs8, KeyPolicy policy) throws UnusableKeyException {
        RSAPrivateCrtKey key = pkcs8.reveal(RsaPrivateKey::decode);
        if (!belongTogether(key)) {
            throw new UnusableKeyException("RSA private key", KeyDefect.MALFORMED);
        }
        return new RsaPrivateKey(key, publicHalf(key, policy));
    }

    static RsaPrivateKey generated(RSAPrivateCrtKey key) {
        try {
            return new RsaPrivateKey(key, publicHalf(key, KeyPolicy.production()));
        } catch (UnusableKeyException e) {
            throw new IllegalStateException("the JDK generated an unusable RSA key", e);
        }
    }

    /**
     * The key as it is kept.
     *
     * @return the DER of its PKCS #8 PrivateKeyInfo, to be closed by the caller
     */
    public SecretBytes pkcs8() {
        return SecretBytes.adopt(key.getEncoded());
    }

    /**
     * The public half.
     *
     * @return the key that wraps to this one
     */
    public RsaPublicKey publicKey() {
        return publicKey;
    }

    @Override
    public String toString() {
        return "private half of " + publicKey;
    }

    RSAPrivateCrtKey jdkKey() {
        return key;
    }

    private static RSAPrivateCrtKey decode(byte[] pkcs8) throws UnusableKeyException {
        try {
            Object key = KeyFactory.getInstance("RSA").generatePrivate(new PKCS8EncodedKeySpec(pkcs8));
            if (key instanceof RSAPrivateCrtKey complete) {
                return complete;
            }
        } catch (GeneralSecurityException | RuntimeException e) {
            // The JDK's message may quote the key, so neither it nor its trace goes on.
            throw new UnusableKeyException("RSA private key", KeyDefect.MALFORMED);
        }
        throw new UnusableKeyException("RSA private key", KeyDefect.MALFORMED);
    }

    private static boolean belongTogether(RSAPrivateCrtKey key) {
        BigInteger p = key.getPrimeP();
        BigInteger q = key.getPrimeQ();
        boolean primesCanBe = p.bitLength() > 1 && q.bitLength() > 1 && p.signum() > 0 && q.signum() > 0;
        return primesCanBe
                && !p.equals(q)
                && p.testBit(0)
                && q.testBit(0)
                && p.multiply(q).equals(key.getModulus())
                && areInverse(key.getPrimeExponentP(), key.getPublicExponent(), p.subtract(BigInteger.ONE))
                && areInverse(key.getPrimeExponentQ(), key.getPublicExponent(), q.subtract(BigInteger.ONE))
                && areInverse(key.getCrtCoefficient(), q, p);
    }

    private static boolean areInverse(BigInteger one, BigInteger other, BigInteger modulus) {
        return one.signum() > 0 && one.multiply(other).mod(modulus).equals(BigInteger.ONE);
    }

    private static RsaPublicKey publicHalf(RSAPrivateCrtKey key, KeyPolicy policy) throws UnusableKeyException {
        try {
            byte[] encoded = KeyFactory.getInstance("RSA")
                    .generatePublic(new RSAPublicKeySpec(key.getModulus(), key.getPublicExponent()))
                    .getEncoded();
            return RsaPublicKey.parse(Bytes.adopt(encoded), policy);
        } catch (GeneralSecurityException e) {
            throw new UnusableKeyException("RSA private key", KeyDefect.MALFORMED);
        }
    }
}
