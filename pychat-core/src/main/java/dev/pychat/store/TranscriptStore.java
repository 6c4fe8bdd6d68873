package dev.pychat.store;

import dev.pychat.model.Bytes;
import dev.pychat.model.EpochName;
import dev.pychat.model.MessageId;
import dev.pychat.model.Position;
import dev.pychat.model.Username;
import java.util.List;
import java.util.Optional;

/**
 * What an account has read: for each conversation a span of messages without a gap, the view hash at each position of it,
 * the state of its lanes and the epochs that were opened. The two parties' history, one step at a time; a listener hears of
 * a message only after the step that holds it.
 *
 * <p>Implementations are thread-safe; each call blocks and is one atomic unit, a step is durable when it returns.
 */
public interface TranscriptStore {

    /** The most entries that a page may hold. */
    int MAX_PAGE = 256;

    /**
     * The peers with whom anything was kept.
     *
     * @return their names, in any order
     * @throws StoreException if the store fails
     */
    List<Username> peers() throws StoreException;

    /**
     * What is held of a conversation.
     *
     * @param peer the other party
     * @return the span; {@link TranscriptSpan#NOTHING} if there was never a step
     * @throws StoreException if the store fails
     */
    TranscriptSpan span(Username peer) throws StoreException;

    /**
     * Reads backwards: the latest entries before a position.
     *
     * @param peer the other party
     * @param before the position that the page ends in front of; anything beyond the span reads from its end
     * @param limit the most entries wanted, 1 to {@value #MAX_PAGE}
     * @return the entries, in ascending positions without a gap
     * @throws StoreException if the store fails or a record is damaged
     */
    List<TranscriptEntry> page(Username peer, Position before, int limit) throws StoreException;

    /**
     * Finds the first message that opened under an id.
     *
     * @param peer the other party
     * @param id its id
     * @return the entry at the lowest position with that id whose {@link TranscriptEntry#n()} is not -1
     * @throws StoreException if the store fails or the record is damaged
     */
    Optional<TranscriptEntry> find(Username peer, MessageId id) throws StoreException;

    /**
     * Finds the first message that opened under a number of an epoch.
     *
     * @param peer the other party
     * @param epoch the epoch
     * @param n the number in it, 0 to 255
     * @return the entry at the lowest position with that epoch and number
     * @throws StoreException if the store fails or the record is damaged
     */
    Optional<TranscriptEntry> find(Username peer, EpochName epoch, int n) throws StoreException;

    /**
     * An epoch that was opened.
     *
     * @param peer the other party
     * @param epoch its name
     * @return the sealed record
     * @throws StoreException if the store fails or the record is damaged
     */
    Optional<Bytes> epoch(Username peer, EpochName epoch) throws StoreException;

    /**
     * All epochs of a conversation that were opened, and not forgotten.
     *
     * @param peer the other party
     * @return their names, in any order
     * @throws StoreException if the store fails
     */
    List<EpochName> epochs(Username peer) throws StoreException;

    /**
     * Does one step, all of it or nothing: appends entries, keeps epochs and replaces the state.
     *
     * @param step the step
     * @throws StoreRefusedException if the entries do not follow the span; then nothing has changed
     * @throws StoreException if the store fails
     */
    void append(TranscriptStep step) throws StoreException;

    /**
     * Does one step over messages that are held, all of it or nothing: entries that did not open are replaced by others of the
     * same messages, because they can be opened now; epochs are kept and the state is replaced. All entries keep their places.
     *
     * @param step the step; its entries in ascending positions, gaps allowed, each with the id and the envelope hash of the
     *     entry held at its position
     * @throws StoreRefusedException if no entry is held at one of the positions, or one of another message, or one whose
     *     {@link TranscriptEntry#n()} is not -1; then nothing has changed
     * @throws StoreException if the store fails
     */
    void replace(TranscriptStep step) throws StoreException;

    /**
     * Forgets, all of it or nothing: the sealed parts of entries are replaced and epochs dropped; all else stays as it is. When
     * this returns, what was replaced and dropped is gone from everything that the store keeps, logs and copies of its own
     * included, as far as a store can erase; a crash before that leaves either all of it or nothing, and of what was begun nothing that
     * outlives the next opening. It may cost as much as writing all that is kept of the conversation. Doing it once more changes nothing.
     *
     * @param step what goes
     * @throws StoreRefusedException if no entry is held at one of the positions; then nothing has changed
     * @throws StoreException if the store fails
     */
    void forget(TranscriptForgetting step) throws StoreException;
}
