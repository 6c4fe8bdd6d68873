package dev.pychat.wire;

import dev.pychat.model.Username;
import java.util.List;

/**
 * Answers {@link Users} and {@link Blocks}.
 *
 * <p>Immutable and thread-safe.
 *
 * @param re the {@code id} of the request that this answers
 * @param users names in ASCII order, at most 250
 * @param more whether there are names behind the last one; absent: no
 */
public record UserList(long re, List<Username> users, boolean more) implements ServerFrame.Reply {

    static final Shape<UserList> SHAPE = Shape.of(UserList.class)
            .with(Fields.RE, UserList::re)
            .with(Fields.USERS, UserList::users)
            .orElse(Fields.MORE, false, UserList::more)
            .make(v -> new UserList(v.get(Fields.RE), v.get(Fields.USERS), v.get(Fields.MORE)));

    /**
     * Copies the list.
     *
     * @param re the {@code id} of the request that this answers
     * @param users names in ASCII order, at most 250
     * @param more whether there are names behind the last one; absent: no
     */
    public UserList {
        users = List.copyOf(users);
    }

    @Override
    public <R> R accept(ServerFrame.Handler<R> handler) {
        return handler.userList(this);
    }
}
