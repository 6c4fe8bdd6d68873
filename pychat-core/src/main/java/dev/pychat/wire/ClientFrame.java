package dev.pychat.wire;

/**
 * A frame from a client to a server.
 *
 * <p>Immutable and thread-safe.
 */
public sealed interface ClientFrame extends Frame permits ClientFrame.Request, Ack, UnknownRequest {

    /**
     * Hands this frame to the handler's method for it.
     *
     * @param handler one method for each frame
     * @param <R> what the handler answers
     * @return what the method answered
     */
    <R> R accept(Handler<R> handler);

    /** A frame that is answered. */
    sealed interface Request extends ClientFrame
            permits Hello,
                    PasswordSalt,
                    SignUp,
                    LogIn,
                    Resume,
                    LogOut,
                    Users,
                    VaultGet,
                    VaultPut,
                    ChangePassword,
                    DeleteAccount,
                    EndDevice,
                    Block,
                    Unblock,
                    Blocks,
                    PutOneTimeKeys,
                    TakeOneTimeKey,
                    PutBundle,
                    GetBundle,
                    PutEpoch,
                    GetEpochs,
                    Submit,
                    Page,
                    Since,
                    Follow,
                    Unfollow,
                    Inbox,
                    MarkRead,
                    Ping {

        /**
         * The number that the reply will carry.
         *
         * @return 1 to 2^53 - 1
         */
        long id();
    }

    /**
     * One method for each frame of this direction.
     *
     * @param <R> what the methods answer
     */
    interface Handler<R> {

        /**
         * Takes {@link Hello}.
         *
         * @param frame the frame
         * @return the handler's answer
         */
        R hello(Hello frame);

        /**
         * Takes {@link PasswordSalt}.
         *
         * @param frame the frame
         * @return the handler's answer
         */
        R passwordSalt(PasswordSalt frame);

        /**
         * Takes {@link SignUp}.
         *
         * @param frame the frame
         * @return the handler's answer
         */
        R signUp(SignUp frame);

        /**
         * Takes {@link LogIn}.
         *
         * @param frame the frame
         * @return the handler's answer
         */
        R logIn(LogIn frame);

        /**
         * Takes {@link Resume}.
         *
         * @param frame the frame
         * @return the handler's answer
         */
        R resume(Resume frame);

        /**
         * Takes {@link LogOut}.
         *
         * @param frame the frame
         * @return the handler's answer
         */
        R logOut(LogOut frame);

        /**
         * Takes {@link Users}.
         *
         * @param frame the frame
         * @return the handler's answer
         */
        R users(Users frame);

        /**
         * Takes {@link PutBundle}.
         *
         * @param frame the frame
         * @return the handler's answer
         */
        R putBundle(PutBundle frame);

        /**
         * Takes {@link GetBundle}.
         *
         * @param frame the frame
         * @return the handler's answer
         */
        R getBundle(GetBundle frame);

        /**
         * Takes {@link PutEpoch}.
         *
         * @param frame the frame
         * @return the handler's answer
         */
        R putEpoch(PutEpoch frame);

        /**
         * Takes {@link GetEpochs}.
         *
         * @param frame the frame
         * @return the handler's answer
         */
        R getEpochs(GetEpochs frame);

        /**
         * Takes {@link Submit}.
         *
         * @param frame the frame
         * @return the handler's answer
         */
        R submit(Submit frame);

        /**
         * Takes {@link Page}.
         *
         * @param frame the frame
         * @return the handler's answer
         */
        R page(Page frame);

        /**
         * Takes {@link Since}.
         *
         * @param frame the frame
         * @return the handler's answer
         */
        R since(Since frame);

        /**
         * Takes {@link Follow}.
         *
         * @param frame the frame
         * @return the handler's answer
         */
        R follow(Follow frame);

        /**
         * Takes {@link Unfollow}.
         *
         * @param frame the frame
         * @return the handler's answer
         */
        R unfollow(Unfollow frame);

        /**
         * Takes {@link Ack}.
         *
         * @param frame the frame
         * @return the handler's answer
         */
        R ack(Ack frame);

        /**
         * Takes {@link Inbox}.
         *
         * @param frame the frame
         * @return the handler's answer
         */
        R inbox(Inbox frame);

        /**
         * Takes {@link MarkRead}.
         *
         * @param frame the frame
         * @return the handler's answer
         */
        R markRead(MarkRead frame);

        /**
         * Takes {@link VaultGet}.
         *
         * @param frame the frame
         * @return the handler's answer
         */
        R vaultGet(VaultGet frame);

        /**
         * Takes {@link VaultPut}.
         *
         * @param frame the frame
         * @return the handler's answer
         */
        R vaultPut(VaultPut frame);

        /**
         * Takes {@link ChangePassword}.
         *
         * @param frame the frame
         * @return the handler's answer
         */
        R changePassword(ChangePassword frame);

        /**
         * Takes {@link DeleteAccount}.
         *
         * @param frame the frame
         * @return the handler's answer
         */
        R deleteAccount(DeleteAccount frame);

        /**
         * Takes {@link EndDevice}.
         *
         * @param frame the frame
         * @return the handler's answer
         */
        R endDevice(EndDevice frame);

        /**
         * Takes {@link Block}.
         *
         * @param frame the frame
         * @return the handler's answer
         */
        R block(Block frame);

        /**
         * Takes {@link Unblock}.
         *
         * @param frame the frame
         * @return the handler's answer
         */
        R unblock(Unblock frame);

        /**
         * Takes {@link Blocks}.
         *
         * @param frame the frame
         * @return the handler's answer
         */
        R blocks(Blocks frame);

        /**
         * Takes {@link PutOneTimeKeys}.
         *
         * @param frame the frame
         * @return the handler's answer
         */
        R putOneTimeKeys(PutOneTimeKeys frame);

        /**
         * Takes {@link TakeOneTimeKey}.
         *
         * @param frame the frame
         * @return the handler's answer
         */
        R takeOneTimeKey(TakeOneTimeKey frame);

        /**
         * Takes {@link Ping}.
         *
         * @param frame the frame
         * @return the handler's answer
         */
        R ping(Ping frame);

        /**
         * Takes {@link UnknownRequest}.
         *
         * @param frame the frame
         * @return the handler's answer
         */
        R unknownRequest(UnknownRequest frame);
    }
}
