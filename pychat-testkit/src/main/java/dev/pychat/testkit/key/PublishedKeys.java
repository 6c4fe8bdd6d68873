package dev.pychat.testkit.key;

import dev.pychat.crypto.open.KeyPolicy;
import dev.pychat.crypto.open.UnusableKeyException;
import dev.pychat.crypto.secret.RsaKeySource;
import dev.pychat.crypto.secret.RsaPrivateKey;
import dev.pychat.crypto.secret.SecretBytes;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.Locale;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * The 16 published RSA-3072 key pairs, which save tests the time of generating some. As a source it hands them out one after
 * the other and begins again after the last, and its policy lets them pass. For tests only: everybody knows these keys.
 *
 * <p>Thread-safe.
 */
public final class PublishedKeys implements RsaKeySource {

    /** How many key pairs there are. */
    public static final int COUNT = 16;

    private final AtomicInteger handedOut = new AtomicInteger();

    /** Makes a source that begins with the first key pair. */
    public PublishedKeys() {}

    /**
     * One of the key pairs.
     *
     * @param number its number, 1 to {@value #COUNT}
     * @return the private half, which knows its public one
     * @throws IllegalArgumentException if there is no such number
     */
    public static RsaPrivateKey number(int number) {
        if (number < 1 || number > COUNT) {
            throw new IllegalArgumentException("test key " + number + ", there are 1 to " + COUNT);
        }
        try (SecretBytes pkcs8 = SecretBytes.adopt(decode(pem(number)))) {
            return RsaPrivateKey.parse(pkcs8, KeyPolicy.acceptPublishedTestKeysInsecurely());
        } catch (UnusableKeyException e) {
            throw new IllegalStateException("test key " + number + " is damaged", e);
        }
    }

    @Override
    public RsaPrivateKey next(SecureRandom random) {
        return number(handedOut.getAndIncrement() % COUNT + 1);
    }

    @Override
    public KeyPolicy policy() {
        return KeyPolicy.acceptPublishedTestKeysInsecurely();
    }

    private static String pem(int number) {
        String name = String.format(Locale.ROOT, "/dev/pychat/testkeys/TEST-ONLY-rsa3072-%02d.pem", number);
        try (InputStream in = PublishedKeys.class.getResourceAsStream(name)) {
            if (in == null) {
                throw new IllegalStateException("this build lacks " + name);
            }
            return new String(in.readAllBytes(), StandardCharsets.US_ASCII);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static byte[] decode(String pem) {
        int begin = pem.indexOf("KEY-----") + "KEY-----".length();
        return Base64.getMimeDecoder().decode(pem.substring(begin, pem.indexOf("-----END")));
    }
}
