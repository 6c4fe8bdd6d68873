package dev.pychat.crypto.open;

/** Why a public key is not used. */
public enum KeyDefect {
    /** It is not the canonical encoding of a key of its kind. */
    MALFORMED("is not the canonical encoding of a public key"),
    /** An RSA modulus below {@value RsaPublicKey#MIN_BITS} bits. */
    TOO_SMALL("has a modulus below " + RsaPublicKey.MIN_BITS + " bits"),
    /** An RSA modulus above {@value RsaPublicKey#MAX_BITS} bits. */
    TOO_LARGE("has a modulus above " + RsaPublicKey.MAX_BITS + " bits"),
    /** An even RSA modulus. */
    EVEN_MODULUS("has an even modulus"),
    /** An RSA exponent other than 65537. */
    WRONG_EXPONENT("has another exponent than 65537"),
    /** An RSA modulus with a prime factor below 65536. */
    SMALL_FACTOR("has a modulus with a small factor"),
    /** An Ed25519 point of small or mixed order, or none at all. */
    NOT_PRIME_ORDER("is not a point of prime order in canonical form"),
    /** A key pair that is published for tests, so everybody knows its private half. */
    PUBLISHED_TEST_KEY("is a published test key, whose private half everybody knows");

    private final String sentence;

    KeyDefect(String sentence) {
        this.sentence = sentence;
    }

    String sentence() {
        return sentence;
    }
}
