package dev.pychat.server;

import java.util.Optional;

/**
 * How much a server has in hand at one moment. The figures are read one after the other, so they are of about the same moment.
 *
 * <p>Immutable and thread-safe.
 *
 * @param connections how many clients are connected, signed in or not
 * @param sessions how many of them are signed in
 * @param unanswered requests that are not answered yet, of all clients
 * @param waitingMessages messages that wait for the committer
 * @param waitingBytes the size of their envelopes
 * @param waitingHashes log-ins and sign-ups whose secret is being hashed, or waits for it
 * @param storeFailure why the store did not take the last messages, or else the last sign-up, log-in or change of an account, that it
 *     was given, the latter for a minute; empty if it took them, or there were none yet
 * @param stopping whether the server is stopping, and takes no further requests
 */
public record ServerLoad(
        int connections,
        int sessions,
        long unanswered,
        int waitingMessages,
        long waitingBytes,
        int waitingHashes,
        Optional<StoreFailure> storeFailure,
        boolean stopping) {}
