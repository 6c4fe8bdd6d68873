package dev.pychat.wire;

import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * The table of all frames: name on the wire, direction, record, and the shape that both reads and writes it.
 *
 * <p>Immutable and thread-safe.
 */
public enum FrameType {
    /** {@link Hello}. */
    HELLO("hello", Direction.TO_SERVER, Hello.class, Hello.SHAPE),
    /** {@link PasswordSalt}. */
    PASSWORD_SALT("password-salt", Direction.TO_SERVER, PasswordSalt.class, PasswordSalt.SHAPE),
    /** {@link SignUp}. */
    SIGN_UP("sign-up", Direction.TO_SERVER, SignUp.class, SignUp.SHAPE),
    /** {@link LogIn}. */
    LOG_IN("log-in", Direction.TO_SERVER, LogIn.class, LogIn.SHAPE),
    /** {@link Resume}. */
    RESUME("resume", Direction.TO_SERVER, Resume.class, Resume.SHAPE),
    /** {@link LogOut}. */
    LOG_OUT("log-out", Direction.TO_SERVER, LogOut.class, LogOut.SHAPE),
    /** {@link Users}. */
    USERS("users", Direction.TO_SERVER, Users.class, Users.SHAPE),
    /** {@link PutBundle}. */
    PUT_BUNDLE("put-bundle", Direction.TO_SERVER, PutBundle.class, PutBundle.SHAPE),
    /** {@link GetBundle}. */
    GET_BUNDLE("get-bundle", Direction.TO_SERVER, GetBundle.class, GetBundle.SHAPE),
    /** {@link PutEpoch}. */
    PUT_EPOCH("put-epoch", Direction.TO_SERVER, PutEpoch.class, PutEpoch.SHAPE),
    /** {@link GetEpochs}. */
    GET_EPOCHS("get-epochs", Direction.TO_SERVER, GetEpochs.class, GetEpochs.SHAPE),
    /** {@link Submit}. */
    SUBMIT("submit", Direction.TO_SERVER, Submit.class, Submit.SHAPE),
    /** {@link Page}. */
    PAGE("page", Direction.TO_SERVER, Page.class, Page.SHAPE),
    /** {@link Since}. */
    SINCE("since", Direction.TO_SERVER, Since.class, Since.SHAPE),
    /** {@link Follow}. */
    FOLLOW("follow", Direction.TO_SERVER, Follow.class, Follow.SHAPE),
    /** {@link Unfollow}. */
    UNFOLLOW("unfollow", Direction.TO_SERVER, Unfollow.class, Unfollow.SHAPE),
    /** {@link Ack}. */
    ACK("ack", Direction.TO_SERVER, Ack.class, Ack.SHAPE),
    /** {@link Inbox}. */
    INBOX("inbox", Direction.TO_SERVER, Inbox.class, Inbox.SHAPE),
    /** {@link MarkRead}. */
    MARK_READ("mark-read", Direction.TO_SERVER, MarkRead.class, MarkRead.SHAPE),
    /** {@link VaultGet}. */
    VAULT_GET("vault-get", Direction.TO_SERVER, VaultGet.class, VaultGet.SHAPE),
    /** {@link VaultPut}. */
    VAULT_PUT("vault-put", Direction.TO_SERVER, VaultPut.class, VaultPut.SHAPE),
    /** {@link ChangePassword}. */
    CHANGE_PASSWORD("change-password", Direction.TO_SERVER, ChangePassword.class, ChangePassword.SHAPE),
    /** {@link DeleteAccount}. */
    DELETE_ACCOUNT("delete-account", Direction.TO_SERVER, DeleteAccount.class, DeleteAccount.SHAPE),
    /** {@link EndDevice}. */
    END_DEVICE("end-device", Direction.TO_SERVER, EndDevice.class, EndDevice.SHAPE),
    /** {@link Block}. */
    BLOCK("block", Direction.TO_SERVER, Block.class, Block.SHAPE),
    /** {@link Unblock}. */
    UNBLOCK("unblock", Direction.TO_SERVER, Unblock.class, Unblock.SHAPE),
    /** {@link Blocks}. */
    BLOCKS("blocks", Direction.TO_SERVER, Blocks.class, Blocks.SHAPE),
    /** {@link PutOneTimeKeys}. */
    PUT_ONE_TIME_KEYS("put-one-time-keys", Direction.TO_SERVER, PutOneTimeKeys.class, PutOneTimeKeys.SHAPE),
    /** {@link TakeOneTimeKey}. */
    TAKE_ONE_TIME_KEY("take-one-time-key", Direction.TO_SERVER, TakeOneTimeKey.class, TakeOneTimeKey.SHAPE),
    /** {@link Ping}. */
    PING("ping", Direction.TO_SERVER, Ping.class, Ping.SHAPE),
    /** {@link Welcome}. */
    WELCOME("welcome", Direction.TO_CLIENT, Welcome.class, Welcome.SHAPE),
    /** {@link PasswordSaltIs}. */
    PASSWORD_SALT_IS("password-salt-is", Direction.TO_CLIENT, PasswordSaltIs.class, PasswordSaltIs.SHAPE),
    /** {@link Session}. */
    SESSION("session", Direction.TO_CLIENT, Session.class, Session.SHAPE),
    /** {@link Ok}. */
    OK("ok", Direction.TO_CLIENT, Ok.class, Ok.SHAPE),
    /** {@link UserList}. */
    USER_LIST("user-list", Direction.TO_CLIENT, UserList.class, UserList.SHAPE),
    /** {@link Bundle}. */
    BUNDLE("bundle", Direction.TO_CLIENT, Bundle.class, Bundle.SHAPE),
    /** {@link Epochs}. */
    EPOCHS("epochs", Direction.TO_CLIENT, Epochs.class, Epochs.SHAPE),
    /** {@link Accepted}. */
    ACCEPTED("accepted", Direction.TO_CLIENT, Accepted.class, Accepted.SHAPE),
    /** {@link Message}. */
    MESSAGE("message", Direction.TO_CLIENT, Message.class, Message.SHAPE),
    /** {@link InboxPage}. */
    INBOX_PAGE("inbox-page", Direction.TO_CLIENT, InboxPage.class, InboxPage.SHAPE),
    /** {@link InboxChanged}. */
    INBOX_CHANGED("inbox-changed", Direction.TO_CLIENT, InboxChanged.class, InboxChanged.SHAPE),
    /** {@link VaultIs}. */
    VAULT_IS("vault", Direction.TO_CLIENT, VaultIs.class, VaultIs.SHAPE),
    /** {@link AccountChanged}. */
    ACCOUNT_CHANGED("account-changed", Direction.TO_CLIENT, AccountChanged.class, AccountChanged.SHAPE),
    /** {@link OneTimeKeysLeft}. */
    ONE_TIME_KEYS_LEFT("one-time-keys-left", Direction.TO_CLIENT, OneTimeKeysLeft.class, OneTimeKeysLeft.SHAPE),
    /** {@link OneTimeKeyIs}. */
    ONE_TIME_KEY_IS("one-time-key", Direction.TO_CLIENT, OneTimeKeyIs.class, OneTimeKeyIs.SHAPE),
    /** {@link ServerKey}. */
    SERVER_KEY("server-key", Direction.TO_CLIENT, ServerKey.class, ServerKey.SHAPE),
    /** {@link Pong}. */
    PONG("pong", Direction.TO_CLIENT, Pong.class, Pong.SHAPE),
    /** {@link Closing}. */
    CLOSING("closing", Direction.TO_CLIENT, Closing.class, Closing.SHAPE),
    /** {@link Failure}. */
    FAILURE("error", Direction.TO_CLIENT, Failure.class, Failure.SHAPE);

    /** Names that later versions of the library use; this one answers them with {@link ErrorCode#UNSUPPORTED}. */
    public static final List<String> RESERVED = List.of("receipts", "rewrap");

    private static final Map<Class<?>, FrameType> BY_RECORD =
            Arrays.stream(values()).collect(Collectors.toUnmodifiableMap(type -> type.record, Function.identity()));

    private static final Map<Direction, Map<String, FrameType>> BY_NAME = Arrays.stream(values())
            .collect(Collectors.groupingBy(
                    FrameType::direction,
                    () -> new EnumMap<>(Direction.class),
                    Collectors.toMap(FrameType::wireName, Function.identity())));

    private final String wireName;
    private final Direction direction;
    private final Class<? extends Frame> record;

    @SuppressWarnings("ImmutableEnumChecker") // a shape is immutable; nothing outside this package can make another
    private final Shape<? extends Frame> shape;

    <F extends Frame> FrameType(String wireName, Direction direction, Class<F> record, Shape<F> shape) {
        this.wireName = wireName;
        this.direction = direction;
        this.record = record;
        this.shape = shape;
    }

    /**
     * The name in the header's field {@code t}.
     *
     * @return lower-case letters and hyphens
     */
    public String wireName() {
        return wireName;
    }

    /**
     * Which way it travels.
     *
     * @return the direction
     */
    public Direction direction() {
        return direction;
    }

    /**
     * Its record.
     *
     * @return the class
     */
    public Class<? extends Frame> record() {
        return record;
    }

    /**
     * The type with a name.
     *
     * @param direction which way the frame travels
     * @param wireName the name in the header
     * @return the type; empty if this version has none of that name in that direction
     */
    public static Optional<FrameType> named(Direction direction, String wireName) {
        return Optional.ofNullable(BY_NAME.getOrDefault(direction, Map.of()).get(wireName));
    }

    /**
     * The type of a frame.
     *
     * @param frame the frame
     * @return its type
     * @throws IllegalArgumentException for {@link UnknownRequest} and {@link UnknownReply}, which are only received
     */
    public static FrameType of(Frame frame) {
        FrameType type = BY_RECORD.get(frame.getClass());
        if (type == null) {
            throw new IllegalArgumentException(frame.getClass().getSimpleName() + " is only received, never sent");
        }
        return type;
    }

    Shape<? extends Frame> shape() {
        return shape;
    }
}
