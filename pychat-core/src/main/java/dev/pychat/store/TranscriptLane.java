package dev.pychat.store;

import dev.pychat.model.Bytes;
import dev.pychat.model.LaneId;

/**
 * What a transcript knows of a lane.
 *
 * <p>Immutable and thread-safe.
 *
 * @param lane the lane
 * @param record its head and what belongs to it, opaque to the store
 */
public record TranscriptLane(LaneId lane, Bytes record) {}
