package dev.pychat.store.internal.tree;

import dev.pychat.model.ConversationId;
import dev.pychat.store.AppendResult;
import dev.pychat.store.StoreException;
import dev.pychat.store.Submission;
import dev.pychat.store.internal.AppendRules;
import dev.pychat.store.internal.ConversationLedger;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** One batch in one transaction: each conversation is read once and written once. Confined to the transaction's thread. */
final class AppendBatch {

    private final Trees trees;
    private final Map<ConversationId, Part> parts = new LinkedHashMap<>();
    private long nextNumber = -1;

    AppendBatch(Trees trees) {
        this.trees = trees;
    }

    /** A conversation of the batch, and where it stood before. */
    private record Part(OpenConversation conversation, long headBefore) {
        long head() {
            return conversation.ledger().head().value();
        }
    }

    List<AppendResult> run(List<Submission> batch) throws StoreException, DamagedRecordException {
        List<AppendResult> answers = new ArrayList<>(batch.size());
        for (Submission submission : batch) {
            OpenConversation conversation = part(submission).conversation();
            answers.add(AppendRules.apply(submission, conversation.ledger(), conversation, conversation::add));
        }
        for (Part part : parts.values()) {
            if (part.head() > part.headBefore()) {
                part.conversation().save();
                if (part.headBefore() == 0) {
                    part.conversation().enter();
                }
            }
        }
        return List.copyOf(answers);
    }

    private Part part(Submission submission) throws DamagedRecordException {
        Part present = parts.get(submission.conversation());
        if (present != null) {
            return present;
        }
        Optional<OpenConversation> stored = OpenConversation.find(trees, submission.conversation());
        OpenConversation conversation = stored.isPresent() ? stored.get() : begin(submission);
        Part part = new Part(conversation, conversation.ledger().head().value());
        parts.put(submission.conversation(), part);
        return part;
    }

    private OpenConversation begin(Submission submission) throws DamagedRecordException {
        if (nextNumber < 0) {
            nextNumber = trees.ledgers()
                    .last()
                    .map(entry -> RecordReader.number(entry.key()) + 1)
                    .orElse(1L);
        }
        return new OpenConversation(trees, nextNumber++, ConversationLedger.begin(submission));
    }
}
