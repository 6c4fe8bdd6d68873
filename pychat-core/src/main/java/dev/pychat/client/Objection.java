package dev.pychat.client;

import dev.pychat.key.BundleDefect;
import dev.pychat.key.BundleException;
import dev.pychat.model.Username;

/**
 * Why nothing is sealed to a peer at present. Immutable.
 *
 * @param defect what is wrong with the peer's keys as the server gave them
 * @param sentence the same for a person
 */
record Objection(BundleDefect defect, String sentence) {

    static Objection of(Username peer, BundleException refused) {
        String until = refused.defect() == BundleDefect.SUITE_LOWERED ? " until you accept that, or" : " until";
        return new Objection(
                refused.defect(),
                what(peer, refused.defect()) + " (" + refused.getMessage() + "). Nothing is sent to " + peer + until
                        + " the server gives keys that can be taken");
    }

    static Objection of(IdentityChange change) {
        return new Objection(BundleDefect.IDENTITY_CHANGED, change.sentence());
    }

    KeysRefusedException refusal() {
        return defect == BundleDefect.IDENTITY_CHANGED
                ? new IdentityChangedException(sentence)
                : new KeysRefusedException(defect, sentence);
    }

    private static String what(Username peer, BundleDefect defect) {
        return switch (defect) {
            case MALFORMED ->
                "What the server gives as the keys of " + peer + " can't be read: the server or the program of " + peer
                        + " is faulty";
            case NEWER_VERSION -> "The keys of " + peer + " have a newer form than this program knows: update it";
            case WEAK_IDENTITY ->
                "The identity key that the server gives for " + peer
                        + " is one that nobody may use: somebody has made it up";
            case WEAK_KEY ->
                "The key for sealing to " + peer + " is not safe to use: the program of " + peer
                        + " is faulty or not pychat";
            case NO_KNOWN_KEY -> "The keys of " + peer + " have none that this program can seal to: update it";
            case BAD_SIGNATURE ->
                "The keys that the server gives for " + peer
                        + " are not signed by the identity they name: they were changed on the way, or made up";
            case WRONG_REALM ->
                "The keys that the server gives for " + peer
                        + " are of an account on another server: the server mixes them up, or lies";
            case WRONG_NAME ->
                "The keys that the server gives for " + peer
                        + " are somebody else's: the server mixes them up, or lies";
            case NOT_YET_VALID ->
                "The keys of " + peer + " are not valid yet: the clock of this device, or that of " + peer
                        + ", is wrong";
            case BUNDLE_STALE ->
                "The keys of " + peer + " have expired: " + peer
                        + " has not been here for long, or the server keeps newer ones back";
            case SERIAL_WENT_BACK ->
                "The server gives old keys of " + peer
                        + " in place of newer ones that it has given before: it was set back, or lies";
            case BUNDLE_FORKED ->
                "The server has given two different sets of keys of " + peer + " under one serial number: a device of "
                        + peer + " was copied, or the server lies";
            case WRONG_PREDECESSOR ->
                "The new keys of " + peer + " do not follow the ones seen before: a device of " + peer
                        + " was copied, or the server lies";
            case SUITE_LOWERED ->
                "The keys of " + peer + " offer weaker protection than they have before: the program of " + peer
                        + " was changed or set back, or somebody else holds the keys of " + peer;
            default -> "The keys that the server gives for " + peer + " are not taken";
        };
    }
}
