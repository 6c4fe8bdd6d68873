package dev.pychat.client;

import dev.pychat.model.Content;
import dev.pychat.model.StoredMessage;
import dev.pychat.model.Username;
import dev.pychat.transport.internal.SerialQueue;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;

/** Epochs that open for one of the two and not for the other: asks for them, and gives them. Confined to the chat's queue. */
final class Rewraps {

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
            Consumer<Content> sender) {
        this.asking = new RewrapAsking(account, options, peer, history, reopening, queue, sender);
        this.giving = new RewrapGiving(account, options, peer, keys, history, listeners, queue, promises, sender);
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

    /** The person lets the peer have what waits. Any thread may call this. */
    CompletableFuture<Integer> giveHeld() {
        return giving.giveHeld();
    }
}
