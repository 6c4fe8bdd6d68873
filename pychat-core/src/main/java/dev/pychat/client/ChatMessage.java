package dev.pychat.client;

import dev.pychat.envelope.Finding;
import dev.pychat.model.Content;
import dev.pychat.model.MessageId;
import dev.pychat.model.Position;
import dev.pychat.model.Username;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * One message of a conversation as this device opened it.
 *
 * <p>Immutable and thread-safe.
 *
 * @param peer the other party of the conversation
 * @param position its place
 * @param id its id
 * @param sender who sent it
 * @param mine whether this account sent it
 * @param time when the server stored it, by the server's clock
 * @param claimed when it was sealed, by the sender's clock; the same as {@code time} if it could not be opened
 * @param content what it says; empty if it could not be opened or was altered. Then {@code findings} say why, and nothing of
 *     it may be shown as text. Empty, too, if it is forgotten; of forgotten control content the type alone
 * @param findings what does not hold about it or the history around it; empty for an honest message
 * @param forgotten whether it opened once and is erased, since the account forgets
 *     ({@link dev.pychat.key.HistoryPolicy#forgetAfter}); nothing is wrong with it
 */
public record ChatMessage(
        Username peer,
        Position position,
        MessageId id,
        Username sender,
        boolean mine,
        Instant time,
        Instant claimed,
        Optional<Content> content,
        List<Finding> findings,
        boolean forgotten) {

    /**
     * Copies the list.
     *
     * @param peer the other party of the conversation
     * @param position its place
     * @param id its id
     * @param sender who sent it
     * @param mine whether this account sent it
     * @param time when the server stored it
     * @param claimed when it was sealed
     * @param content what it says
     * @param findings what does not hold
     * @param forgotten whether it is erased
     */
    public ChatMessage {
        findings = List.copyOf(findings);
    }

    /**
     * The text of it.
     *
     * @return the text; empty if it could not be opened, is forgotten, or says something that is not text
     */
    public Optional<String> text() {
        return content.flatMap(Content::asText);
    }
}
