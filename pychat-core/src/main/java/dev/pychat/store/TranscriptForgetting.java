package dev.pychat.store;

import dev.pychat.model.Bytes;
import dev.pychat.model.EpochName;
import dev.pychat.model.Position;
import dev.pychat.model.Username;
import java.util.List;
import java.util.Map;

/**
 * What a device forgets of a conversation in one step ({@link TranscriptStore#forget}): what messages say, and secrets of epochs. Ids,
 * hashes, places and the state stay, so that what comes later is still held against them.
 *
 * <p>Immutable and thread-safe.
 *
 * @param peer the other party of the conversation
 * @param entries for the position of each entry the sealed part that takes the place of the one it has; at most {@value #MOST}, may be empty
 * @param epochs names of epochs that go; those that are not there do no harm
 */
public record TranscriptForgetting(Username peer, Map<Position, Bytes> entries, List<EpochName> epochs) {

    /** The most entries of one step. */
    public static final int MOST = 4_096;

    /**
     * Copies the map and the list.
     *
     * @param peer the other party
     * @param entries the sealed part of each entry
     * @param epochs names of epochs that go
     * @throws IllegalArgumentException if there are more than {@value #MOST} entries
     */
    public TranscriptForgetting {
        if (entries.size() > MOST) {
            throw new IllegalArgumentException(
                    "a step that forgets " + entries.size() + " messages, allowed are at most " + MOST);
        }
        entries = Map.copyOf(entries);
        epochs = List.copyOf(epochs);
    }
}
