package dev.pychat.envelope;

import dev.pychat.key.KeyId;
import dev.pychat.key.OneTimeKey;
import dev.pychat.model.Bytes;
import dev.pychat.model.Content;
import dev.pychat.model.LaneId;
import dev.pychat.model.MessageId;
import dev.pychat.model.Position;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Seals the messages of one lane. It steps before it uses: whatever fails after a key was taken, no key is taken twice. Chain
 * keys are never stored, so a restarted process makes a new sealer from the stored head, and begins a new epoch.
 *
 * <pre>
 * needsEpoch ─ present ─▶ beginEpoch ─▶ seal ─▶ store message, header and head in one step ─▶ needsEpoch
 *                                                └─ the step failed ─▶ stepFailed
 * refused for good ─▶ continueFrom(earlier head) ─▶ needsEpoch
 * </pre>
 *
 * <p>It has one owner, who closes it: confined to one thread at a time.
 */
public final class Sealer implements AutoCloseable {

    /** How long an epoch is used. */
    public static final Duration EPOCH_AGE = Duration.ofHours(24);

    /** How old the peer's bundle may be when an epoch is begun. */
    public static final Duration BUNDLE_AGE = Duration.ofHours(24);

    private static final Bytes ZERO = Bytes.adopt(new byte[32]);

    private final ConversationContext context;
    private final LaneId lane;
    private final SecureRandom random;
    private final Set<KeyId> spent = new HashSet<>();
    private LaneHead head;
    private int ordinal;
    private EpochReason reason = EpochReason.STARTED;
    private @Nullable SendingEpoch epoch;

    private Sealer(ConversationContext context, LaneId lane, LaneHead head, SecureRandom random) {
        this.context = context;
        this.lane = lane;
        this.head = head;
        this.ordinal = head.ordinal();
        this.random = random;
    }

    /**
     * Makes a sealer for a lane that has no message yet.
     *
     * @param context the conversation
     * @param lane the lane's id, drawn for it
     * @param random the source of all randomness
     * @return a sealer that needs an epoch
     * @throws IllegalArgumentException if the id is all zero
     */
    public static Sealer onNewLane(ConversationContext context, LaneId lane, SecureRandom random) {
        if (lane.equals(LaneId.NONE)) {
            throw new IllegalArgumentException("a lane needs an id that is not all zero");
        }
        return new Sealer(context, lane, LaneHead.NONE, random);
    }

    /**
     * Makes a sealer that goes on from a stored head.
     *
     * @param context the conversation
     * @param stored the lane's head as it was stored last
     * @param random the source of all randomness
     * @return a sealer that needs an epoch
     * @throws IllegalArgumentException if there is no message at the head
     */
    public static Sealer continuing(ConversationContext context, LaneHead stored, SecureRandom random) {
        if (stored.isNone()) {
            throw new IllegalArgumentException("this head has no lane to go on with");
        }
        return new Sealer(context, stored.lane(), stored, random);
    }

    /**
     * Whether a bundle fetched then may begin an epoch now.
     *
     * @param fetched when the peer's bundle was fetched
     * @param now the present time
     * @return false if it is older than {@link #BUNDLE_AGE}, or from the future
     */
    public static boolean isFresh(Instant fetched, Instant now) {
        return !fetched.isAfter(now) && !fetched.plus(BUNDLE_AGE).isBefore(now);
    }

    /**
     * Whether the next message needs a new epoch.
     *
     * @param offer the two bundles as they are now
     * @param now the present time
     * @return why; empty if the present epoch goes on
     */
    public Optional<EpochReason> needsEpoch(EpochOffer offer, Instant now) {
        if (epoch == null) {
            return Optional.of(reason);
        }
        if (epoch.isFull()) {
            return Optional.of(EpochReason.FULL);
        }
        if (!now.isBefore(epoch.began().plus(EPOCH_AGE)) || now.isBefore(epoch.began())) {
            return Optional.of(EpochReason.AGED);
        }
        return epoch.isMadeFrom(offer) ? Optional.empty() : Optional.of(EpochReason.BUNDLE_CHANGED);
    }

    /**
     * Begins a new epoch; the one before it is erased. A signature and two RSA public-key operations, in suite 2 an ML-KEM
     * encapsulation for each device beside them.
     *
     * @param offer the two bundles and what goes into the header beside them
     * @param now the present time
     * @return the header to store and to put before the next message
     * @throws IllegalArgumentException if the peer's bundle is not fresh, or is not that of the pinned peer, if the two bundles
     *     have no suite in common that is asked for, or an epoch of this sealer has had one of the one-time keys
     */
    public SealedEpoch beginEpoch(EpochOffer offer, Instant now) {
        if (!isFresh(offer.fetched(), now)) {
            throw new IllegalArgumentException("the peer's bundle was fetched at " + offer.fetched() + ", it is " + now
                    + " now; allowed are " + BUNDLE_AGE.toHours() + " hours");
        }
        requireUnused(offer);
        EpochReason why = needsEpoch(offer, now).orElse(EpochReason.CONTINUED);
        ordinal = Math.addExact(ordinal, 1);
        erase();
        EpochMaker maker = new EpochMaker(context, random);
        SendingEpoch begun = maker.begin(offer, new EpochMaker.Place(lane, ordinal, head), now);
        epoch = begun;
        offer.oneTime().forEach(key -> spent.add(KeyId.of(key.key())));
        return new SealedEpoch(begun.name(), begun.header(), why, begun.opened());
    }

    /**
     * Seals a message. Before anything else it steps: its key is never taken again, whatever becomes of the message.
     *
     * @param id its id, which is never sealed twice
     * @param content what it says
     * @param time the sender's time
     * @param readUpTo position up to which the person has read
     * @param view what this device has seen
     * @return the sealed message
     * @throws IllegalStateException if there is no epoch, or it is full
     * @throws IllegalArgumentException if the id is all zero or the time lies outside the years 1970 to 9999
     */
    public Sealed seal(MessageId id, Content content, Instant time, Position readUpTo, View view) {
        if (epoch == null || epoch.isFull()) {
            throw new IllegalStateException("a new epoch is needed before anything is sealed");
        }
        if (id.equals(MessageId.NONE)) {
            throw new IllegalArgumentException("a message needs an id that is not all zero");
        }
        LaneHead before = head;
        Bytes hashBefore = before.isNone() ? ZERO : before.hash();
        Sealed sealed =
                epoch.seal(new SendingEpoch.Next(id, before, hashBefore), new Plaintext(content, time, readUpTo, view));
        head = sealed.after();
        return sealed;
    }

    /**
     * Takes back the last message, because the step that should have stored it failed. Its key and its number in the epoch
     * are burnt; the lane's number and hash are as they were before it.
     *
     * @param sealed the message
     * @throws IllegalArgumentException if it is not the last one sealed
     */
    public void stepFailed(Sealed sealed) {
        if (!sealed.after().equals(head)) {
            throw new IllegalArgumentException("message " + sealed.id() + " is not the last one of its lane");
        }
        head = sealed.before();
    }

    /**
     * Goes on from an earlier head of this lane, after a message behind it was refused for good. The next message needs a
     * new epoch.
     *
     * @param earlier the head before the refused message
     * @throws IllegalArgumentException if it is not a head of this lane
     */
    public void continueFrom(LaneHead earlier) {
        if (!earlier.isNone() && !earlier.lane().equals(lane)) {
            throw new IllegalArgumentException("a head of lane " + earlier.lane() + ", this is lane " + lane);
        }
        erase();
        head = earlier;
        reason = EpochReason.CONTINUED;
    }

    /**
     * The lane.
     *
     * @return its id
     */
    public LaneId lane() {
        return lane;
    }

    /**
     * The lane's last message.
     *
     * @return the head that the next message will follow
     */
    public LaneHead head() {
        return head;
    }

    /** Erases the chain key. */
    @Override
    public void close() {
        erase();
    }

    private void requireUnused(EpochOffer offer) {
        for (OneTimeKey key : offer.oneTime()) {
            if (spent.contains(KeyId.of(key.key()))) {
                throw new IllegalArgumentException(key + " has served an epoch already; take another one");
            }
        }
    }

    private void erase() {
        if (epoch != null) {
            epoch.close();
            epoch = null;
        }
    }
}
