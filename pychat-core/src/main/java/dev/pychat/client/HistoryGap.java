package dev.pychat.client;

import dev.pychat.model.Position;

/**
 * A place behind which a history may go on, where the server did not give what follows although it could be asked: it leaves a
 * position out, refuses, or does not answer. What lies behind it is read when the server gives it.
 *
 * <p>Immutable and thread-safe.
 *
 * @param from the first position that is not there
 * @param why what the server did, as a sentence
 */
public record HistoryGap(Position from, String why) {}
