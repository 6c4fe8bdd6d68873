package dev.pychat.store.internal;

import dev.pychat.model.ConversationId;
import dev.pychat.store.Submission;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/** What a caller may not bring, found before anything has happened. */
public final class BatchCheck {

    private BatchCheck() {}

    /**
     * Checks a batch.
     *
     * @param batch the submissions
     * @param ledgers the conversations that there are
     * @throws IllegalArgumentException if the batch is empty, or gives a conversation to other parties than it has
     */
    public static void check(List<Submission> batch, Function<ConversationId, Optional<ConversationLedger>> ledgers) {
        if (batch.isEmpty()) {
            throw new IllegalArgumentException("the batch is empty");
        }
        Map<ConversationId, ConversationLedger> seen = new HashMap<>();
        for (Submission submission : batch) {
            ConversationLedger ledger = seen.computeIfAbsent(
                    submission.conversation(),
                    id -> ledgers.apply(id).orElseGet(() -> ConversationLedger.begin(submission)));
            ledger.requireBetween(submission);
        }
    }
}
