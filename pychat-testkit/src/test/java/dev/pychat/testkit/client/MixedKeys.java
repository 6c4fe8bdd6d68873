package dev.pychat.testkit.client;

import dev.pychat.crypto.open.KeyPolicy;
import dev.pychat.crypto.secret.RsaPrivateKey;
import dev.pychat.crypto.secret.SecretBytes;
import dev.pychat.testkit.key.PublishedKeys;
import java.math.BigInteger;
import java.security.KeyFactory;
import java.security.interfaces.RSAPrivateCrtKey;
import java.security.spec.PKCS8EncodedKeySpec;
import java.security.spec.RSAPrivateCrtKeySpec;
import java.util.ArrayList;
import java.util.List;

/** Many key pairs at once, each of two primes out of two different published test keys. Whoever has this file has them all. */
final class MixedKeys {

    private MixedKeys() {}

    static List<RsaPrivateKey> make(int count) throws Exception {
        List<RSAPrivateCrtKey> published = new ArrayList<>();
        for (int number = 1; number <= PublishedKeys.COUNT; number++) {
            published.add(decoded(PublishedKeys.number(number)));
        }
        List<RsaPrivateKey> mixed = new ArrayList<>();
        for (RSAPrivateCrtKey one : published) {
            for (RSAPrivateCrtKey other : published) {
                if (one != other && mixed.size() < count) {
                    mixed.add(mixed(one.getPrimeP(), other.getPrimeQ(), one.getPublicExponent()));
                }
            }
        }
        return mixed;
    }

    private static RSAPrivateCrtKey decoded(RsaPrivateKey key) throws Exception {
        try (SecretBytes pkcs8 = key.pkcs8()) {
            return pkcs8.reveal(raw ->
                    (RSAPrivateCrtKey) KeyFactory.getInstance("RSA").generatePrivate(new PKCS8EncodedKeySpec(raw)));
        }
    }

    private static RsaPrivateKey mixed(BigInteger p, BigInteger q, BigInteger e) throws Exception {
        BigInteger pLess = p.subtract(BigInteger.ONE);
        BigInteger qLess = q.subtract(BigInteger.ONE);
        BigInteger d = e.modInverse(pLess.multiply(qLess));
        byte[] pkcs8 = KeyFactory.getInstance("RSA")
                .generatePrivate(new RSAPrivateCrtKeySpec(
                        p.multiply(q), e, d, p, q, d.mod(pLess), d.mod(qLess), q.modInverse(p)))
                .getEncoded();
        try (SecretBytes secret = SecretBytes.adopt(pkcs8)) {
            return RsaPrivateKey.parse(secret, KeyPolicy.acceptPublishedTestKeysInsecurely());
        }
    }
}
