package dev.pychat.testkit.liar;

import dev.pychat.key.ConversationIds;
import dev.pychat.model.Bytes;
import dev.pychat.model.ConversationId;
import dev.pychat.model.EpochName;
import dev.pychat.model.Position;
import dev.pychat.model.StoredMessage;
import dev.pychat.model.Username;
import dev.pychat.store.MessagePage;
import dev.pychat.store.MessageReads;
import dev.pychat.store.ServerStores;
import dev.pychat.store.StoreException;
import dev.pychat.wire.Message;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Reads conversations as they are stored. Thread-safe; blocks on the store. */
final class Truth {

    private final ServerStores stores;

    Truth(ServerStores stores) {
        this.stores = stores;
    }

    /** The whole conversation of two users, each message with its header. */
    List<Shown> of(Username one, Username other) {
        try {
            ConversationId conversation = ConversationIds.of(stores.realm(), one, other);
            List<Shown> all = new ArrayList<>();
            Map<EpochName, Bytes> headers = new HashMap<>();
            MessagePage page = stores.messages().since(conversation, Position.NONE, MessageReads.MAX_PAGE);
            while (!page.messages().isEmpty()) {
                for (StoredMessage message : page.messages()) {
                    all.add(new Shown(item(message), header(conversation, message.epoch(), headers)));
                }
                page = stores.messages().since(conversation, new Position(all.size()), MessageReads.MAX_PAGE);
            }
            return List.copyOf(all);
        } catch (StoreException e) {
            throw new IllegalStateException("the lying server's store failed: " + e.getMessage(), e);
        }
    }

    /** How far it has come. */
    Position head(Username one, Username other) {
        try {
            ConversationId conversation = ConversationIds.of(stores.realm(), one, other);
            return stores.messages().since(conversation, Position.NONE, 1).head();
        } catch (StoreException e) {
            throw new IllegalStateException("the lying server's store failed: " + e.getMessage(), e);
        }
    }

    private Bytes header(ConversationId conversation, EpochName name, Map<EpochName, Bytes> known)
            throws StoreException {
        if (!known.containsKey(name)) {
            known.put(name, stores.keys().epochs(conversation, Set.of(name)).getOrDefault(name, Bytes.EMPTY));
        }
        return known.getOrDefault(name, Bytes.EMPTY);
    }

    private static Message.Item item(StoredMessage message) {
        return new Message.Item(
                message.id(),
                message.sender(),
                message.lane(),
                message.epoch(),
                message.ordinal(),
                message.quiet(),
                message.time(),
                message.envelope());
    }
}
