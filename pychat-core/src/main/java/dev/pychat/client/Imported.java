package dev.pychat.client;

import dev.pychat.model.Username;
import java.util.List;

/**
 * What became of a backup.
 *
 * <p>Immutable and thread-safe.
 *
 * @param ownAccount whether the backup is of the account that is logged in, so that its keys and pins were taken
 * @param conversations how many conversations the backup has
 * @param messages how many messages were not in the archive before
 * @param leftOut with whom the history was left out, because the archive holds another one that does not go together with it
 */
public record Imported(boolean ownAccount, long conversations, long messages, List<Username> leftOut) {

    /**
     * Copies the list.
     *
     * @param ownAccount whether keys and pins were taken
     * @param conversations how many conversations the backup has
     * @param messages how many messages were not in the archive before
     * @param leftOut with whom the history was left out
     */
    public Imported {
        leftOut = List.copyOf(leftOut);
    }
}
