package dev.pychat.store;

import dev.pychat.model.Bytes;
import dev.pychat.model.Username;
import java.util.List;

/**
 * One step of a transcript: some messages and everything that they change.
 *
 * <p>Immutable and thread-safe.
 *
 * @param peer the other party of the conversation
 * @param entries messages at consecutive positions, the first next to the last one held, or anywhere if none is held; in a
 *     {@link TranscriptStore#replace replacement} some of those held, with gaps or without; may
 *     be empty
 * @param epochs epochs that were opened
 * @param state the new {@link TranscriptSpan#state()}
 */
public record TranscriptStep(Username peer, List<TranscriptEntry> entries, List<TranscriptEpoch> epochs, Bytes state) {

    /**
     * Copies the lists.
     *
     * @param peer the other party
     * @param entries messages at consecutive positions
     * @param epochs epochs that were opened
     * @param state the new state
     */
    public TranscriptStep {
        entries = List.copyOf(entries);
        epochs = List.copyOf(epochs);
    }
}
