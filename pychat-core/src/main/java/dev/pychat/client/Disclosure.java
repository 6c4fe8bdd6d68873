package dev.pychat.client;

/** What an evidence file gives to whoever holds it ({@link Conversation#writeEvidence}). Immutable. */
public enum Disclosure {
    /** Nobody can read a message with it: who signed which epoch, and the order of each lane, can be checked. */
    NO_SECRETS,
    /**
     * The secrets of the epochs that this device has opened, the own ones too: whoever holds the file can read all their messages, and
     * check each signature and view. They open no message of a later epoch.
     */
    EPOCH_SECRETS
}
