package dev.pychat.testkit.client;

import dev.pychat.crypto.open.Sha256;
import dev.pychat.model.Bytes;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;

/** The records of an evidence file, to be changed as somebody would who wants it to say something else, with a checksum that fits. */
final class EvidenceEdit {

    static final int SCOPE = 1;
    static final int BUNDLE = 2;
    static final int EPOCH = 3;
    static final int MESSAGE = 4;
    static final int ABSENT = 5;
    private static final int END = 6;
    private static final int PREFIX = "pychat/1 evidence".length() + 2;

    /** A record, whose content may be changed in its place. */
    static final class Part {
        private final int type;
        private final byte[] content;

        Part(int type, byte[] content) {
            this.type = type;
            this.content = content;
        }

        int type() {
            return type;
        }

        byte[] content() {
            return content;
        }
    }

    private final byte[] prefix;
    final List<Part> parts = new ArrayList<>();

    EvidenceEdit(byte[] file) {
        ByteBuffer in = ByteBuffer.wrap(file);
        prefix = new byte[PREFIX];
        in.get(prefix);
        while (in.hasRemaining()) {
            int type = in.get();
            byte[] content = new byte[in.getInt()];
            in.get(content);
            if (type != END) {
                parts.add(new Part(type, content));
            }
        }
    }

    /** Where among the parts the n-th of a type stands, counted from 1: for messages, if none is absent, their position. */
    int index(int type, int n) {
        return IntStream.range(0, parts.size())
                .filter(i -> parts.get(i).type == type)
                .skip(n - 1L)
                .findFirst()
                .orElseThrow();
    }

    Part part(int type, int n) {
        return parts.get(index(type, n));
    }

    EvidenceEdit change(int type, int n, UnaryOperator<byte[]> change) {
        int at = index(type, n);
        parts.set(at, new Part(type, change.apply(parts.get(at).content.clone())));
        return this;
    }

    /** The scope speaks of so many more messages. */
    EvidenceEdit lastMoves(int by) {
        return change(SCOPE, 1, scope -> {
            ByteBuffer fields = ByteBuffer.wrap(scope);
            int at = 16;
            at += 1 + scope[at];
            at += 1 + scope[at];
            at += 16;
            return fields.putLong(at, fields.getLong(at) + by).array();
        });
    }

    EvidenceEdit swap(int first, int second) {
        int one = index(MESSAGE, first);
        int other = index(MESSAGE, second);
        Part kept = parts.get(one);
        parts.set(one, parts.get(other));
        parts.set(other, kept);
        return this;
    }

    static UnaryOperator<byte[]> lastBitFlipped() {
        return bytes -> {
            bytes[bytes.length - 1] ^= 1;
            return bytes;
        };
    }

    /** A message's sender, which stands first, is another one. */
    static UnaryOperator<byte[]> sentBy(String name) {
        return message -> {
            ByteBuffer changed = ByteBuffer.allocate(message.length - message[0] + name.length());
            changed.put((byte) name.length()).put(name.getBytes(StandardCharsets.US_ASCII));
            return changed.put(message, 1 + message[0], message.length - 1 - message[0])
                    .array();
        };
    }

    byte[] file() {
        Bytes all = Bytes.adopt(prefix.clone());
        for (Part part : parts) {
            all = Bytes.concat(all, Bytes.adopt(head(part.type, part.content.length)), Bytes.adopt(part.content));
        }
        return Bytes.concat(all, Bytes.adopt(head(END, Sha256.SIZE)), Sha256.of(all))
                .toArray();
    }

    Path write(Path file) throws IOException {
        return Files.write(file, file());
    }

    private static byte[] head(int type, int size) {
        return ByteBuffer.allocate(5).put((byte) type).putInt(size).array();
    }
}
