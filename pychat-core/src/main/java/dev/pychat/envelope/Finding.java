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
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;

/**
 * Something that does not hold about a message or the history around it: what, where, and what to do. Never an exception:
 * it stops no other message.
 *
 * <p>Immutable and thread-safe.
 *
 * @param code what kind of thing was found
 * @param what what was found, a sentence for a person, at most {@value #MAX_WHAT} characters
 * @param conversation where
 * @param position the position of the message that showed it
 * @param sender who sent that message, by the server's word
 * @param lane the lane it came on, by the server's word
 * @param from the first position that is in doubt
 * @param to the last position that is in doubt
 */
public record Finding(
        FindingCode code,
        String what,
        ConversationId conversation,
        Position position,
        Username sender,
        LaneId lane,
        Position from,
        Position to)
        implements EpochOpening, MessageOpening, EpochInspection, MessageInspection {

    /** The most characters of the sentence; a longer one is cut. */
    public static final int MAX_WHAT = 340;

    private static final int MAX_SIZE = 2048;

    /**
     * Cuts an overlong sentence.
     *
     * @param code what kind
     * @param what what was found
     * @param conversation where
     * @param position the message's position
     * @param sender its sender
     * @param lane its lane
     * @param from the first position in doubt
     * @param to the last position in doubt
     */
    public Finding {
        if (what.length() > MAX_WHAT) {
            what = what.substring(0, MAX_WHAT);
        }
    }

    static Finding at(StoredMessage message, FindingCode code, String what) {
        return span(message, code, what, message.position(), message.position());
    }

    static Finding span(StoredMessage message, FindingCode code, String what, Position from, Position to) {
        return new Finding(
                code, what, message.conversation(), message.position(), message.sender(), message.lane(), from, to);
    }

    /**
     * The same about another message, such as the next one of an epoch that did not open.
     *
     * @param message the other message
     * @return a finding of the same code and sentence there
     */
    public Finding about(StoredMessage message) {
        return at(message, code, what);
    }

    /**
     * What to do about it.
     *
     * @return a sentence for a person
     */
    public String remedy() {
        return code.remedy();
    }

    /**
     * The form in which a device keeps it.
     *
     * @return the bytes, at most 2,048
     */
    public Bytes encode() {
        try (BinaryWriter out = new BinaryWriter()) {
            out.bytes8(utf8(code.name())).bytes16(utf8(what)).raw(conversation.value());
            out.u64(position.value()).username(sender).raw(lane.value());
            return out.u64(from.value()).u64(to.value()).toBytes();
        }
    }

    /**
     * Reads what {@link #encode()} wrote.
     *
     * @param encoded the bytes
     * @return the finding
     * @throws MalformedException if they are not a finding's, or a newer program's
     */
    public static Finding decode(Bytes encoded) throws MalformedException {
        BinaryReader in = BinaryReader.limited("finding", encoded, MAX_SIZE);
        String code = text(in, in.bytes8("code", 64));
        String what = text(in, in.bytes16("what", 3 * MAX_WHAT));
        ConversationId conversation = new ConversationId(in.raw("conversation", ConversationId.SIZE));
        Position position = new Position(in.u64("position"));
        Username sender = in.username("sender");
        LaneId lane = new LaneId(in.raw("lane", LaneId.SIZE));
        Position from = new Position(in.u64("from"));
        Position to = new Position(in.u64("to"));
        in.end();
        if (what.length() > MAX_WHAT) {
            throw in.malformed("a sentence of " + what.length() + " characters");
        }
        try {
            return new Finding(FindingCode.valueOf(code), what, conversation, position, sender, lane, from, to);
        } catch (IllegalArgumentException e) {
            throw in.malformed("unknown code");
        }
    }

    private static Bytes utf8(String text) {
        return Bytes.adopt(text.getBytes(StandardCharsets.UTF_8));
    }

    private static String text(BinaryReader in, Bytes utf8) throws MalformedException {
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(utf8.asByteBuffer())
                    .toString();
        } catch (CharacterCodingException e) {
            throw in.malformed("text that is not UTF-8");
        }
    }
}
