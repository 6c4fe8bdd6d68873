package dev.pychat.envelope;

import dev.pychat.model.Bytes;

/**
 * Where a message says that it stands in its lane. Immutable.
 *
 * @param head the lane's head with the message
 * @param before the message hash that it names as the one before it
 * @param previous the head that its epoch's header names
 */
record LanePlace(LaneHead head, Bytes before, LaneHead previous) {}
