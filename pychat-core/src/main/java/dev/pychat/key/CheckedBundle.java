package dev.pychat.key;

import dev.pychat.crypto.open.Ed25519PublicKey;
import dev.pychat.crypto.open.RsaPublicKey;

/**
 * A key bundle whose owner, signature and keys have been checked: only such a one is ever sealed to. There is no way to one
 * but {@link KeyBundle#check}.
 *
 * <p>Immutable and thread-safe; equal when the bundles are.
 */
public final class CheckedBundle {

    private final KeyBundle bundle;
    private final RsaPublicKey wrappingKey;

    CheckedBundle(KeyBundle bundle, RsaPublicKey wrappingKey) {
        this.bundle = bundle;
        this.wrappingKey = wrappingKey;
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
     * The key of suite 1.
     *
     * @return the account's wrapping key
     */
    public RsaPublicKey wrappingKey() {
        return wrappingKey;
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
