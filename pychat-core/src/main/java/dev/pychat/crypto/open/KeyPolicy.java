package dev.pychat.crypto.open;

/**
 * Whether the key pairs that are published for tests may be used. Everybody knows their private halves, so the answer is
 * no, except in tests, which say so by name.
 *
 * <p>Immutable and thread-safe.
 */
public final class KeyPolicy {

    private static final KeyPolicy PRODUCTION = new KeyPolicy(true);
    private static final KeyPolicy TESTS_ONLY = new KeyPolicy(false);

    private final boolean refusesTestKeys;

    private KeyPolicy(boolean refusesTestKeys) {
        this.refusesTestKeys = refusesTestKeys;
    }

    /**
     * The policy of every program that is used by people.
     *
     * @return the policy that refuses published test keys
     */
    public static KeyPolicy production() {
        return PRODUCTION;
    }

    /**
     * The policy of tests that save the time of generating keys. Whoever uses it outside tests has no secrecy at all.
     *
     * @return the policy that lets published test keys pass
     */
    public static KeyPolicy acceptPublishedTestKeysInsecurely() {
        return TESTS_ONLY;
    }

    /**
     * Checks a key.
     *
     * @param key the key
     * @throws UnusableKeyException if this policy refuses it
     */
    public void require(RsaPublicKey key) throws UnusableKeyException {
        if (refusesTestKeys && PublishedTestKeys.contain(key)) {
            throw new UnusableKeyException("RSA key", KeyDefect.PUBLISHED_TEST_KEY);
        }
    }

    @Override
    public String toString() {
        return refusesTestKeys ? "production" : "accepts published test keys";
    }
}
