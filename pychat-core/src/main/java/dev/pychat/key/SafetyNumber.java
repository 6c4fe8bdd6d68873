package dev.pychat.key;

import dev.pychat.crypto.open.BinaryWriter;
import dev.pychat.crypto.open.Ed25519PublicKey;
import dev.pychat.crypto.open.Label;
import dev.pychat.crypto.open.Sha256;
import dev.pychat.model.Bytes;
import dev.pychat.model.Realm;
import dev.pychat.model.Username;
import java.util.Locale;
import java.util.StringJoiner;

/**
 * Sixty digits that two people compare over another channel: equal on both sides exactly if nobody stands between them.
 *
 * <pre>
 * d_0     = SHA-256(label "safety number" | realm | u8 length, user name | identity(32))
 * d_i     = SHA-256(label "safety number" | d_(i-1) | identity(32)), i = 1 to 5,199
 * digits  = for each of the first six groups of five bytes of d_5199: the big-endian number modulo 100,000, five digits
 * number  = the digits of both users, the smaller first
 * </pre>
 *
 * <p>Whoever looks for another key with the same thirty digits pays 5,200 hashes for each try, about 2^112 in all.
 * Immutable and thread-safe.
 *
 * @param digits 60 decimal digits
 */
public record SafetyNumber(String digits) {

    /** How many digits there are. */
    public static final int LENGTH = 60;

    private static final int ROUNDS = 5200;
    private static final int GROUP = 5;

    /**
     * Checks the form.
     *
     * @param digits 60 decimal digits
     * @throws IllegalArgumentException if there are not exactly 60 decimal digits
     */
    public SafetyNumber {
        if (digits.length() != LENGTH || !digits.chars().allMatch(c -> c >= '0' && c <= '9')) {
            throw new IllegalArgumentException("a safety number has " + LENGTH + " decimal digits");
        }
    }

    /**
     * The safety number of two users, the same whichever is named first.
     *
     * @param realm the server's realm
     * @param one one user
     * @param oneKey the one's identity
     * @param other the other user
     * @param otherKey the other's identity
     * @return the number
     */
    public static SafetyNumber of(
            Realm realm, Username one, Ed25519PublicKey oneKey, Username other, Ed25519PublicKey otherKey) {
        String first = half(realm, one, oneKey);
        String second = half(realm, other, otherKey);
        return new SafetyNumber(first.compareTo(second) <= 0 ? first + second : second + first);
    }

    /** The digits in twelve groups of five, separated by spaces. */
    @Override
    public String toString() {
        StringJoiner groups = new StringJoiner(" ");
        for (int i = 0; i < LENGTH; i += GROUP) {
            groups.add(digits.substring(i, i + GROUP));
        }
        return groups.toString();
    }

    private static String half(Realm realm, Username username, Ed25519PublicKey key) {
        Bytes hash;
        try (BinaryWriter first = new BinaryWriter(Label.SAFETY_NUMBER)) {
            first.raw(realm.value()).username(username).raw(key.value());
            hash = Sha256.of(first.toBytes());
        }
        for (int i = 1; i < ROUNDS; i++) {
            hash = Sha256.of(Label.SAFETY_NUMBER, hash, key.value());
        }
        StringBuilder digits = new StringBuilder();
        for (int group = 0; group < LENGTH / 2 / GROUP; group++) {
            long number = 0;
            for (int i = 0; i < GROUP; i++) {
                number = number << 8 | hash.at(GROUP * group + i) & 0xff;
            }
            digits.append(String.format(Locale.ROOT, "%05d", number % 100_000));
        }
        return digits.toString();
    }
}
