package dev.pychat.testkit.client;

import java.security.AlgorithmParameters;
import java.security.GeneralSecurityException;
import java.security.InvalidAlgorithmParameterException;
import java.security.InvalidKeyException;
import java.security.Key;
import java.security.NoSuchAlgorithmException;
import java.security.Provider;
import java.security.SecureRandom;
import java.security.Security;
import java.security.spec.AlgorithmParameterSpec;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicLong;
import javax.crypto.BadPaddingException;
import javax.crypto.Cipher;
import javax.crypto.CipherSpi;
import javax.crypto.IllegalBlockSizeException;
import javax.crypto.NoSuchPaddingException;
import javax.crypto.ShortBufferException;
import org.jspecify.annotations.Nullable;

/**
 * Stands in front of the JDK's own provider of ciphers, under its name, and counts what is encrypted and decrypted with RSA in this JVM, whoever
 * does it. Everything else it hands on. Closing puts the JDK's provider back.
 */
final class CountedRsa implements AutoCloseable {

    private static final String NAME = "SunJCE";

    private final AtomicLong publicOperations = new AtomicLong();
    private final AtomicLong privateOperations = new AtomicLong();
    private final Provider real = Objects.requireNonNull(Security.getProvider(NAME));
    private final int place = 1 + List.of(Security.getProviders()).indexOf(real);

    private CountedRsa() {}

    static CountedRsa begin() {
        CountedRsa counted = new CountedRsa();
        Security.removeProvider(NAME);
        Security.insertProviderAt(counted.new Counting(), counted.place);
        return counted;
    }

    /** How often something was encrypted to a public key. */
    long publicOperations() {
        return publicOperations.get();
    }

    /** How often a private key was used. */
    long privateOperations() {
        return privateOperations.get();
    }

    @Override
    public void close() {
        Security.removeProvider(NAME);
        Security.insertProviderAt(real, place);
    }

    @SuppressWarnings("serial") // nobody writes it anywhere
    private final class Counting extends Provider {

        Counting() {
            super(NAME, real.getVersionStr(), "counts RSA");
        }

        @Override
        public Service getService(String type, String algorithm) {
            Service found = real.getService(type, algorithm);
            return found != null && type.equals("Cipher") && algorithm.startsWith("RSA")
                    ? new CountingService(this, found)
                    : found;
        }
    }

    private final class CountingService extends Provider.Service {

        CountingService(Provider here, Provider.Service found) {
            super(
                    here,
                    found.getType(),
                    found.getAlgorithm(),
                    found.getClassName(),
                    List.of(),
                    Map.of(
                            "SupportedModes", found.getAttribute("SupportedModes"),
                            "SupportedPaddings", found.getAttribute("SupportedPaddings")));
        }

        @Override
        public Object newInstance(@Nullable Object parameter) throws NoSuchAlgorithmException {
            try {
                return new CountingCipher();
            } catch (GeneralSecurityException e) {
                throw new NoSuchAlgorithmException(e);
            }
        }
    }

    /** What {@link Cipher} asks of a provider, handed on to the real one. */
    private final class CountingCipher extends CipherSpi {

        private String mode = "ECB";
        private Cipher cipher;
        private int use;

        CountingCipher() throws GeneralSecurityException {
            cipher = Cipher.getInstance("RSA", real);
        }

        @Override
        protected void engineSetMode(String named) {
            mode = named;
        }

        @Override
        protected void engineSetPadding(String padding) throws NoSuchPaddingException {
            try {
                cipher = Cipher.getInstance("RSA/" + mode + "/" + padding, real);
            } catch (NoSuchAlgorithmException e) {
                throw new AssertionError(e);
            }
        }

        @Override
        protected int engineGetBlockSize() {
            return cipher.getBlockSize();
        }

        @Override
        protected int engineGetOutputSize(int input) {
            return cipher.getOutputSize(input);
        }

        @Override
        protected byte[] engineGetIV() {
            return cipher.getIV();
        }

        @Override
        protected AlgorithmParameters engineGetParameters() {
            return cipher.getParameters();
        }

        @Override
        protected void engineInit(int operation, Key key, SecureRandom random) throws InvalidKeyException {
            use = operation;
            cipher.init(operation, key, random);
        }

        @Override
        protected void engineInit(int operation, Key key, AlgorithmParameterSpec parameters, SecureRandom random)
                throws InvalidKeyException, InvalidAlgorithmParameterException {
            use = operation;
            cipher.init(operation, key, parameters, random);
        }

        @Override
        protected void engineInit(int operation, Key key, AlgorithmParameters parameters, SecureRandom random)
                throws InvalidKeyException, InvalidAlgorithmParameterException {
            use = operation;
            cipher.init(operation, key, parameters, random);
        }

        @Override
        protected byte[] engineUpdate(byte[] input, int from, int length) {
            return cipher.update(input, from, length);
        }

        @Override
        protected int engineUpdate(byte[] input, int from, int length, byte[] output, int to)
                throws ShortBufferException {
            return cipher.update(input, from, length, output, to);
        }

        @Override
        protected byte[] engineDoFinal(byte[] input, int from, int length)
                throws IllegalBlockSizeException, BadPaddingException {
            count();
            return cipher.doFinal(input, from, length);
        }

        @Override
        protected int engineDoFinal(byte[] input, int from, int length, byte[] output, int to)
                throws ShortBufferException, IllegalBlockSizeException, BadPaddingException {
            count();
            return cipher.doFinal(input, from, length, output, to);
        }

        @Override
        protected byte[] engineWrap(Key key) throws IllegalBlockSizeException, InvalidKeyException {
            count();
            return cipher.wrap(key);
        }

        @Override
        protected Key engineUnwrap(byte[] wrapped, String algorithm, int type)
                throws InvalidKeyException, NoSuchAlgorithmException {
            count();
            return cipher.unwrap(wrapped, algorithm, type);
        }

        private void count() {
            boolean ofPublicKey = use == Cipher.ENCRYPT_MODE || use == Cipher.WRAP_MODE;
            (ofPublicKey ? publicOperations : privateOperations).incrementAndGet();
        }
    }
}
