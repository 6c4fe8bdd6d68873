package dev.pychat.crypto;

import dev.pychat.crypto.open.KeyPolicy;
import dev.pychat.crypto.open.UnusableKeyException;
import dev.pychat.crypto.secret.RsaPrivateKey;
import dev.pychat.crypto.secret.SecretBytes;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;

/** The 16 committed RSA-3072 key pairs, which save tests the time of generating some. */
public final class TestKeys {

    public static final int COUNT = 16;

    private TestKeys() {}

    /** The key pair of a number from 1 to 16. */
    public static RsaPrivateKey rsa(int number) {
        try (SecretBytes pkcs8 = SecretBytes.adopt(pkcs8(number))) {
            return RsaPrivateKey.parse(pkcs8, KeyPolicy.acceptPublishedTestKeysInsecurely());
        } catch (UnusableKeyException e) {
            throw new AssertionError(e);
        }
    }

    /** The PKCS #8 DER of the key pair of a number from 1 to 16. */
    public static byte[] pkcs8(int number) {
        String name = String.format(java.util.Locale.ROOT, "/dev/pychat/testkeys/TEST-ONLY-rsa3072-%02d.pem", number);
        try (InputStream pem = TestKeys.class.getResourceAsStream(name)) {
            String text = new String(pem.readAllBytes(), StandardCharsets.US_ASCII);
            String body = text.substring(text.indexOf("KEY-----") + 8, text.indexOf("-----END"));
            return Base64.getMimeDecoder().decode(body);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
