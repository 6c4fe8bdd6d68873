package dev.pychat.benchmarks.contender;

import java.math.BigInteger;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.interfaces.ECPrivateKey;
import java.util.Arrays;
import java.util.HexFormat;

/**
 * A P-256 key in the encoding of RFC 5915, with its public half, which the JDK leaves out of its own: some servers find by it that key
 * and certificate belong together.
 */
final class EcKey {

    private static final int SIZE = 32;
    private static final int POINT = 2 * SIZE + 1;

    private EcKey() {}

    /** In DER. */
    static byte[] encode(PrivateKey secret, PublicKey open) {
        byte[] info = open.getEncoded();
        byte[] point = Arrays.copyOfRange(info, info.length - POINT, info.length);
        HexFormat hex = HexFormat.of();
        // SEQUENCE { INTEGER 1, OCTET STRING secret, [0] OID prime256v1, [1] BIT STRING point }
        return hex.parseHex("30770201010420" + hex.formatHex(scalar(((ECPrivateKey) secret).getS()))
                + "a00a06082a8648ce3d030107" + "a144034200" + hex.formatHex(point));
    }

    private static byte[] scalar(BigInteger value) {
        byte[] shortest = value.toByteArray();
        byte[] bytes = new byte[SIZE];
        int length = Math.min(SIZE, shortest.length);
        System.arraycopy(shortest, shortest.length - length, bytes, SIZE - length, length);
        return bytes;
    }
}
