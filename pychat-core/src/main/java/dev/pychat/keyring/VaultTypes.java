package dev.pychat.keyring;

/** The types of vault entries that this library knows (ENVELOPE.md, section 14). Stateless. */
public final class VaultTypes {

    /** The seed of the account's identity; no key. */
    public static final int IDENTITY = 1;

    /** An identity that the account had before; its public key is the key. */
    public static final int PAST_IDENTITY = 2;

    /** The private half of a wrapping key; its id is the key. */
    public static final int WRAPPING_KEY = 3;

    /** The last own bundle; no key. */
    public static final int OWN_BUNDLE = 4;

    /** What is known of a peer's identity; the peer's name is the key. */
    public static final int PIN = 5;

    /** A device of the account; its id is the key, there is no value. */
    public static final int DEVICE = 6;

    /** An ML-KEM key of a device that keeps its history; its id is the key. */
    public static final int KEM_KEY = 7;

    /** What a person has set for the account; its name in ASCII is the key. */
    public static final int SETTING = 8;

    private VaultTypes() {}

    /** Whether entries of a type are private keys that open messages; an account that forgets has none in its vault. */
    static boolean opensMessages(int type) {
        return type == WRAPPING_KEY || type == KEM_KEY;
    }
}
