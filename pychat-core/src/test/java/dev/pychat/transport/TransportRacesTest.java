package dev.pychat.transport;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pychat.race.Race;
import dev.pychat.transport.internal.FrameDeadline;
import dev.pychat.transport.internal.Later;
import dev.pychat.transport.internal.QueueBudget;
import dev.pychat.transport.internal.SendQueue;
import java.io.IOException;
import java.io.OutputStream;
import java.time.Duration;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** What a connection's threads share without a lock, and the hand-over between its writers. */
class TransportRacesTest {

    private static final int SIZE = 200_000;
    private static final int MOST = 1_000_000;

    @Test
    void budgetIsNeverExceededAndComesBackWhole() throws Exception {
        record State(QueueBudget budget, AtomicInteger granted, AtomicInteger most) {
            /** As a queue does that has more than what is free to each. */
            void takeAndGiveBack() {
                int here = 0;
                for (int i = 0; i < MOST / SIZE + 1; i++) {
                    if (budget.take(SIZE, QueueBudget.FREE)) {
                        here++;
                        most.accumulateAndGet(granted.incrementAndGet(), Math::max);
                    }
                }
                granted.addAndGet(-here);
                budget.giveBack((long) here * SIZE);
            }
        }
        Race.run(
                () -> new State(new QueueBudget(MOST), new AtomicInteger(), new AtomicInteger()),
                State::takeAndGiveBack,
                State::takeAndGiveBack,
                state -> {
                    assertThat(state.budget().taken()).isZero();
                    assertThat(state.most()).hasValueBetween(1, MOST / SIZE);
                });
    }

    /** Whoever is late by itself proves nothing, so no time passes here: what is not cancelled would come. */
    @Test
    void deadlineThatWasStoppedNeverComes() throws Exception {
        record Planning(FrameDeadline deadline, Queue<AtomicBoolean> cancelled) {
            static Planning begin() {
                Queue<AtomicBoolean> cancelled = new ConcurrentLinkedQueue<>();
                Later later = (delay, task) -> {
                    AtomicBoolean own = new AtomicBoolean();
                    cancelled.add(own);
                    return () -> own.set(true);
                };
                return new Planning(new FrameDeadline(later, Duration.ofMillis(20), () -> {}), cancelled);
            }
        }
        AtomicInteger planned = new AtomicInteger();
        Race.run(
                Planning::begin,
                state -> {
                    state.deadline().inside(true);
                    state.deadline().inside(false);
                    state.deadline().inside(true);
                },
                state -> state.deadline().stop(),
                state -> {
                    planned.addAndGet(state.cancelled().size());
                    assertThat(state.cancelled()).allMatch(AtomicBoolean::get);
                });
        assertThat(planned).hasPositiveValue();
    }

    @Test
    void noFrameIsLeftWithoutAWriter() throws Exception {
        record State(SendQueue queue, AtomicInteger bytes) {}
        Race.run(
                () -> new State(new SendQueue(MOST, new QueueBudget(MOST)), new AtomicInteger()),
                state -> offerAndWrite(state.queue(), state.bytes(), false),
                state -> offerAndWrite(state.queue(), state.bytes(), true),
                state -> {
                    assertThat(state.queue().bytes()).as("left over").isZero();
                    assertThat(state.bytes()).hasValue(8);
                });
    }

    private static void offerAndWrite(SendQueue queue, AtomicInteger bytes, boolean corked) {
        for (int i = 0; i < 4; i++) {
            boolean start = queue.offer(new byte[1], corked) == SendQueue.Offer.START_WRITER;
            if (start || corked && queue.uncork()) {
                drain(queue, bytes);
            }
        }
    }

    private static void drain(SendQueue queue, AtomicInteger bytes) {
        try {
            queue.drain(new OutputStream() {
                @Override
                public void write(int one) {
                    bytes.incrementAndGet();
                }

                @Override
                public void write(byte[] some, int from, int length) {
                    bytes.addAndGet(length);
                }
            });
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }
}
