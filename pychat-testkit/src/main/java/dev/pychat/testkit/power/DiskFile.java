package dev.pychat.testkit.power;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Random;

/** A file on a disk. Confined to one thread. */
final class DiskFile implements DiskNode {

    /** What a disk writes as a whole, or not at all. */
    private static final int PAGE = 4096;

    private final List<JournalEntry> unsynced = new ArrayList<>();
    private byte[] bytes = new byte[0];
    private int length;

    @Override
    public void change(JournalEntry entry) {
        unsynced.add(entry);
    }

    @Override
    public void sync() {
        unsynced.forEach(this::apply);
        unsynced.clear();
    }

    private void apply(JournalEntry entry) {
        if (entry.type() == 'T') {
            cut((int) entry.number());
        } else {
            put(entry.number(), entry.content().toArray(), 0, entry.content().size());
        }
    }

    private void cut(int to) {
        if (to < length) {
            Arrays.fill(bytes, to, length, (byte) 0);
        }
        reserve(to);
        length = to;
    }

    private void put(long at, byte[] content, int from, int count) {
        int end = (int) at + from + count;
        reserve(end);
        System.arraycopy(content, from, bytes, (int) at + from, count);
        length = Math.max(length, end);
    }

    private void reserve(int size) {
        if (size > bytes.length) {
            bytes = Arrays.copyOf(bytes, Math.max(size, 2 * bytes.length));
        }
    }

    @Override
    public void write(Path target, Optional<Random> luck) throws IOException {
        DiskFile left = this;
        if (luck.isPresent() && !unsynced.isEmpty()) {
            left = new DiskFile();
            left.bytes = Arrays.copyOf(bytes, length);
            left.length = length;
            for (JournalEntry entry : unsynced) {
                left.applyPart(entry, luck.get());
            }
        }
        Files.write(target, Arrays.copyOf(left.bytes, left.length));
    }

    private void applyPart(JournalEntry entry, Random luck) {
        if (entry.type() == 'T') {
            if (luck.nextBoolean()) {
                cut((int) entry.number());
            }
            return;
        }
        byte[] content = entry.content().toArray();
        int from = 0;
        while (from < content.length) {
            int part = Math.min(content.length - from, PAGE - (int) ((entry.number() + from) % PAGE));
            if (luck.nextBoolean()) {
                put(entry.number(), content, from, part);
            }
            from += part;
        }
    }
}
