package dev.pychat.crypto.secret;

import dev.pychat.crypto.secret.PassphraseException.Reason;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.Arrays;

/**
 * A passphrase in the one form in which it is hashed: RFC 8265 OpaqueString (spaces of all kinds become U+0020, NFC, no
 * controls and nothing invisible), UTF-8, 8 to 1,024 bytes. So the same passphrase typed on another keyboard is the same.
 *
 * <p>ASCII passphrases are never put into a {@code String}; others are for a moment, because the JDK normalises nothing
 * else. Thread-safe. Closing erases it.
 */
public final class Passphrase implements AutoCloseable {

    /** The fewest bytes in UTF-8. */
    public static final int MIN_SIZE = 8;

    /** The most bytes in UTF-8. */
    public static final int MAX_SIZE = 1024;

    private static final String ALPHABET = RecoverySecret.ALPHABET;
    private static final int GROUPS = 5;
    private static final int GROUP_LENGTH = 4;

    private final SecretBytes utf8;

    private Passphrase(SecretBytes utf8) {
        this.utf8 = utf8;
    }

    /**
     * Takes what a person typed.
     *
     * @param typed the characters, which stay the caller's to erase
     * @return the passphrase
     * @throws PassphraseException if it is too short, too long or contains what RFC 8265 does not allow
     */
    public static Passphrase of(char[] typed) throws PassphraseException {
        if (typed.length > MAX_SIZE) {
            throw new PassphraseException(Reason.TOO_LONG);
        }
        char[] prepared = isPrintableAscii(typed) ? typed.clone() : OpaqueString.enforce(typed);
        try {
            return new Passphrase(SecretBytes.adopt(encode(prepared)));
        } finally {
            Arrays.fill(prepared, '\0');
        }
    }

    /**
     * Draws a passphrase to offer: 100 random bits as five groups of four letters and digits that are hard to confuse.
     *
     * @param random the source
     * @return such as {@code k7mq-4f2x-9tnc-bz3w-hs8e}; the caller's own to show and erase
     */
    public static char[] suggest(SecureRandom random) {
        char[] suggestion = new char[GROUPS * (GROUP_LENGTH + 1) - 1];
        for (int i = 0; i < suggestion.length; i++) {
            boolean betweenGroups = i % (GROUP_LENGTH + 1) == GROUP_LENGTH;
            suggestion[i] = betweenGroups ? '-' : ALPHABET.charAt(random.nextInt(ALPHABET.length()));
        }
        return suggestion;
    }

    /**
     * A second owner's copy.
     *
     * @return the same passphrase, to be closed on its own
     * @throws IllegalStateException if this has been closed
     */
    public Passphrase copy() {
        return new Passphrase(utf8.copy());
    }

    /** Whether two passphrases are the same, as when one is typed twice. Compares in constant time. */
    @Override
    public boolean equals(Object other) {
        return other instanceof Passphrase that && utf8.equals(that.utf8);
    }

    @Override
    public int hashCode() {
        return Passphrase.class.hashCode();
    }

    @Override
    public String toString() {
        return "passphrase";
    }

    /** Erases it. */
    @Override
    public void close() {
        utf8.close();
    }

    SecretBytes utf8() {
        return utf8;
    }

    private static boolean isPrintableAscii(char[] typed) {
        for (char c : typed) {
            if (c < 0x20 || c > 0x7e) {
                return false;
            }
        }
        return true;
    }

    private static byte[] encode(char[] prepared) throws PassphraseException {
        ByteBuffer room = ByteBuffer.allocate(3 * prepared.length);
        if (StandardCharsets.UTF_8
                .newEncoder()
                .encode(CharBuffer.wrap(prepared), room, true)
                .isError()) {
            throw new PassphraseException(Reason.NOT_TEXT);
        }
        byte[] exact = Arrays.copyOf(room.array(), room.position());
        Arrays.fill(room.array(), (byte) 0);
        if (exact.length < MIN_SIZE || exact.length > MAX_SIZE) {
            Reason reason = exact.length < MIN_SIZE ? Reason.TOO_SHORT : Reason.TOO_LONG;
            Arrays.fill(exact, (byte) 0);
            throw new PassphraseException(reason);
        }
        return exact;
    }
}
