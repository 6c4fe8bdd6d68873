package dev.pychat.wire;

import dev.pychat.model.Bytes;
import dev.pychat.model.DeviceId;
import dev.pychat.model.Envelope;
import dev.pychat.model.EpochName;
import dev.pychat.model.LaneId;
import dev.pychat.model.MessageId;
import dev.pychat.model.Position;
import dev.pychat.model.Realm;
import dev.pychat.model.Username;
import java.lang.reflect.RecordComponent;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.function.Supplier;
import java.util.stream.IntStream;

/** Draws frames of every type: each component from the range that its type and name allow. */
final class RandomFrames {

    private final Random random;

    RandomFrames(long seed) {
        this.random = new Random(seed);
    }

    Frame next(FrameType type) {
        return switch (type) {
            case ACCEPTED -> accepted();
            case MESSAGE -> message();
            case EPOCHS -> epochs();
            case VAULT_IS -> vault();
            default -> (Frame) record(type.record());
        };
    }

    private Accepted accepted() {
        int size = 1 + random.nextInt(WireLimits.MAX_PAGE);
        return new Accepted(list(size, this::id), list(size, () -> (Accepted.Item) record(Accepted.Item.class)));
    }

    private Message message() {
        long re = random.nextBoolean() ? 0 : id();
        int size = random.nextInt(6) + (re == 0 ? 1 : 0);
        List<Message.Item> items = list(size, () -> (Message.Item) record(Message.Item.class));
        Position first = size == 0 ? Position.NONE : position().next();
        List<EpochHeader> headers = list(random.nextInt(4), () -> (EpochHeader) record(EpochHeader.class));
        return new Message(re, username(), first, repeatSome(items), headers, random.nextBoolean());
    }

    /** Makes neighbours alike, so that fields are left out. */
    private List<Message.Item> repeatSome(List<Message.Item> items) {
        return IntStream.range(0, items.size())
                .mapToObj(i -> i % 2 == 0 ? items.get(i) : like(items.get(i - 1), items.get(i)))
                .toList();
    }

    private static Message.Item like(Message.Item before, Message.Item item) {
        return new Message.Item(
                item.id(),
                before.by(),
                before.lane(),
                before.epoch(),
                item.ordinal(),
                item.quiet(),
                item.time(),
                item.envelope());
    }

    private Object record(Class<?> type) {
        RecordComponent[] components = type.getRecordComponents();
        Class<?>[] types =
                Arrays.stream(components).map(RecordComponent::getType).toArray(Class<?>[]::new);
        Object[] values = Arrays.stream(components)
                .map(component -> value(type, component.getName(), component.getType()))
                .toArray();
        try {
            return type.getDeclaredConstructor(types).newInstance(values);
        } catch (ReflectiveOperationException e) {
            throw new LinkageError("cannot make a " + type, e);
        }
    }

    private Object value(Class<?> owner, String name, Class<?> type) {
        if (type == Bytes.class) {
            return bytes(owner, name);
        } else if (type == long.class) {
            return name.equals("id") || name.equals("first") || name.equals("re") && owner != Failure.class
                    ? id()
                    : random.nextLong(1L << 53);
        } else if (type == int.class) {
            return integer(owner, name);
        } else if (type == String.class) {
            return name.equals("text") || name.equals("agent")
                    ? text()
                    : username().value();
        } else if (type == List.class) {
            return elements(name);
        } else if (type == boolean.class) {
            return random.nextBoolean();
        }
        return switch (type.getSimpleName()) {
            case "Username" -> username();
            case "Position" -> position();
            case "Instant" -> Instant.ofEpochMilli(random.nextLong(1L << 53));
            case "Duration" -> Duration.ofMillis(random.nextInt(86_400_001));
            case "MessageId" -> new MessageId(draw(16));
            case "LaneId" -> new LaneId(draw(16));
            case "DeviceId" -> new DeviceId(draw(16));
            case "Realm" -> new Realm(draw(16));
            case "EpochName" -> new EpochName(draw(32));
            case "Credential" -> new Credential(draw(32));
            case "Envelope" -> new Envelope(draw(1 + random.nextInt(2000)));
            case "ErrorCode" -> List.of(ErrorCode.values()).get(random.nextInt(ErrorCode.values().length));
            default -> record(type);
        };
    }

    private Bytes bytes(Class<?> owner, String name) {
        return switch (name) {
            case "attempt" -> draw(16);
            case "salt", "hash", "next" -> draw(32);
            case "bundle", "header", "vault", "key" -> draw(1 + random.nextInt(3000));
            default -> throw new AssertionError("no size known for " + owner + "." + name);
        };
    }

    private int integer(Class<?> owner, String name) {
        return switch (name) {
            case "version", "lanes", "passes" -> 1 + random.nextInt(16);
            case "memory" -> 128 + random.nextInt(1 << 19);
            case "frame" -> WireLimits.BEFORE_LOGIN + random.nextInt(1000);
            case "header" -> 1024 + random.nextInt(1000);
            case "left", "limit", "inFlight", "credit", "page", "parts" -> 1 + random.nextInt(64);
            default -> throw new AssertionError("no range known for " + owner + "." + name);
        };
    }

    private List<?> elements(String name) {
        int size = 1 + random.nextInt(8);
        return switch (name) {
            case "versions" -> list(size, () -> 1 + random.nextInt(100));
            case "users" -> list(size, this::username);
            case "keys" -> list(size, () -> draw(1 + random.nextInt(2000)));
            case "entries" -> list(size, () -> (InboxEntry) record(InboxEntry.class));
            default -> list(size, () -> new EpochName(draw(32)));
        };
    }

    private Epochs epochs() {
        return new Epochs(id(), list(random.nextInt(5), () -> (EpochHeader) record(EpochHeader.class)));
    }

    private VaultIs vault() {
        boolean none = random.nextBoolean();
        return new VaultIs(id(), none ? 0 : id(), none ? Bytes.EMPTY : draw(1 + random.nextInt(3000)));
    }

    private long id() {
        return 1 + random.nextLong((1L << 53) - 1);
    }

    private Position position() {
        return new Position(random.nextBoolean() ? random.nextInt(100) : random.nextLong(1L << 52));
    }

    private Username username() {
        String letters = "abcdefghijklmnopqrstuvwxyz0123456789._-";
        StringBuilder name = new StringBuilder();
        name.append(letters.charAt(random.nextInt(36)));
        int length = Username.MIN_LENGTH + random.nextInt(Username.MAX_LENGTH - Username.MIN_LENGTH + 1);
        while (name.length() < length) {
            name.append(letters.charAt(random.nextInt(letters.length())));
        }
        return new Username(name.toString());
    }

    private String text() {
        return "é=<>&\"\\\u0000\n\u2028 \ud83d\ude00".repeat(random.nextInt(8));
    }

    private Bytes draw(int size) {
        byte[] drawn = new byte[size];
        random.nextBytes(drawn);
        return Bytes.adopt(drawn);
    }

    private static <T> List<T> list(int size, Supplier<T> element) {
        return IntStream.range(0, size).mapToObj(i -> element.get()).toList();
    }
}
