package dev.pychat.crypto.secret;

import dev.pychat.crypto.open.Label;
import dev.pychat.crypto.open.Sha256;
import dev.pychat.model.Bytes;
import java.math.BigInteger;
import java.security.SecureRandom;
import java.util.Arrays;

/**
 * 128 random bits that a person keeps on paper and that go into the vault key beside the passphrase, so that whoever guesses the
 * passphrase of a stolen vault opens nothing:
 *
 * <pre>
 * vault key = HKDF(vault key of the passphrase, salt = secret(16), info = label "vault key with recovery secret", 32 bytes)
 * </pre>
 *
 * <p>As text it is seven groups of four out of 32 letters and digits, the last two characters and a part of the one before for the check
 * (ENVELOPE.md, section 14.2). Thread-safe. Closing erases it.
 */
public final class RecoverySecret implements AutoCloseable {

    /** How many bytes it has. */
    public static final int SIZE = 16;

    /** How many characters its text has, without what stands between the groups. */
    public static final int TEXT_LENGTH = 28;

    static final String ALPHABET = "abcdefghijkmnpqrstuvwxyz23456789";

    private static final int GROUP = 4;
    private static final int BITS = 5;
    private static final int CHECK_BITS = 12;
    private static final int KEY_SIZE = 32;

    private final SecretBytes secret;

    private RecoverySecret(SecretBytes secret) {
        this.secret = secret;
    }

    /**
     * Draws one.
     *
     * @param random the source
     * @return the secret, to be closed by the caller
     */
    public static RecoverySecret random(SecureRandom random) {
        return new RecoverySecret(SecretBytes.random(random, SIZE));
    }

    /**
     * Takes its bytes.
     *
     * @param bytes the bytes, which are copied
     * @return the secret, to be closed by the caller
     * @throws IllegalArgumentException if there are not 16
     */
    public static RecoverySecret of(SecretBytes bytes) {
        if (bytes.size() != SIZE) {
            throw new IllegalArgumentException("a recovery secret of " + bytes.size() + " bytes, must have " + SIZE);
        }
        return new RecoverySecret(bytes.copy());
    }

    /**
     * Takes what a person typed from the sheet: in any letter case, with what stands between the groups or without, and with l or 1
     * where there is an i.
     *
     * @param typed the characters, which stay the caller's to erase
     * @return the secret, to be closed by the caller
     * @throws RecoveryTextException if it is none, or one with a slip
     */
    public static RecoverySecret parse(char[] typed) throws RecoveryTextException {
        BigInteger value = BigInteger.ZERO;
        int length = 0;
        for (char each : typed) {
            if (each == '-' || Character.isWhitespace(each)) {
                continue;
            }
            value = value.shiftLeft(BITS).or(BigInteger.valueOf(digit(each)));
            length++;
            if (length > TEXT_LENGTH) {
                break;
            }
        }
        if (length != TEXT_LENGTH) {
            throw new RecoveryTextException("this is no recovery secret: it has "
                    + (length > TEXT_LENGTH ? "more than " + TEXT_LENGTH : length) + " letters and digits, must have "
                    + TEXT_LENGTH);
        }
        byte[] bytes = bytes(value.shiftRight(CHECK_BITS));
        int check = value.intValue() & (1 << CHECK_BITS) - 1;
        if (check(bytes) != check) {
            Arrays.fill(bytes, (byte) 0);
            throw new RecoveryTextException(
                    "this is no recovery secret: one of its letters and digits is wrong, or two are exchanged");
        }
        return new RecoverySecret(SecretBytes.adopt(bytes));
    }

    private static int digit(char typed) throws RecoveryTextException {
        char lower = typed < 0x80 ? (char) Character.toLowerCase((int) typed) : typed;
        int digit = ALPHABET.indexOf(lower == 'l' || lower == '1' ? 'i' : lower);
        if (digit < 0) {
            throw new RecoveryTextException("this is no recovery secret: it holds a character that stands in none;"
                    + " allowed are the letters but o, and the digits 2 to 9");
        }
        return digit;
    }

    private static byte[] bytes(BigInteger value) {
        byte[] some = value.toByteArray();
        byte[] all = new byte[SIZE];
        int taken = Math.min(some.length, SIZE);
        System.arraycopy(some, some.length - taken, all, SIZE - taken, taken);
        Arrays.fill(some, (byte) 0);
        return all;
    }

    /** The first bits of a hash. */
    private static int check(byte[] secret) {
        Bytes hash = Sha256.of(Label.RECOVERY_SHEET, Bytes.adopt(secret));
        return (hash.at(0) & 0xff) << 4 | (hash.at(1) & 0xff) >> 4;
    }

    /**
     * The text for the sheet.
     *
     * @return such as {@code k7mq-4f2x-9tnc-bz3w-hs8e-2abc-d3fg}; the caller's own to show and erase
     */
    public char[] text() {
        return secret.reveal(raw -> {
            BigInteger value = new BigInteger(1, raw).shiftLeft(CHECK_BITS).or(BigInteger.valueOf(check(raw)));
            char[] text = new char[TEXT_LENGTH + TEXT_LENGTH / GROUP - 1];
            for (int i = 0; i < text.length; i++) {
                boolean between = i % (GROUP + 1) == GROUP;
                int place = i - i / (GROUP + 1);
                int digit = value.shiftRight(BITS * (TEXT_LENGTH - 1 - place)).intValue() & (1 << BITS) - 1;
                text[i] = between ? '-' : ALPHABET.charAt(digit);
            }
            return text;
        });
    }

    /**
     * Mixes it into a key.
     *
     * @param ofPassphrase the vault key that the passphrase alone gives
     * @return the vault key, 32 bytes, to be closed by the caller
     */
    public SecretBytes vaultKey(SecretBytes ofPassphrase) {
        Bytes info = Label.VAULT_KEY_RECOVERY.bytes();
        return secret.reveal(salt -> ofPassphrase.derive(Bytes.adopt(salt), info, KEY_SIZE));
    }

    /**
     * Its bytes.
     *
     * @return a copy, to be closed by the caller
     */
    public SecretBytes bytes() {
        return secret.copy();
    }

    /**
     * A second owner's copy.
     *
     * @return the same secret, closed on its own
     */
    public RecoverySecret copy() {
        return new RecoverySecret(secret.copy());
    }

    /** Compares in constant time. */
    @Override
    public boolean equals(Object other) {
        return other instanceof RecoverySecret that && secret.equals(that.secret);
    }

    @Override
    public int hashCode() {
        return RecoverySecret.class.hashCode();
    }

    @Override
    public String toString() {
        return "recovery secret";
    }

    /** Erases it. */
    @Override
    public void close() {
        secret.close();
    }
}
