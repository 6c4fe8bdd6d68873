package dev.pychat.client;

import dev.pychat.model.Bytes;
import dev.pychat.model.Content;
import dev.pychat.store.OutboxEntry;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** One message of the outbox that is stored, and what is known of its way. Confined to the chat's queue. */
final class OutboxItem {

    private final SentReceipt receipt;
    private final Content content;
    private OutboxEntry entry;
    private boolean inFlight;
    private @Nullable FailureException failure;

    OutboxItem(OutboxEntry entry, Content content, SentReceipt receipt) {
        this.entry = entry;
        this.content = content;
        this.receipt = receipt;
    }

    long number() {
        return entry.number();
    }

    SentReceipt receipt() {
        return receipt;
    }

    Content content() {
        return content;
    }

    PendingMessage pending() {
        return PendingMessage.of(entry.id(), content);
    }

    OutboxEntry entry() {
        return entry;
    }

    Optional<OutboxEntry.Sealed> sealed() {
        return entry instanceof OutboxEntry.Sealed sealed ? Optional.of(sealed) : Optional.empty();
    }

    boolean isSealed() {
        return entry instanceof OutboxEntry.Sealed;
    }

    boolean isSealedAs(Bytes envelopeHash) {
        return entry instanceof OutboxEntry.Sealed sealed && sealed.hash().equals(envelopeHash);
    }

    void become(OutboxEntry next) {
        entry = next;
        receipt.follow(next.id());
        inFlight = false;
        failure = null;
    }

    boolean isInFlight() {
        return inFlight;
    }

    void sent() {
        inFlight = true;
        failure = null;
    }

    void failed(FailureException why) {
        inFlight = false;
        failure = why;
    }

    void unsent() {
        inFlight = false;
        failure = null;
    }

    Optional<FailureException> failure() {
        return Optional.ofNullable(failure);
    }
}
