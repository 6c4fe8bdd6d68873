package dev.pychat.ref.client.home;

import java.io.Closeable;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Deque;

/** Closes everything that was added, last first, also when some of it fails. Confined to one thread. */
final class Closing implements Closeable {
    private final Deque<Closeable> parts = new ArrayDeque<>();

    void add(Closeable part) {
        parts.push(part);
    }

    @Override
    public void close() throws IOException {
        IOException first = null;
        for (Closeable part : parts) {
            try {
                part.close();
            } catch (IOException e) {
                if (first == null) {
                    first = e;
                } else {
                    first.addSuppressed(e);
                }
            }
        }
        if (first != null) {
            throw first;
        }
    }
}
