package dev.pychat.server;

import dev.pychat.bus.Hint;
import dev.pychat.bus.LiveBus;
import dev.pychat.model.Bytes;
import dev.pychat.model.ConversationId;
import dev.pychat.model.Position;
import dev.pychat.model.StoredMessage;
import dev.pychat.model.Username;
import dev.pychat.store.AppendResult;
import dev.pychat.store.AppendResult.Appended;
import dev.pychat.store.Submission;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Tells the live bus what has become durable: one hint for each conversation of a batch and each of its parties, the stored
 * messages along. Thread-safe.
 */
final class Announcer {

    private final LiveBus bus;

    Announcer(LiveBus bus) {
        this.bus = bus;
    }

    /** Consecutive messages of one conversation; of a repeated submission only the position, as it may lie anywhere. */
    private static final class Run {
        private final Submission any;
        private final List<StoredMessage> messages = new ArrayList<>();
        private Position head;
        private boolean bothSend;

        Run(Submission any, Position head) {
            this.any = any;
            this.head = head;
        }

        void add(Submission submission, Appended appended) {
            bothSend |= !submission.sender().equals(any.sender());
            if (appended.duplicate()) {
                head = later(head, appended.position());
                return;
            }
            if (!messages.isEmpty() && !follows(appended.position())) {
                messages.clear();
            }
            messages.add(stored(submission, appended));
            head = later(head, appended.position());
        }

        private boolean follows(Position next) {
            return messages.get(messages.size() - 1).position().next().equals(next);
        }

        private List<StoredMessage> carried() {
            boolean end = !messages.isEmpty()
                    && messages.get(messages.size() - 1).position().equals(head);
            return end ? messages : List.of();
        }
    }

    /**
     * Tells at once who only receives, so that a message is on its way before its sender hears of it.
     *
     * @return what tells the others, to be run when the senders have their answers, since nobody sees a message of its own before
     */
    Runnable announce(List<Submission> batch, List<AppendResult> results) {
        Map<ConversationId, Run> runs = new LinkedHashMap<>();
        for (int i = 0; i < batch.size(); i++) {
            Submission submission = batch.get(i);
            if (results.get(i) instanceof Appended appended) {
                runs.computeIfAbsent(submission.conversation(), id -> new Run(submission, appended.position()))
                        .add(submission, appended);
            }
        }
        runs.values().stream().filter(run -> !run.bothSend).forEach(this::tellRecipient);
        return () -> runs.values().forEach(run -> {
            if (run.bothSend) {
                tellRecipient(run);
            }
            publish(run, run.any.sender(), run.any.recipient());
        });
    }

    private void tellRecipient(Run run) {
        publish(run, run.any.recipient(), run.any.sender());
    }

    /** A session has moved its account's read marker; it knows already. */
    void marked(Member by, Username peer, ConversationId conversation, Position head) {
        bus.publish(new Hint(by.user(), peer, conversation, head, List.of(), by.origin()));
    }

    private void publish(Run run, Username account, Username peer) {
        bus.publish(new Hint(account, peer, run.any.conversation(), run.head, run.carried(), Bytes.EMPTY));
    }

    private static StoredMessage stored(Submission from, Appended at) {
        return new StoredMessage(
                from.conversation(),
                at.position(),
                from.sender(),
                from.id(),
                from.lane(),
                from.epoch(),
                at.ordinal(),
                from.quiet(),
                at.time(),
                from.envelope());
    }

    private static Position later(Position one, Position other) {
        return one.isAfter(other) ? one : other;
    }
}
