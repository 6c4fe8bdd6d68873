package dev.pychat.model;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/**
 * What a message says: a type and its body. Types that this version does not know travel and are kept unchanged, and are
 * shown as a newer kind of message, but for control content.
 *
 * <p>Immutable and thread-safe.
 *
 * @param type the kind of content, 1 to 65,535; {@link #TEXT} is text
 * @param body its bytes, at most {@value #MAX_BODY}
 */
public record Content(int type, Bytes body) {

    /** Text: the body is well-formed UTF-8. */
    public static final int TEXT = 1;

    /**
     * The first type of control content, up to 65,535: it is for programs and not for people. It counts as no unread message, and
     * a program that does not know its type shows nothing.
     */
    public static final int FIRST_CONTROL = 0x8000;

    /** The first type, up to 65,535, that is control content of pychat itself: clients send and understand it, programs don't. */
    public static final int FIRST_OWN = 0xFF00;

    /** The most bytes of a body. */
    public static final int MAX_BODY = 64 * 1024;

    /**
     * Checks the type and the size.
     *
     * @param type the kind of content, 1 to 65,535; {@link #TEXT} is text
     * @param body its bytes, at most {@value #MAX_BODY}
     * @throws IllegalArgumentException if one is outside its range
     */
    public Content {
        if (type < 1 || type > 0xFFFF) {
            throw new IllegalArgumentException("content type " + type + ", allowed are 1 to 65535");
        }
        if (body.size() > MAX_BODY) {
            throw new IllegalArgumentException("content of " + body.size() + " bytes, allowed are " + MAX_BODY);
        }
    }

    /**
     * Makes text content.
     *
     * @param text the text: well-formed (no lone surrogate), at most {@value #MAX_BODY} bytes as UTF-8; may be empty
     * @return the content
     * @throws IllegalArgumentException if the text is too long or not well-formed
     */
    public static Content text(String text) {
        try {
            ByteBuffer encoded = StandardCharsets.UTF_8.newEncoder().encode(CharBuffer.wrap(text));
            return new Content(TEXT, Bytes.copyOf(encoded.array(), encoded.arrayOffset(), encoded.limit()));
        } catch (CharacterCodingException e) {
            throw new IllegalArgumentException("the text holds a lone surrogate, which has no UTF-8 form", e);
        }
    }

    /**
     * Whether this is for programs and not for people.
     *
     * @return true from {@link #FIRST_CONTROL} on
     */
    public boolean isControl() {
        return type >= FIRST_CONTROL;
    }

    /**
     * Whether this is between the clients themselves.
     *
     * @return true from {@link #FIRST_OWN} on
     */
    public boolean isOwn() {
        return type >= FIRST_OWN;
    }

    /**
     * The text, if this is text.
     *
     * @return the text; empty if the type is not {@link #TEXT} or the body is not well-formed UTF-8
     */
    public Optional<String> asText() {
        if (type != TEXT) {
            return Optional.empty();
        }
        try {
            return Optional.of(StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(body.asByteBuffer())
                    .toString());
        } catch (CharacterCodingException e) {
            return Optional.empty();
        }
    }

    @Override
    public String toString() {
        return "Content[type " + type + ", " + body.size() + " bytes]";
    }
}
