package dev.pychat.key;

/** Why a key bundle, or a one-time key, is not taken. */
public enum BundleDefect {
    /** It is not the canonical form of a bundle. */
    MALFORMED("is malformed"),
    /** It is of a version that this library does not know. */
    NEWER_VERSION("is of a version unknown here"),
    /** Its identity is not a usable Ed25519 key. */
    WEAK_IDENTITY("carries an unusable identity key"),
    /** Its wrapping key breaks a rule. */
    WEAK_KEY("carries an unusable wrapping key"),
    /** It offers no suite that this library knows, or not the key of one it offers. */
    NO_KNOWN_KEY("carries no wrapping key that can be used here"),
    /** Its identity did not sign it. */
    BAD_SIGNATURE("is not signed by the identity that it names"),
    /** It is of another server. */
    WRONG_REALM("belongs to another server"),
    /** It is of another user. */
    WRONG_NAME("belongs to another user"),
    /** It is of another device of the user. */
    WRONG_DEVICE("belongs to another device"),
    /** Its time has not come. */
    NOT_YET_VALID("is not valid yet"),
    /** Its time is over. */
    BUNDLE_STALE("has expired"),
    /** Its identity is not that of the bundle before it, or not that of the bundle it belongs to. */
    IDENTITY_CHANGED("is of another identity than the one known"),
    /** Its serial is lower than that of a bundle already seen. */
    SERIAL_WENT_BACK("is older than one already seen"),
    /** It has the serial of a bundle already seen, and other bytes. */
    BUNDLE_FORKED("is a second one with the same serial"),
    /** It does not name the bundle before it as its predecessor. */
    WRONG_PREDECESSOR("does not follow the one before it"),
    /** It offers less than a bundle of this identity has offered before. */
    SUITE_LOWERED("offers a weaker suite than one before it");

    private final String sentence;

    BundleDefect(String sentence) {
        this.sentence = sentence;
    }

    String sentence() {
        return sentence;
    }
}
