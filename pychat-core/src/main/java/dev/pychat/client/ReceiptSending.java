package dev.pychat.client;

import dev.pychat.envelope.ReceiptContent;
import dev.pychat.envelope.Seen;
import dev.pychat.model.Position;
import dev.pychat.model.StoredMessage;
import dev.pychat.model.Username;
import dev.pychat.store.StoreException;
import dev.pychat.transport.internal.SerialQueue;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sends receipts alone where no message has taken them along for a while (ENVELOPE.md, section 7.2). What was said already is read from
 * the history, where each of the account's devices says it, so a restart or a second device says nothing twice. Confined to the chat's
 * queue.
 */
final class ReceiptSending {

    private static final Logger LOG = LoggerFactory.getLogger(ReceiptSending.class);

    /** As many of the peer's messages are remembered that no receipt was sent for, the newest ones. */
    private static final int MOST = 1_024;

    /** Nobody waits for word of what is older, and a device that reads a long history must not answer all of it. */
    private static final Duration RECENT = Duration.ofDays(7);

    private final Account account;
    private final ClientOptions options;
    private final Username peer;
    private final ChatHistory history;
    private final Unread unread;
    private final SerialQueue queue;
    private final Rewraps.Sender sender;
    private final TreeSet<Position> unsaid = new TreeSet<>();
    private @Nullable Link link;
    private @Nullable Link refusedOn;
    private boolean looked;
    private boolean scheduled;
    private boolean underWay;

    ReceiptSending(
            Account account,
            ClientOptions options,
            Username peer,
            ChatHistory history,
            Unread unread,
            SerialQueue queue,
            Rewraps.Sender sender) {
        this.account = account;
        this.options = options;
        this.peer = peer;
        this.history = history;
        this.unread = unread;
        this.queue = queue;
        this.sender = sender;
    }

    void online(Link next) {
        link = next;
        underWay = false;
        look();
    }

    void offline() {
        link = null;
    }

    /** Messages were taken, for the first time. */
    void taken(List<StoredMessage> messages) {
        for (StoredMessage message : messages) {
            if (message.sender().equals(account.user())) {
                // Whatever it was, it has said what there was to say, or what is left is due anew.
                underWay = false;
            } else if (!message.quiet() && isRecent(message.time())) {
                unsaid.add(message.position());
            }
        }
        keepNewest();
        look();
    }

    /** Something may be due by now. */
    void look() {
        if (options.receiptDelay().isZero() || scheduled || !isDue()) {
            return;
        }
        scheduled = true;
        double part = 0.5 + options.random().nextDouble() / 2;
        Duration wait =
                Duration.ofMillis((long) Math.ceil(options.receiptDelay().toMillis() * part));
        Threads.later(
                wait,
                () -> queue.execute(() -> {
                    scheduled = false;
                    send();
                }));
    }

    private void send() {
        Link here = link;
        if (here == null || !isDue() || !account.upkeep().isSyncedOn(here)) {
            return;
        }
        Rewraps.whisper(peer, content -> watched(here, sender.send(content)), ReceiptContent.content());
    }

    /** What is refused once would be refused again: then nothing is sent alone until there is another connection. */
    @SuppressWarnings("FutureReturnValueIgnored") // it only notes what became of it
    private Receipt watched(Link here, Receipt receipt) {
        underWay = true;
        receipt.accepted().whenComplete((accepted, failure) -> {
            if (failure != null) {
                queue.execute(() -> refusedOn = here);
            }
        });
        return receipt;
    }

    private boolean isDue() {
        return link != null && link != refusedOn && !underWay && account.sendsReceipts() && saysMore();
    }

    /** Whether a message sealed now would say more of the peer's messages than the account has said. */
    private boolean saysMore() {
        lookBack();
        Seen said = history.seen(account.user());
        unsaid.headSet(said.read(), true).clear();
        Position held = unsaid.isEmpty() ? Position.NONE : unsaid.last();
        @Nullable Position read = unsaid.floor(unread.read());
        return held.isAfter(said.delivered()) || read != null && read.isAfter(said.read());
    }

    private boolean isRecent(Instant time) {
        return !time.isBefore(account.now().minus(RECENT));
    }

    private void keepNewest() {
        while (unsaid.size() > MOST) {
            unsaid.pollFirst();
        }
    }

    /** Once, what came before this process. */
    private void lookBack() {
        if (looked) {
            return;
        }
        looked = true;
        try {
            Position said = history.seen(account.user()).read();
            HistoryWalk.back(account, peer, history.last(), MOST, (entry, record) -> {
                boolean recent = isRecent(record.time());
                if (recent && record.sender().equals(peer) && !record.quiet()) {
                    unsaid.add(entry.position());
                }
                return recent && entry.position().isAfter(said);
            });
            keepNewest();
        } catch (StoreException e) {
            LOG.debug("what no receipt was sent for is not known of {}", peer, e);
        }
    }
}
