package dev.pychat.transport.internal;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class SendQueueTest {

    private final QueueBudget budget = new QueueBudget(300_000);
    private final SendQueue queue = new SendQueue(100_000, budget);

    @Test
    void whatIsReadyTogetherLeavesInOneWrite() throws Exception {
        Writes writes = new Writes();
        assertThat(queue.offer(frame(1, 400), false)).isEqualTo(SendQueue.Offer.START_WRITER);
        for (int i = 2; i <= 20; i++) {
            assertThat(queue.offer(frame(i, 400), false)).isEqualTo(SendQueue.Offer.QUEUED);
        }
        assertThat(queue.drain(writes)).isFalse();
        assertThat(writes.sizes).containsExactly(20 * 400);
        assertThat(writes.toByteArray()[19 * 400]).isEqualTo((byte) 20);
        assertThat(queue.bytes()).isZero();
        assertThat(queue.written()).isEqualTo(8_000);
    }

    @Test
    void largeFramesAreNotCopiedTogether() throws Exception {
        Writes writes = new Writes();
        queue.offer(frame(1, 100), false);
        queue.offer(frame(2, 70_000), false);
        queue.offer(frame(3, 100), false);
        assertThat(queue.drain(writes)).isFalse();
        assertThat(writes.sizes).containsExactly(100, 70_000, 100);
    }

    @Test
    void theLimitCountsBytesAndLetsASingleFrameThrough() {
        assertThat(queue.offer(frame(1, 200_000), false)).isEqualTo(SendQueue.Offer.START_WRITER);
        assertThat(queue.offer(frame(2, 1), false)).isEqualTo(SendQueue.Offer.OVERFLOW);
    }

    @Test
    void queuesTogetherHoldNoMoreThanTheirBudgetAndEachALittle() throws Exception {
        SendQueue other = new SendQueue(1_000_000, budget);
        assertThat(queue.offer(frame(1, 250_000), false)).isEqualTo(SendQueue.Offer.START_WRITER);
        assertThat(other.offer(frame(2, 100_000), false)).isEqualTo(SendQueue.Offer.START_WRITER);
        assertThat(other.offer(frame(3, 100_000), false)).isEqualTo(SendQueue.Offer.OVERFLOW);
        assertThat(queue.drain(new Writes())).isFalse();
        assertThat(other.offer(frame(4, 100_000), false)).isEqualTo(SendQueue.Offer.QUEUED);
        assertThat(budget.taken()).isEqualTo(200_000);
    }

    @Test
    void whatWillNeverLeaveIsGivenBackOnceAlsoInTheMiddleOfAWrite() throws Exception {
        queue.offer(frame(1, 70_000), false);
        queue.offer(frame(2, 20_000), false);
        queue.drain(new OutputStream() {
            @Override
            public void write(int one) {}

            @Override
            public void write(byte[] bytes, int from, int length) {
                queue.drop();
            }
        });
        queue.drop();
        assertThat(queue.offer(frame(3, 1), false)).isEqualTo(SendQueue.Offer.CLOSED);
        assertThat(budget.taken()).isZero();
    }

    @Test
    void corkedFramesWaitForTheUncorking() throws Exception {
        Writes writes = new Writes();
        assertThat(queue.offer(frame(1, 10), true)).isEqualTo(SendQueue.Offer.QUEUED);
        assertThat(queue.offer(frame(2, 10), true)).isEqualTo(SendQueue.Offer.QUEUED);
        assertThat(queue.uncork()).isTrue();
        assertThat(queue.uncork()).as("a writer is at work").isFalse();
        assertThat(queue.drain(writes)).isFalse();
        assertThat(writes.sizes).containsExactly(20);
        assertThat(queue.uncork()).as("nothing waits").isFalse();
    }

    @Test
    void theWriterThatFindsAClosedQueueEmptyIsTheLast() throws Exception {
        Writes writes = new Writes();
        queue.offer(frame(1, 10), false);
        assertThat(queue.close()).as("a writer is at work").isFalse();
        assertThat(queue.offer(frame(2, 10), false)).isEqualTo(SendQueue.Offer.CLOSED);
        assertThat(queue.drain(writes)).isTrue();
        assertThat(writes.sizes).containsExactly(10);
        assertThat(new SendQueue(100, budget).close()).as("nobody writes").isTrue();
    }

    private static byte[] frame(int first, int size) {
        byte[] frame = new byte[size];
        frame[0] = (byte) first;
        return frame;
    }

    private static final class Writes extends OutputStream {
        private final List<Integer> sizes = new ArrayList<>();
        private final ByteArrayOutputStream all = new ByteArrayOutputStream();

        @Override
        public void write(int value) {
            throw new AssertionError("a single byte written");
        }

        @Override
        public void write(byte[] source, int from, int length) throws IOException {
            sizes.add(length);
            all.write(source, from, length);
        }

        private byte[] toByteArray() {
            return all.toByteArray();
        }
    }
}
