package dev.pychat.crypto.secret;

import dev.pychat.crypto.open.KeyPolicy;
import dev.pychat.crypto.open.RsaPublicKey;
import java.security.GeneralSecurityException;
import java.security.KeyPairGenerator;
import java.security.SecureRandom;
import java.security.interfaces.RSAPrivateCrtKey;
import java.security.spec.RSAKeyGenParameterSpec;

/**
 * Where new RSA keys come from. Programs use {@link #generating()}; tests bring one that hands out committed keys, because
 * generating takes a third of a second and more.
 *
 * <p>Implementations are thread-safe.
 */
@FunctionalInterface
public interface RsaKeySource {

    /**
     * A key that nobody has used before.
     *
     * @param random the source of randomness
     * @return a new key
     */
    RsaPrivateKey next(SecureRandom random);

    /**
     * Which keys may be used where this source is used, one's own and others'.
     *
     * @return the production policy, unless this is a source of published test keys
     */
    default KeyPolicy policy() {
        return KeyPolicy.production();
    }

    /**
     * The real source.
     *
     * @return one that generates keys of 3072 bits and exponent 65537 with the JDK
     */
    static RsaKeySource generating() {
        return random -> {
            try {
                KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
                generator.initialize(new RSAKeyGenParameterSpec(RsaPublicKey.MIN_BITS, RsaPublicKey.EXPONENT), random);
                return RsaPrivateKey.generated(
                        (RSAPrivateCrtKey) generator.generateKeyPair().getPrivate());
            } catch (GeneralSecurityException e) {
                throw new IllegalStateException("every Java runtime generates RSA keys", e);
            }
        };
    }
}
