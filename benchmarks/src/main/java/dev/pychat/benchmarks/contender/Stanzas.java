package dev.pychat.benchmarks.contender;

import io.netty.buffer.ByteBuf;
import java.nio.charset.StandardCharsets;

/**
 * Cuts an XMPP stream into what stands right below its root, by counting tags. That is enough for servers that write well-formed XML
 * without comments and CDATA, as RFC 6120 asks (section 11.1). Confined to one thread.
 */
final class Stanzas {

    private int depth;

    /** How far behind the reader index has been looked. */
    private int scanned;

    /** A new stream begins. */
    void restart() {
        depth = 0;
        scanned = 0;
    }

    /** The next one; empty if it is not complete yet. */
    String next(ByteBuf in) {
        while (true) {
            int from = in.readerIndex() + scanned;
            int open = in.indexOf(from, in.writerIndex(), (byte) '<');
            int close = open < 0 ? -1 : end(in, open);
            if (close < 0) {
                scanned = (open < 0 ? in.writerIndex() : open) - in.readerIndex();
                return "";
            }
            scanned = close + 1 - in.readerIndex();
            int before = depth;
            tag(in.getByte(open + 1), in.getByte(close - 1));
            if (before <= 1 && depth == 1 && in.getByte(close - 1) != '/') {
                skip(in);
            } else if (depth == 1) {
                return cut(in);
            } else if (depth == 0) {
                skip(in);
            }
        }
    }

    private void tag(byte first, byte last) {
        if (first == '/') {
            depth--;
        } else if (first != '?' && last != '/') {
            depth++;
        }
    }

    /** The declaration, the root's own tags. */
    private void skip(ByteBuf in) {
        in.skipBytes(scanned);
        scanned = 0;
    }

    private String cut(ByteBuf in) {
        String stanza = in.readCharSequence(scanned, StandardCharsets.UTF_8).toString();
        scanned = 0;
        return stanza.strip();
    }

    /** Where a tag ends; what stands in quotes may hold anything. */
    private static int end(ByteBuf in, int open) {
        byte quote = 0;
        for (int i = open + 1; i < in.writerIndex(); i++) {
            byte one = in.getByte(i);
            if (quote != 0) {
                quote = one == quote ? 0 : quote;
            } else if (one == '\'' || one == '"') {
                quote = one;
            } else if (one == '>') {
                return i;
            }
        }
        return -1;
    }
}
