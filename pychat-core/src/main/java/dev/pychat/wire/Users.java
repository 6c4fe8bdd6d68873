package dev.pychat.wire;

/**
 * Lists user names. Answered by {@link UserList} or {@link ErrorCode#LISTING_OFF}.
 *
 * <p>Immutable and thread-safe.
 *
 * @param id what the reply's {@code re} will be: 1 to 2^53 - 1, not in use by an unanswered request
 * @param prefix what the names begin with; absent: anything
 * @param after only names behind this one in ASCII order; absent: from the first
 * @param limit the most names, 1 to 250; the server may give fewer
 */
public record Users(long id, String prefix, String after, int limit) implements ClientFrame.Request {

    static final Shape<Users> SHAPE = Shape.of(Users.class)
            .with(Fields.ID, Users::id)
            .orElse(Fields.PREFIX, "", Users::prefix)
            .orElse(Fields.AFTER_NAME, "", Users::after)
            .with(Fields.LIMIT, Users::limit)
            .make(v ->
                    new Users(v.get(Fields.ID), v.get(Fields.PREFIX), v.get(Fields.AFTER_NAME), v.get(Fields.LIMIT)));

    @Override
    public <R> R accept(ClientFrame.Handler<R> handler) {
        return handler.users(this);
    }
}
