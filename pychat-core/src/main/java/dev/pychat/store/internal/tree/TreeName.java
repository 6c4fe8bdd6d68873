package dev.pychat.store.internal.tree;

import java.util.Arrays;
import java.util.Optional;

/** The trees; the package draws them. Their order is the order in which records are written out. */
public enum TreeName {
    /** What a server draws once in its life. */
    INSTALLATION("installation"),
    /** Who exists, and how a log-in is checked. */
    ACCOUNTS("accounts"),
    /** Names of deleted accounts. */
    TOMBSTONES("tombstones"),
    /** The vaults. */
    VAULTS("vaults"),
    /** The resume tokens. */
    TOKENS("tokens"),
    /** The key bundles. */
    BUNDLES("bundles"),
    /** The epoch headers. */
    EPOCHS("epochs"),
    /** The highest number of a one-time key that each device ever gave. */
    POOLS("pools"),
    /** The one-time keys that are left. */
    ONE_TIME_KEYS("one-time-keys"),
    /** Who does not want to hear from whom. */
    BLOCKS("blocks"),
    /** The number of each conversation. */
    CONVERSATIONS("conversations"),
    /** The conversations of each account. */
    INBOXES("inboxes"),
    /** All of a conversation beside its messages. */
    LEDGERS("ledgers"),
    /** The messages. */
    MESSAGES("messages");

    private final String text;

    TreeName(String text) {
        this.text = text;
    }

    /**
     * The name as it stands on a disk and in checksums.
     *
     * @return small letters and hyphens
     */
    public String text() {
        return text;
    }

    /**
     * The tree with a name.
     *
     * @param text a name, as it may stand on a disk
     * @return the tree; empty if no tree has it
     */
    public static Optional<TreeName> named(String text) {
        return Arrays.stream(values()).filter(name -> name.text.equals(text)).findFirst();
    }
}
