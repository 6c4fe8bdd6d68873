package dev.pychat.audit;

import dev.pychat.model.Position;

/**
 * What an audit says of the views: what the senders of messages had received when they sent them, each under its sender's signature.
 *
 * <p>Immutable and thread-safe.
 *
 * @param agreeing how many views are of the history that the file holds
 * @param differing how many are of another one
 * @param unchecked how many could not be looked at: of messages that are sealed, or about positions before those of the file
 * @param byExporter the highest position up to which a view of the exporter agrees, under an identity that the safety number covers
 * @param byPeer the same of the peer: this much of the history the peer has confirmed
 */
public record AuditedViews(long agreeing, long differing, long unchecked, Position byExporter, Position byPeer) {}
