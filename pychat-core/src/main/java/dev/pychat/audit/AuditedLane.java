package dev.pychat.audit;

import dev.pychat.model.LaneId;
import dev.pychat.model.Username;

/**
 * What an audit says of one lane: the outgoing stream of one installation.
 *
 * <p>Immutable and thread-safe.
 *
 * @param sender whose lane it is
 * @param lane the lane
 * @param messages how many messages of it are in their place in the file
 * @param first the lowest number among them
 * @param last the highest number among them
 * @param read how many of them were decrypted, each with its sender's signature
 * @param vouched for how many of them, read or not, a later epoch header of the lane vouches: it is signed, by an identity that the
 *     safety number covers, and names the hash of a message, from which hashes lead back to these without a break
 * @param findings how many findings speak of the lane: gaps, forks, late messages
 */
public record AuditedLane(
        Username sender, LaneId lane, long messages, long first, long last, long read, long vouched, long findings) {}
