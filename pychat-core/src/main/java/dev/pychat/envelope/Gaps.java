package dev.pychat.envelope;

import dev.pychat.crypto.open.BinaryReader;
import dev.pychat.crypto.open.BinaryWriter;
import dev.pychat.crypto.open.MalformedException;
import java.util.ArrayList;
import java.util.List;

/**
 * Spans of missing lane numbers, the newest {@value #MAX} of them. Immutable.
 *
 * @param spans the spans, oldest first
 */
record Gaps(List<Span> spans) {

    static final int MAX = 16;
    static final Gaps NONE = new Gaps(List.of());

    Gaps {
        spans = List.copyOf(spans);
    }

    boolean contains(long number) {
        return spans.stream().anyMatch(span -> span.contains(number));
    }

    Gaps with(long from, long to) {
        List<Span> more = new ArrayList<>(spans);
        more.add(new Span(from, to));
        return newest(more);
    }

    Gaps without(long number) {
        List<Span> left = new ArrayList<>();
        for (Span span : spans) {
            if (!span.contains(number)) {
                left.add(span);
                continue;
            }
            if (span.from < number) {
                left.add(new Span(span.from, number - 1));
            }
            if (number < span.to) {
                left.add(new Span(number + 1, span.to));
            }
        }
        return newest(left);
    }

    void write(BinaryWriter out) {
        out.u8(spans.size());
        spans.forEach(span -> out.u64(span.from).u64(span.to));
    }

    static Gaps read(BinaryReader in) throws MalformedException {
        int count = in.u8("count of gaps", 0, MAX);
        List<Span> spans = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            spans.add(new Span(in.u64("gap from"), in.u64("gap to")));
        }
        return new Gaps(spans);
    }

    private static Gaps newest(List<Span> spans) {
        return new Gaps(spans.subList(Math.max(0, spans.size() - MAX), spans.size()));
    }

    /**
     * One span.
     *
     * @param from its first number
     * @param to its last number
     */
    record Span(long from, long to) {

        boolean contains(long number) {
            return from <= number && number <= to;
        }
    }
}
