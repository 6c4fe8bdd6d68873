package dev.pychat.testkit.liar;

import dev.pychat.model.MessageId;
import dev.pychat.store.AppendResult;
import dev.pychat.store.BatchMessageStore;
import dev.pychat.store.StoreException;
import dev.pychat.store.Submission;
import dev.pychat.testkit.store.ForwardingMessages;
import java.util.ArrayList;
import java.util.List;

/** Messages of a server that can be told not to look at {@code after}. Thread-safe as what it wraps is. */
final class CarelessMessages extends ForwardingMessages {

    private volatile boolean skipAfter;

    CarelessMessages(BatchMessageStore messages) {
        super(messages);
    }

    void skipAfter(boolean skip) {
        skipAfter = skip;
    }

    @Override
    public List<AppendResult> append(List<Submission> batch) throws StoreException {
        if (!skipAfter) {
            return super.append(batch);
        }
        List<AppendResult> results = new ArrayList<>(batch.size());
        for (Submission submission : batch) {
            results.add(appendAnyway(submission));
        }
        return results;
    }

    private AppendResult appendAnyway(Submission submission) throws StoreException {
        AppendResult result = super.append(List.of(submission)).get(0);
        return result instanceof AppendResult.OutOfSequence refused
                ? super.append(List.of(behind(submission, refused.last()))).get(0)
                : result;
    }

    private static Submission behind(Submission submission, MessageId last) {
        return new Submission(
                submission.conversation(),
                submission.sender(),
                submission.recipient(),
                submission.id(),
                submission.hash(),
                submission.epoch(),
                submission.lane(),
                last,
                submission.seen(),
                submission.quiet(),
                submission.time(),
                submission.envelope());
    }
}
