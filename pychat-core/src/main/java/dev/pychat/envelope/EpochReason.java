package dev.pychat.envelope;

/** Why the next message needs a new epoch (ENVELOPE.md, section 6). Immutable. */
public enum EpochReason {
    /** This sealer has begun none yet: chain keys are never stored. */
    STARTED,
    /** A message was refused for good, and the lane goes on from an earlier head. */
    CONTINUED,
    /** It has sealed 256 messages, burnt ones included. */
    FULL,
    /** It was begun 24 hours ago. */
    AGED,
    /** One of the two bundles is another one now. */
    BUNDLE_CHANGED
}
