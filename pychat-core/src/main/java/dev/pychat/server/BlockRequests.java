package dev.pychat.server;

import dev.pychat.model.Username;
import dev.pychat.store.BlockStore;
import dev.pychat.store.StoreException;
import dev.pychat.wire.Block;
import dev.pychat.wire.Blocks;
import dev.pychat.wire.ErrorCode;
import dev.pychat.wire.Unblock;
import dev.pychat.wire.UserList;
import dev.pychat.wire.WireLimits;
import java.util.List;
import java.util.Set;

/** From whom an account takes no messages. Confined to the connection's queue. */
final class BlockRequests {

    private final Engine engine;
    private final ClientConnection connection;

    BlockRequests(Engine engine, ClientConnection connection) {
        this.engine = engine;
        this.connection = connection;
    }

    void block(Block frame, Member member) throws RefusalException, BusyException, StoreException {
        if (frame.user().equals(member.user())) {
            throw new RefusalException(ErrorCode.SELF_CONVERSATION, "you can't block yourself");
        }
        if (engine.stores().accounts().login(frame.user()).isEmpty()) {
            throw new RefusalException(ErrorCode.UNKNOWN_USER, "there is no user " + frame.user());
        }
        Set<Username> blocked = blocks().blocked(member.user());
        if (blocked.size() >= WireLimits.MAX_BLOCKS && !blocked.contains(frame.user())) {
            throw new RefusalException(
                    ErrorCode.INVALID,
                    "you have blocked " + blocked.size() + " users, allowed are " + WireLimits.MAX_BLOCKS
                            + "; unblock one first");
        }
        engine.blocks().take(member.user().value(), 1);
        blocks().block(member.user(), frame.user());
        engine.peersChanged();
        connection.answer(Requests.done(frame.id()));
    }

    void unblock(Unblock frame, Member member) throws BusyException, StoreException {
        engine.blocks().take(member.user().value(), 1);
        blocks().unblock(member.user(), frame.user());
        connection.answer(Requests.done(frame.id()));
    }

    void list(Blocks frame, Member member) throws StoreException {
        List<Username> behind = blocks().blocked(member.user()).stream()
                .filter(name -> name.value().compareTo(frame.after()) > 0)
                .sorted()
                .toList();
        List<Username> page = behind.subList(0, Math.min(frame.limit(), behind.size()));
        connection.answer(new UserList(frame.id(), page, page.size() < behind.size()));
    }

    private BlockStore blocks() {
        return engine.stores().blocks();
    }
}
