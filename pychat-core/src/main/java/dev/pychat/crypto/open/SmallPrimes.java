package dev.pychat.crypto.open;

import java.math.BigInteger;
import java.util.BitSet;

/** The odd primes below 65536, as one product, so that one greatest common divisor tries them all. */
final class SmallPrimes {

    private static final int LIMIT = 65536;
    private static final BigInteger PRODUCT = product();

    private SmallPrimes() {}

    static boolean divideSome(BigInteger number) {
        // The product has about 94,000 bits: reduced once by the number, the rest is a gcd of ordinary size.
        return !number.gcd(PRODUCT.mod(number)).equals(BigInteger.ONE);
    }

    private static BigInteger product() {
        BitSet composite = new BitSet(LIMIT);
        BigInteger all = BigInteger.ONE;
        BigInteger some = BigInteger.ONE;
        for (int n = 3; n < LIMIT; n += 2) {
            if (composite.get(n)) {
                continue;
            }
            for (long multiple = (long) n * n; multiple < LIMIT; multiple += 2L * n) {
                composite.set((int) multiple);
            }
            some = some.multiply(BigInteger.valueOf(n));
            if (some.bitLength() > 2048) {
                all = all.multiply(some);
                some = BigInteger.ONE;
            }
        }
        return all.multiply(some);
    }
}
