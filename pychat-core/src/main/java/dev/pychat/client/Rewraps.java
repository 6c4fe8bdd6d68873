package dev.pychat.client;

import dev.pychat.model.Content;
import dev.pychat.model.EpochName;
import dev.pychat.model.StoredMessage;
import dev.pychat.model.Username;
import dev.pychat.transport.internal.SerialQueue;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Epochs that open for one of the two and not for the other: asks for them, and gives them. Confined to the chat's queue. */
final class Rewraps {

    private static final Logger LOG = LoggerFactory.getLogger(Rewraps.class);

    /** The way into the outbox. */
    interface Sender {
        /** Takes a message over. */
        Receipt send(Content content) throws OutboxFullException, KeysRefusedException, ClosedException;
    }

    private final RewrapAsking asking;
    private final RewrapGiving giving;

    Rewraps(
            Account account,
            ClientOptions options,
            Username peer,
            PeerKeys keys,
            ChatHistory history,
            HistoryReopening reopening,
            Listeners listeners,
            SerialQueue queue,
            Promises promises,
            Sender sender) {
        this.asking = new RewrapAsking(account, options, peer, history, reopening, queue, sender);
        this.giving = new RewrapGiving(account, options, peer, keys, history, listeners, queue, promises, sender);
    }

    /** Says something to the peer's client. What could not be said is asked for again. */
    static void whisper(Username peer, Sender sender, Content content) {
        try {
            sender.send(content);
        } catch (OutboxFullException | KeysRefusedException | ClosedException e) {
            LOG.debug("the client of {} was not told", peer, e);
        }
    }

    void online(Link link) {
        asking.online(link);
        giving.online(link);
    }

    void offline() {
        asking.offline();
        giving.offline();
    }

    /** Messages were taken, for the first time. */
    void taken(List<StoredMessage> messages, List<HistoryRecord> records) {
        asking.taken(records);
        giving.taken(messages, records);
    }

    /** What waits for the person. Any thread may call this. */
    CompletableFuture<List<AskedEpoch>> held() {
        return giving.held();
    }

    /** The person lets the peer have what was shown. Any thread may call this. */
    CompletableFuture<Integer> giveHeld(Set<EpochName> shown) {
        return giving.giveHeld(shown);
    }
}
