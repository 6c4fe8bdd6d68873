package dev.pychat.testkit.client;

import dev.pychat.store.AppendResult;
import dev.pychat.store.BatchMessageStore;
import dev.pychat.store.StoreException;
import dev.pychat.store.Submission;
import dev.pychat.testkit.store.ForwardingMessages;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ConcurrentLinkedQueue;

/** Messages of a server that refuses some submissions as it is told to, and then does nothing else for them. */
final class RefusingMessages extends ForwardingMessages {

    private final ConcurrentLinkedQueue<AppendResult> refusals = new ConcurrentLinkedQueue<>();

    RefusingMessages(BatchMessageStore messages) {
        super(messages);
    }

    /** Answers the next submission so. */
    void refuseNext(AppendResult refusal) {
        refusals.add(refusal);
    }

    /** Whether a refusal still waits for a submission. */
    boolean isWaiting() {
        return !refusals.isEmpty();
    }

    @Override
    public List<AppendResult> append(List<Submission> batch) throws StoreException {
        List<AppendResult> results = new ArrayList<>(batch.size());
        for (Submission submission : batch) {
            Optional<AppendResult> refusal = Optional.ofNullable(refusals.poll());
            results.add(
                    refusal.isPresent()
                            ? refusal.get()
                            : super.append(List.of(submission)).get(0));
        }
        return results;
    }
}
