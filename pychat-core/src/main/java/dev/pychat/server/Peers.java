package dev.pychat.server;

import dev.pychat.key.ConversationIds;
import dev.pychat.model.ConversationId;
import dev.pychat.model.Username;
import dev.pychat.store.StoreException;
import dev.pychat.wire.ErrorCode;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * The other sides of one user's conversations. A conversation is only ever named by its other side, and its id follows from
 * both names, so no request can reach one that the user is no party of.
 *
 * <p>Confined to the connection's queue.
 */
final class Peers {

    private static final int MOST_REMEMBERED = 1_024;

    private record Known(Instant asked, long changes) {}

    private final Engine engine;
    private final Username user;
    private final Map<Username, ConversationId> ids = remembering();
    private final Map<Username, Known> reachable = remembering();

    Peers(Engine engine, Username user) {
        this.engine = engine;
        this.user = user;
    }

    /** The conversation with somebody, whether or not there is such a user. */
    ConversationId conversation(Username peer) throws RefusalException {
        ConversationId known = ids.get(peer);
        if (known != null) {
            return known;
        }
        if (peer.equals(user)) {
            throw new RefusalException(ErrorCode.SELF_CONVERSATION, "a conversation has two different users");
        }
        ConversationId id = ConversationIds.of(engine.stores().realm(), user, peer);
        ids.put(peer, id);
        return id;
    }

    /** The conversation with somebody who was asked for before. */
    Optional<ConversationId> known(Username peer) {
        return Optional.ofNullable(ids.get(peer));
    }

    /** Whether it is known without asking that somebody is there and takes messages from the user. */
    boolean isKnownReachable(Username peer) {
        return isFresh(peer, engine.clock().instant(), engine.peerChanges());
    }

    private boolean isFresh(Username peer, Instant now, long changes) {
        Known known = reachable.get(peer);
        return known != null && known.changes() == changes && Freshness.counts(known.asked(), now);
    }

    /** Whether what is known of somebody still counts, but it is time to ask again. */
    boolean isOld(Username peer, Instant now) {
        Known known = reachable.get(peer);
        return known != null && Freshness.isOld(known.asked(), now);
    }

    /** Asks again, so that the next message need not wait for that. */
    void askAgain(Username peer) throws StoreException {
        reachable.remove(peer);
        try {
            requireReachable(peer);
        } catch (RefusalException e) {
            // The next message asks once more, and is told so.
        }
    }

    /** Checks that somebody is there and takes messages from the user. */
    void requireReachable(Username peer) throws RefusalException, StoreException {
        Instant now = engine.clock().instant();
        long changes = engine.peerChanges();
        if (isFresh(peer, now, changes)) {
            return;
        }
        if (engine.stores().accounts().login(peer).isEmpty()) {
            throw new RefusalException(ErrorCode.UNKNOWN_USER, "there is no user " + peer);
        }
        if (engine.stores().blocks().isBlocked(peer, user)) {
            throw new RefusalException(ErrorCode.BLOCKED, peer + " does not take messages from you");
        }
        reachable.put(peer, new Known(now, changes));
    }

    private static <V> Map<Username, V> remembering() {
        return new LinkedHashMap<>(4, 0.75f, true) {
            private static final long serialVersionUID = 1L;

            @Override
            protected boolean removeEldestEntry(Map.Entry<Username, V> eldest) {
                return size() > MOST_REMEMBERED;
            }
        };
    }
}
