package dev.pychat.key;

import dev.pychat.crypto.open.Ed25519PublicKey;
import dev.pychat.crypto.open.RsaPublicKey;
import java.util.List;

/**
 * A key bundle whose owner, signature and keys have been checked: only such a one is ever sealed to. There is no way to one
 * but {@link KeyBundle#check}.
 *
 * <p>Immutable and thread-safe; equal when the bundles are.
 */
public final class CheckedBundle {

    private final KeyBundle bundle;
    private final RsaPublicKey wrappingKey;
    private final List<DeviceKeys> devices;

    CheckedBundle(KeyBundle bundle, RsaPublicKey wrappingKey, List<DeviceKeys> devices) {
        this.bundle = bundle;
        this.wrappingKey = wrappingKey;
        this.devices = List.copyOf(devices);
    }

    /**
     * The bundle.
     *
     * @return the bundle as it was received
     */
    public KeyBundle bundle() {
        return bundle;
    }

    /**
     * The identity that signed it. Whether it is the pinned one is for the caller to ask.
     *
     * @return the account's identity
     */
    public Ed25519PublicKey identity() {
        return bundle.fields().identity();
    }

    /**
     * The key of suite 1, and in suite 2 of each device that has none of its own.
     *
     * @return the account's wrapping key
     */
    public RsaPublicKey wrappingKey() {
        return wrappingKey;
    }

    /**
     * The devices that take epochs of suite 2.
     *
     * @return at most 8, in the order of the bundle; empty if it does not offer suite 2
     */
    public List<DeviceKeys> devices() {
        return devices;
    }

    /**
     * The best that it offers.
     *
     * @return the highest of its suites that is known here
     */
    public Suite suite() {
        return bundle.suite();
    }

    /**
     * Whether the account keeps its history, by its own word.
     *
     * @return the policy that the bundle states
     */
    public HistoryPolicy historyPolicy() {
        return bundle.historyPolicy();
    }

    /**
     * The suite of an epoch between two accounts: the highest that is in both signed lists and known here.
     *
     * @param other the other account's bundle
     * @return the suite
     */
    public Suite suiteWith(CheckedBundle other) {
        return suite().compareTo(other.suite()) < 0 ? suite() : other.suite();
    }

    /**
     * Checks that this bundle offers what its identity has offered before. A client keeps {@link #suite()} of each bundle that
     * it has taken as the minimum for the next, until the person accepts less.
     *
     * @param minimum the highest suite seen from this identity
     * @throws BundleException with {@code SUITE_LOWERED}
     */
    public void checkSuite(Suite minimum) throws BundleException {
        if (suite().compareTo(minimum) < 0) {
            throw new BundleException(BundleDefect.SUITE_LOWERED, suite() + ", after " + minimum);
        }
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof CheckedBundle that && bundle.equals(that.bundle);
    }

    @Override
    public int hashCode() {
        return bundle.hashCode();
    }

    @Override
    public String toString() {
        return "checked " + bundle;
    }
}
