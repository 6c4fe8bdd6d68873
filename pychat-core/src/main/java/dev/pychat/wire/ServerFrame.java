package dev.pychat.wire;

/**
 * A frame from a server to a client.
 *
 * <p>Immutable and thread-safe.
 */
public sealed interface ServerFrame extends Frame
        permits ServerFrame.Reply, Accepted, InboxChanged, AccountChanged, ServerKey, Closing, UnknownReply {

    /**
     * Hands this frame to the handler's method for it.
     *
     * @param handler one method for each frame
     * @param <R> what the handler answers
     * @return what the method answered
     */
    <R> R accept(Handler<R> handler);

    /** A frame that answers one request, or may. */
    sealed interface Reply extends ServerFrame
            permits Welcome,
                    PasswordSaltIs,
                    Session,
                    Ok,
                    UserList,
                    Bundle,
                    Epochs,
                    Message,
                    InboxPage,
                    VaultIs,
                    OneTimeKeysLeft,
                    OneTimeKeyIs,
                    Pong,
                    Failure {

        /**
         * The number of the request that this answers.
         *
         * @return 1 to 2^53 - 1, or 0 for a {@link Message} that is pushed and a {@link Failure} of the whole connection
         */
        long re();
    }

    /**
     * One method for each frame of this direction.
     *
     * @param <R> what the methods answer
     */
    interface Handler<R> {

        /**
         * Takes {@link Welcome}.
         *
         * @param frame the frame
         * @return the handler's answer
         */
        R welcome(Welcome frame);

        /**
         * Takes {@link PasswordSaltIs}.
         *
         * @param frame the frame
         * @return the handler's answer
         */
        R passwordSaltIs(PasswordSaltIs frame);

        /**
         * Takes {@link Session}.
         *
         * @param frame the frame
         * @return the handler's answer
         */
        R session(Session frame);

        /**
         * Takes {@link Ok}.
         *
         * @param frame the frame
         * @return the handler's answer
         */
        R ok(Ok frame);

        /**
         * Takes {@link UserList}.
         *
         * @param frame the frame
         * @return the handler's answer
         */
        R userList(UserList frame);

        /**
         * Takes {@link Bundle}.
         *
         * @param frame the frame
         * @return the handler's answer
         */
        R bundle(Bundle frame);

        /**
         * Takes {@link Epochs}.
         *
         * @param frame the frame
         * @return the handler's answer
         */
        R epochs(Epochs frame);

        /**
         * Takes {@link Accepted}.
         *
         * @param frame the frame
         * @return the handler's answer
         */
        R accepted(Accepted frame);

        /**
         * Takes {@link Message}.
         *
         * @param frame the frame
         * @return the handler's answer
         */
        R message(Message frame);

        /**
         * Takes {@link InboxPage}.
         *
         * @param frame the frame
         * @return the handler's answer
         */
        R inboxPage(InboxPage frame);

        /**
         * Takes {@link InboxChanged}.
         *
         * @param frame the frame
         * @return the handler's answer
         */
        R inboxChanged(InboxChanged frame);

        /**
         * Takes {@link VaultIs}.
         *
         * @param frame the frame
         * @return the handler's answer
         */
        R vaultIs(VaultIs frame);

        /**
         * Takes {@link AccountChanged}.
         *
         * @param frame the frame
         * @return the handler's answer
         */
        R accountChanged(AccountChanged frame);

        /**
         * Takes {@link OneTimeKeysLeft}.
         *
         * @param frame the frame
         * @return the handler's answer
         */
        R oneTimeKeysLeft(OneTimeKeysLeft frame);

        /**
         * Takes {@link OneTimeKeyIs}.
         *
         * @param frame the frame
         * @return the handler's answer
         */
        R oneTimeKeyIs(OneTimeKeyIs frame);

        /**
         * Takes {@link ServerKey}.
         *
         * @param frame the frame
         * @return the handler's answer
         */
        R serverKey(ServerKey frame);

        /**
         * Takes {@link Pong}.
         *
         * @param frame the frame
         * @return the handler's answer
         */
        R pong(Pong frame);

        /**
         * Takes {@link Closing}.
         *
         * @param frame the frame
         * @return the handler's answer
         */
        R closing(Closing frame);

        /**
         * Takes {@link Failure}.
         *
         * @param frame the frame
         * @return the handler's answer
         */
        R failure(Failure frame);

        /**
         * Takes {@link UnknownReply}.
         *
         * @param frame the frame
         * @return the handler's answer
         */
        R unknownReply(UnknownReply frame);
    }
}
