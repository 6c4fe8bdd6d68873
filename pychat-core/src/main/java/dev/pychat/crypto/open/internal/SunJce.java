package dev.pychat.crypto.open.internal;

import java.security.NoSuchAlgorithmException;
import java.security.NoSuchProviderException;
import javax.crypto.Cipher;
import javax.crypto.Mac;
import javax.crypto.NoSuchPaddingException;

/**
 * The JDK's own ciphers and MACs, whatever provider the embedding program has put first: they are the ones whose behaviour on bad
 * input is known and tested. Thread-safe.
 */
public final class SunJce {

    private static final String PROVIDER = "SunJCE";

    private SunJce() {}

    /**
     * A fresh cipher.
     *
     * @param transformation its name
     * @return a cipher of the JDK's provider, or of the first that has it where the runtime has no such provider
     */
    public static Cipher cipher(String transformation) {
        try {
            return Cipher.getInstance(transformation, PROVIDER);
        } catch (NoSuchProviderException e) {
            return ofAnyProvider(transformation);
        } catch (NoSuchAlgorithmException | NoSuchPaddingException e) {
            throw new IllegalStateException("this Java runtime has no " + transformation, e);
        }
    }

    /**
     * A fresh MAC. Naming its provider also spares the search for one that takes the key, each time.
     *
     * @param algorithm its name
     * @return a MAC of the JDK's provider, or of the first that has it where the runtime has no such provider
     */
    public static Mac mac(String algorithm) {
        try {
            return Mac.getInstance(algorithm, PROVIDER);
        } catch (NoSuchProviderException e) {
            return macOfAnyProvider(algorithm);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("this Java runtime has no " + algorithm, e);
        }
    }

    private static Mac macOfAnyProvider(String algorithm) {
        try {
            return Mac.getInstance(algorithm);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("this Java runtime has no " + algorithm, e);
        }
    }

    private static Cipher ofAnyProvider(String transformation) {
        try {
            return Cipher.getInstance(transformation);
        } catch (NoSuchAlgorithmException | NoSuchPaddingException e) {
            throw new IllegalStateException("this Java runtime has no " + transformation, e);
        }
    }
}
