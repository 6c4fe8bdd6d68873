package dev.pychat.model;

import java.time.Instant;

/**
 * One message as the server keeps and delivers it. All but the envelope is what the server was told or assigned itself.
 *
 * <p>Immutable and thread-safe.
 *
 * @param conversation the conversation it belongs to
 * @param position its place there
 * @param sender who submitted it
 * @param id its name, chosen by the sender
 * @param lane the sender's lane it came on
 * @param epoch the epoch whose header it names
 * @param ordinal how many messages that count (not quiet) the sender had in this conversation, this one included
 * @param quiet whether it is control content, which counts in no ordinal and is never unread
 * @param time when the server stored it, to the millisecond
 * @param envelope the sealed bytes
 */
public record StoredMessage(
        ConversationId conversation,
        Position position,
        Username sender,
        MessageId id,
        LaneId lane,
        EpochName epoch,
        long ordinal,
        boolean quiet,
        Instant time,
        Envelope envelope) {}
