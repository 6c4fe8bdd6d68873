package dev.pychat.wire;

import dev.pychat.model.Bytes;
import dev.pychat.model.DeviceId;
import dev.pychat.model.EpochName;
import dev.pychat.model.LaneId;
import dev.pychat.model.MessageId;
import dev.pychat.model.Position;
import dev.pychat.model.Realm;
import dev.pychat.model.Username;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/** Every field of every header: its name and what may stand in it. The same name means the same thing in all frames. */
final class Fields {

    private static final Kind<Long> WHOLE = new IntegerKind(0, IntegerKind.LARGEST);
    private static final Kind<Boolean> TRUTH = new BooleanKind();
    private static final Kind<Long> REQUEST_ID = new IntegerKind(1, IntegerKind.LARGEST);
    private static final Kind<Username> NAME = new TextKind(Username.MAX_LENGTH).as(Username::new, Username::value);
    private static final Kind<Position> PLACE = WHOLE.as(Position::new, Position::value);
    private static final Kind<Instant> MOMENT = WHOLE.as(Instant::ofEpochMilli, Instant::toEpochMilli);
    private static final Kind<MessageId> MESSAGE = bytes(MessageId.SIZE).as(MessageId::new, MessageId::value);
    private static final Kind<EpochName> EPOCH_NAME = bytes(EpochName.SIZE).as(EpochName::new, EpochName::value);
    private static final Kind<Credential> CREDENTIAL =
            new SecretKind<>(bytes(Credential.SIZE).as(Credential::new, Credential::value));

    static final Field<Long> ID = new Field<>("id", REQUEST_ID);
    static final Field<Long> RE = new Field<>("re", REQUEST_ID);
    static final Field<List<Long>> ANSWERED = new Field<>("re", new ListKind<>(REQUEST_ID, 1, WireLimits.MAX_PAGE));

    static final Field<List<Integer>> VERSIONS =
            new Field<>("versions", new ListKind<>(IntegerKind.count(1, 65_535), 1, 16));
    static final Field<Integer> VERSION = new Field<>("version", IntegerKind.count(1, 65_535));
    static final Field<String> AGENT = new Field<>("agent", new TextKind(128));
    static final Field<Realm> REALM = new Field<>("realm", bytes(Realm.SIZE).as(Realm::new, Realm::value));
    static final Field<Instant> TIME = new Field<>("time", MOMENT);
    static final Field<Instant> EXPIRES = new Field<>("expires", MOMENT);
    static final Field<Boolean> LISTING = new Field<>("listing", TRUTH);

    static final Field<Integer> FRAME = limit("frame");
    static final Field<Integer> HEADER = limit("header");
    static final Field<Integer> IN_FLIGHT = limit("inFlight");
    static final Field<Integer> CREDIT = limit("credit");
    static final Field<Integer> PAGE = limit("page");
    static final Field<Integer> PARTS = limit("parts");

    static final Field<Integer> MEMORY = new Field<>("m", IntegerKind.count(8, KdfCost.MAX_MEMORY));
    static final Field<Integer> PASSES = new Field<>("t", IntegerKind.count(1, KdfCost.MAX_PASSES));
    static final Field<Integer> LANES = new Field<>("p", IntegerKind.count(1, KdfCost.MAX_LANES));

    static final Field<Username> USER = new Field<>("user", NAME);
    static final Field<Username> TO = new Field<>("to", NAME);
    static final Field<Username> WITH = new Field<>("with", NAME);
    static final Field<Username> BY = new Field<>("by", NAME);
    static final Field<List<Username>> USERS = new Field<>("users", new ListKind<>(NAME, 0, WireLimits.MAX_USERS));
    static final Field<String> PREFIX = new Field<>("prefix", new TextKind(Username.MAX_LENGTH));
    static final Field<String> AFTER_NAME = new Field<>("after", new TextKind(Username.MAX_LENGTH));
    static final Field<Boolean> MORE = new Field<>("more", TRUTH);

    static final Field<Bytes> ATTEMPT = new Field<>("attempt", bytes(16));
    static final Field<Bytes> SALT = new Field<>("salt", bytes(32));
    static final Field<DeviceId> DEVICE =
            new Field<>("device", bytes(DeviceId.SIZE).as(DeviceId::new, DeviceId::value));
    static final Field<Credential> SECRET = new Field<>("secret", CREDENTIAL);
    static final Field<Credential> NEXT = new Field<>("next", CREDENTIAL);
    static final Field<Credential> TOKEN = new Field<>("token", CREDENTIAL);

    static final Field<Bytes> NEXT_KEY = new Field<>("nextKey", bytes(32));

    static final Field<Long> SERIAL = new Field<>("serial", WHOLE);
    static final Field<Long> VAULT_VERSION = new Field<>("version", WHOLE);
    static final Field<Long> PREVIOUS = new Field<>("previous", WHOLE);
    static final Field<EpochName> EPOCH = new Field<>("epoch", EPOCH_NAME);
    static final Field<List<EpochName>> WANTED =
            new Field<>("epochs", new ListKind<>(EPOCH_NAME, 1, WireLimits.MAX_EPOCHS));
    static final Field<List<EpochName>> FOUND =
            new Field<>("epochs", new ListKind<>(EPOCH_NAME, 0, WireLimits.MAX_EPOCHS));
    static final Field<List<EpochName>> HEADERS =
            new Field<>("headers", new ListKind<>(EPOCH_NAME, 0, WireLimits.MAX_PAGE));

    static final Field<Long> FIRST_NUMBER = new Field<>("first", REQUEST_ID);
    static final Field<Integer> LEFT = new Field<>("left", IntegerKind.count(0, WireLimits.MAX_POOL));

    static final Field<MessageId> MID = new Field<>("mid", MESSAGE);
    static final Field<MessageId> ITEM_ID = new Field<>("id", MESSAGE);
    static final Field<MessageId> AFTER_MESSAGE = new Field<>("after", MESSAGE);
    static final Field<MessageId> LAST = new Field<>("last", MESSAGE);
    static final Field<Bytes> HASH = new Field<>("hash", bytes(32));
    static final Field<LaneId> LANE = new Field<>("lane", bytes(LaneId.SIZE).as(LaneId::new, LaneId::value));
    static final Field<Long> ORDINAL = new Field<>("ord", WHOLE);
    static final Field<Boolean> QUIET = new Field<>("quiet", TRUTH);
    static final Field<Boolean> ITEM_QUIET = new Field<>("q", TRUTH);
    static final Field<Boolean> DUPLICATE = new Field<>("dup", TRUTH);

    static final Field<Position> SEEN = new Field<>("seen", PLACE);
    static final Field<Position> POS = new Field<>("pos", PLACE);
    static final Field<Position> FIRST = new Field<>("first", PLACE);
    static final Field<Position> BEFORE = new Field<>("before", PLACE);
    static final Field<Position> AFTER = new Field<>("after", PLACE);
    static final Field<Position> UP_TO = new Field<>("upTo", PLACE);
    static final Field<Position> HEAD = new Field<>("head", PLACE);
    static final Field<Position> READ = new Field<>("read", PLACE);
    static final Field<Position> POSITION = new Field<>("position", PLACE);
    static final Field<Position> LAST_POSITION = new Field<>("lastPosition", PLACE);
    static final Field<Long> UNREAD = new Field<>("unread", WHOLE);
    static final Field<Integer> LIMIT = new Field<>("limit", IntegerKind.count(1, WireLimits.MAX_USERS));

    static final Field<ErrorCode> CODE = new Field<>("code", new TextKind(64).as(ErrorCode::of, ErrorCode::code));
    static final Field<String> TEXT = new Field<>("text", new TextKind(1024));
    static final Field<Duration> RETRY_AFTER =
            new Field<>("retryAfter", new IntegerKind(0, 86_400_000).as(Duration::ofMillis, Duration::toMillis));

    private Fields() {}

    private static Kind<Bytes> bytes(int size) {
        return new BytesKind(size, size);
    }

    private static Field<Integer> limit(String name) {
        return new Field<>(name, IntegerKind.count(1, WireLimits.MAX_FRAME));
    }
}
