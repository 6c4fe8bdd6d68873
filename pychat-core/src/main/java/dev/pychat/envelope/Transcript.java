package dev.pychat.envelope;

import dev.pychat.crypto.open.BinaryReader;
import dev.pychat.crypto.open.BinaryWriter;
import dev.pychat.crypto.open.MalformedException;
import dev.pychat.model.Bytes;
import dev.pychat.model.ConversationId;
import dev.pychat.model.LaneId;
import dev.pychat.model.Position;
import dev.pychat.model.StoredMessage;
import dev.pychat.model.Username;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What a device has taken of a conversation, message by message in position order, and what it needs to judge the next one:
 * lanes, and the view (ENVELOPE.md, sections 8 and 9.2). The device stores it together with each history entry.
 *
 * <p>Immutable and thread-safe.
 */
public final class Transcript {

    private static final int FORMAT = 2;
    private static final int WITHOUT_SEEN = 1;
    private static final int MAX_SIZE = 256 * 1024;

    private final ConversationId conversation;
    private final Position first;
    private final Position last;
    private final Position anchor;
    private final @Nullable View view;
    private final Position agreed;
    private final Lanes lanes;
    private final Map<Username, Seen> seen;

    Transcript(
            ConversationId conversation,
            Position first,
            Position last,
            Position anchor,
            @Nullable View view,
            Position agreed,
            Lanes lanes,
            Map<Username, Seen> seen) {
        this.conversation = conversation;
        this.first = first;
        this.last = last;
        this.anchor = anchor;
        this.view = view;
        this.agreed = agreed;
        this.lanes = lanes;
        this.seen = seen;
    }

    /**
     * The transcript of a device that will take every message from the first.
     *
     * @param conversation the conversation
     * @return a transcript before position 1
     */
    public static Transcript fromStart(ConversationId conversation) {
        View empty = View.empty(conversation);
        return new Transcript(
                conversation, Position.FIRST, Position.NONE, Position.NONE, empty, Position.NONE, Lanes.NONE, Map.of());
    }

    /**
     * The transcript of a device that starts from nothing in the middle of a history.
     *
     * @param conversation the conversation
     * @param first the position of the first message it will take, 1 or more
     * @return a transcript before that position
     */
    public static Transcript from(ConversationId conversation, Position first) {
        if (first.equals(Position.FIRST)) {
            return fromStart(conversation);
        }
        Position before = first.plus(-1);
        return new Transcript(conversation, first, before, before, null, before, Lanes.NONE, Map.of());
    }

    /**
     * Takes the next message.
     *
     * @param message the message as it was delivered
     * @param opening what became of opening it
     * @param known what the device knows of the messages before it
     * @return the transcript after it, and what to store and show
     * @throws IllegalArgumentException if it is not the message after {@link #last()} of this conversation
     */
    public Taken take(StoredMessage message, MessageOpening opening, KnownMessages known) {
        requireNext(message);
        return new Taking(this, message, known).take(opening);
    }

    /**
     * Takes the next message, of which no more is known than its outside: its lane is judged, and its view is not.
     *
     * @param message the message as it was delivered
     * @param sealed what its envelope says in clear
     * @param known what is known of the messages before it
     * @return the transcript after it, and what does not hold; nothing to show
     * @throws IllegalArgumentException if it is not the message after {@link #last()} of this conversation
     */
    public Taken takeSealed(StoredMessage message, SealedMessage sealed, KnownMessages known) {
        requireNext(message);
        return new Taking(this, message, known).takeSealed(sealed);
    }

    /**
     * Passes the next message, which is not at hand. The view goes on with what it is said to add; in its lane, one number that is
     * missing is accounted for by it.
     *
     * @param sender who is said to have sent it
     * @param lane on which lane; {@link LaneId#NONE} if that is not known
     * @param step what it is said to add to the view
     * @return the transcript after it; nothing to show, and no findings
     */
    public Taken pass(Username sender, LaneId lane, KnownMessages.Step step) {
        Optional<View> next = Optional.ofNullable(view).map(known -> known.then(step.id(), step.envelopeHash()));
        boolean counts = !lane.equals(LaneId.NONE)
                && (first.equals(Position.FIRST) || lanes.of(sender, lane).isPresent());
        Lanes counted = counts
                ? lanes.with(
                        sender,
                        lanes.of(sender, lane).orElse(LaneTrack.empty(lane)).unopenedOne())
                : lanes;
        Transcript after =
                new Transcript(conversation, first, last.next(), anchor, next.orElse(null), agreed, counted, seen);
        return new Taken(after, next.stream().toList(), Optional.empty(), List.of());
    }

    private void requireNext(StoredMessage message) {
        if (!message.conversation().equals(conversation) || !message.position().equals(last.next())) {
            throw new IllegalArgumentException("message " + message.position() + " of " + message.conversation()
                    + " after " + last + " of " + conversation);
        }
    }

    /**
     * Takes a message again that could not be opened when its turn came, and can be now: a key has arrived, or the person has
     * accepted another identity.
     *
     * @param message the message as it was delivered; its id and envelope are those of its turn
     * @param opening what became of opening it now
     * @param known what the device knows of all messages, those behind it too
     * @return the transcript with what was learnt, which ends where this one does, and what to store and show; no views
     * @throws IllegalArgumentException if it is not a message from {@link #first()} to {@link #last()} of this conversation
     */
    public Taken takeAgain(StoredMessage message, MessageOpening opening, KnownMessages known) {
        boolean taken =
                !first.isAfter(message.position()) && !message.position().isAfter(last);
        if (!message.conversation().equals(conversation) || !taken) {
            throw new IllegalArgumentException("message " + message.position() + " of " + message.conversation()
                    + " again, taken were " + first + " to " + last + " of " + conversation);
        }
        return new Taking(this, message, known).again(opening);
    }

    Transcript with(Lanes otherLanes, Position nowAgreed, Map<Username, Seen> nowSeen) {
        return new Transcript(conversation, first, last, anchor, view, nowAgreed, otherLanes, nowSeen);
    }

    /**
     * The conversation.
     *
     * @return its id
     */
    public ConversationId conversation() {
        return conversation;
    }

    /**
     * Where it begins.
     *
     * @return the position of the first message it takes
     */
    public Position first() {
        return first;
    }

    /**
     * How far it has come.
     *
     * @return the position of the last message taken; the one before {@link #first()} if there is none
     */
    public Position last() {
        return last;
    }

    /**
     * After which position history is verified: view hashes are known from there on.
     *
     * @return the anchor, 0 when everything is verified; empty while no signed view has been found
     */
    public Optional<Position> anchor() {
        return view == null ? Optional.empty() : Optional.of(anchor);
    }

    /**
     * What a message sealed now says about what this device has seen.
     *
     * @return the view at {@link #last()}, or the empty view while there is no anchor
     */
    public View view() {
        return view == null ? View.empty(conversation) : view;
    }

    /**
     * Up to which position somebody's view has agreed with ours.
     *
     * @return the position
     */
    public Position agreed() {
        return agreed;
    }

    /**
     * How far somebody has come, by their own sealed word.
     *
     * @param party one of the two
     * @return how far
     */
    public Seen seenBy(Username party) {
        return seen.getOrDefault(party, Seen.NOTHING);
    }

    /**
     * The form in which a device keeps it.
     *
     * @return the bytes
     */
    public Bytes encode() {
        try (BinaryWriter out = new BinaryWriter()) {
            out.u8(FORMAT).raw(conversation.value()).u64(first.value()).u64(last.value());
            out.u64(anchor.value()).u64(agreed.value()).bool(view != null);
            if (view != null) {
                out.raw(view.hash());
            }
            lanes.write(out);
            Seen.write(seen, out);
            return out.toBytes();
        }
    }

    /**
     * Reads what {@link #encode()} wrote.
     *
     * @param encoded the bytes
     * @return the transcript
     * @throws MalformedException if they are not a transcript's
     */
    public static Transcript decode(Bytes encoded) throws MalformedException {
        BinaryReader in = BinaryReader.limited("transcript", encoded, MAX_SIZE);
        int format = in.u8("format", WITHOUT_SEEN, FORMAT);
        ConversationId conversation = new ConversationId(in.raw("conversation", ConversationId.SIZE));
        Position first = new Position(in.u64("first"));
        Position last = new Position(in.u64("last"));
        Position anchor = new Position(in.u64("anchor"));
        Position agreed = new Position(in.u64("agreed"));
        View view = in.bool("view") ? new View(last, in.raw("view hash", ViewChain.SIZE)) : null;
        Lanes lanes = Lanes.read(in);
        Map<Username, Seen> seen = format == WITHOUT_SEEN ? Map.of() : Seen.readAll(in);
        in.end();
        return new Transcript(conversation, first, last, anchor, view, agreed, lanes, seen);
    }

    static View readView(BinaryReader in) throws MalformedException {
        return new View(new Position(in.u64("view position")), in.raw("view hash", ViewChain.SIZE));
    }

    Lanes lanes() {
        return lanes;
    }

    Map<Username, Seen> seen() {
        return seen;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Transcript that && encode().equals(that.encode());
    }

    @Override
    public int hashCode() {
        return conversation.hashCode() * 31 + last.hashCode();
    }

    @Override
    public String toString() {
        return "Transcript[" + conversation + " " + first + " to " + last + "]";
    }
}
