package dev.pychat.client;

import java.time.Instant;

/** What a client's connection is doing. Immutable and thread-safe. */
public sealed interface ClientState {

    /** A connection is being made, or resumed for the account. */
    record Connecting() implements ClientState {}

    /** The connection stands: before sign-up and log-in as such, afterwards for the account. */
    record Online() implements ClientState {}

    /**
     * The connection was lost; what is sent stays in the outbox.
     *
     * @param retryAt when the next attempt is made
     */
    record Waiting(Instant retryAt) implements ClientState {}

    /**
     * It is over.
     *
     * @param reason why, as a sentence
     */
    record Closed(String reason) implements ClientState {}
}
