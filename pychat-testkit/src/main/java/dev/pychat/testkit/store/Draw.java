package dev.pychat.testkit.store;

import dev.pychat.model.Bytes;
import dev.pychat.model.ConversationId;
import dev.pychat.model.DeviceId;
import dev.pychat.model.Envelope;
import dev.pychat.model.EpochName;
import dev.pychat.model.LaneId;
import dev.pychat.model.MessageId;
import dev.pychat.model.Username;
import java.util.Random;

/**
 * Draws the values of a test from one seed, which is printed so that a run can be repeated with
 * {@code -Dpychat.test.seed=...}.
 *
 * <p>Thread-safe, but repeatable from one thread only.
 */
public final class Draw {

    private static final String PROPERTY = "pychat.test.seed";

    private final Random random;

    /**
     * Draws from a given seed.
     *
     * @param seed the seed
     */
    public Draw(long seed) {
        this.random = new Random(seed);
    }

    /**
     * Draws from the seed of this process: the system property {@code pychat.test.seed}, else a new one. It is printed once.
     *
     * @param test what it is for; each has its own values
     * @return the source
     */
    public static Draw announced(Class<?> test) {
        return new Draw(Announced.SEED ^ test.getName().hashCode());
    }

    private static final class Announced {
        static final long SEED = Long.getLong(PROPERTY, System.nanoTime());

        static {
            System.out.println("to repeat this run: -D" + PROPERTY + "=" + SEED);
        }
    }

    /**
     * Draws a number.
     *
     * @param bound what it lies below
     * @return 0 to {@code bound} - 1
     */
    public int below(int bound) {
        return random.nextInt(bound);
    }

    /**
     * Draws bytes.
     *
     * @param size how many
     * @return the bytes
     */
    public Bytes bytes(int size) {
        byte[] drawn = new byte[size];
        random.nextBytes(drawn);
        return Bytes.adopt(drawn);
    }

    /**
     * Draws a message id.
     *
     * @return the id
     */
    public MessageId messageId() {
        return new MessageId(bytes(MessageId.SIZE));
    }

    /**
     * Draws a lane.
     *
     * @return the lane
     */
    public LaneId lane() {
        return new LaneId(bytes(LaneId.SIZE));
    }

    /**
     * Draws the name of an epoch.
     *
     * @return the name
     */
    public EpochName epoch() {
        return new EpochName(bytes(EpochName.SIZE));
    }

    /**
     * Draws a device.
     *
     * @return the device
     */
    public DeviceId device() {
        return new DeviceId(bytes(DeviceId.SIZE));
    }

    /**
     * Draws the name of a conversation.
     *
     * @return the name
     */
    public ConversationId conversation() {
        return new ConversationId(bytes(ConversationId.SIZE));
    }

    /**
     * Draws a user name.
     *
     * @return a name of 12 characters
     */
    public Username user() {
        return new Username("u" + bytes(6).hex().substring(1));
    }

    /**
     * Draws an envelope.
     *
     * @return 1 to 700 bytes
     */
    public Envelope envelope() {
        return new Envelope(bytes(1 + below(700)));
    }
}
