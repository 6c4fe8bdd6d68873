package dev.pychat.client;

import dev.pychat.model.Position;

/**
 * What an evidence file holds.
 *
 * <p>Immutable and thread-safe.
 *
 * @param first the first position that it speaks of; above 1 only if the conversation is longer than a file can be
 * @param last the last one
 * @param absent how many of its messages were not to be had: the server gives none, or another one
 * @param epochs how many epochs it names
 * @param secrets of how many of them it gives the secret
 */
public record EvidenceSummary(Position first, Position last, long absent, long epochs, long secrets) {}
