package dev.pychat.testkit.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pychat.model.ConversationId;
import dev.pychat.model.Position;
import dev.pychat.store.AppendResult;
import dev.pychat.store.AppendResult.Appended;
import dev.pychat.store.MessagePage;
import dev.pychat.store.MessageReads;
import dev.pychat.store.Submission;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

/** Appending and reading from many threads, some of them interrupted. */
public abstract class ConcurrentAppendContract extends ServerStoresContract {

    private static final int WRITERS = 8;
    private static final int EACH = 40;
    private static final long TOTAL = WRITERS * EACH;

    /** For subclasses. */
    protected ConcurrentAppendContract() {}

    @Test
    void positionsOfConcurrentWritersHaveNoGapAndNoReaderSeesOne() throws Exception {
        Talker alice = talker(ALICE, BOB);
        List<Callable<List<Long>>> works = new ArrayList<>();
        for (int i = 0; i < WRITERS; i++) {
            Talker writer = i % 2 == 0 ? alice.anotherLane() : alice.answering();
            works.add(() -> write(writer));
        }
        works.add(() -> readForwards(alice.conversation()));
        works.add(() -> readBackwards(alice.conversation()));
        List<List<Long>> results = AtOnce.run(works);
        assertThat(results.subList(0, WRITERS).stream().flatMap(List::stream))
                .containsExactlyInAnyOrderElementsOf(upTo(TOTAL));
        assertThat(results.get(WRITERS)).isEqualTo(upTo(TOTAL));
    }

    private List<Long> write(Talker writer) throws Exception {
        List<Long> positions = new ArrayList<>();
        for (int i = 0; i < EACH; i++) {
            Appended answer = (Appended) append(writer.next());
            positions.add(answer.position().value());
            assertThat(stores().messages()
                            .since(writer.conversation(), answer.position().plus(-1), 1)
                            .messages())
                    .as("what was acknowledged is there")
                    .hasSize(1);
        }
        return positions;
    }

    private List<Long> readForwards(ConversationId conversation) throws Exception {
        List<Long> seen = new ArrayList<>();
        while (seen.size() < TOTAL) {
            MessagePage page =
                    stores().messages().since(conversation, new Position(seen.size()), MessageReads.MAX_PAGE);
            long behind = page.head().value() - seen.size();
            assertThat(page.messages()).hasSize((int) Math.min(behind, MessageReads.MAX_PAGE));
            page.messages().forEach(message -> seen.add(message.position().value()));
        }
        return seen;
    }

    private List<Long> readBackwards(ConversationId conversation) throws Exception {
        long head = 0;
        while (head < TOTAL) {
            MessagePage page = stores().messages().page(conversation, new Position(Long.MAX_VALUE), 5);
            head = page.head().value();
            long first = Math.max(1, head - 4);
            assertThat(page.messages().stream()
                            .map(message -> message.position().value()))
                    .isEqualTo(LongStream.rangeClosed(first, head).boxed().toList());
        }
        return List.of();
    }

    @Test
    void interruptedCallerHarmsNobody() throws Exception {
        Talker alice = talker(ALICE, BOB);
        List<Callable<Integer>> works = new ArrayList<>();
        for (int i = 0; i < WRITERS; i++) {
            Talker writer = alice.anotherLane();
            boolean interrupted = i % 2 == 0;
            works.add(() -> writeAndRead(writer, interrupted));
        }
        assertThat(AtOnce.run(works)).containsOnly(EACH);
        Submission after = alice.next();
        assertThat(append(after)).isInstanceOf(Appended.class);
        assertThat(stores().messages()
                        .since(alice.conversation(), Position.NONE, 1)
                        .head()
                        .value())
                .isEqualTo(TOTAL + 1);
    }

    private int writeAndRead(Talker writer, boolean interrupted) throws Exception {
        int stored = 0;
        for (int i = 0; i < EACH; i++) {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
            Appended answer = (Appended) append(writer.next());
            stored += stores().messages()
                    .page(writer.conversation(), answer.position().next(), 1)
                    .messages()
                    .size();
            assertThat(Thread.currentThread().isInterrupted()).isEqualTo(interrupted);
        }
        assertThat(Thread.interrupted()).isEqualTo(interrupted);
        return stored;
    }

    @Test
    void callerInterruptedWhileItWaitsHarmsNobody() throws Exception {
        Talker alice = talker(ALICE, BOB);
        AtomicBoolean done = new AtomicBoolean();
        List<AppendResult> answers = new ArrayList<>();
        Thread writer = new Thread(() -> {
            try {
                for (int i = 0; i < EACH; i++) {
                    answers.add(append(alice.next()));
                }
            } catch (Exception e) {
                throw new AssertionError(e);
            } finally {
                done.set(true);
            }
        });
        writer.start();
        while (!done.get()) {
            writer.interrupt();
            Thread.onSpinWait();
        }
        writer.join();
        assertThat(answers).hasSize(EACH).hasOnlyElementsOfType(Appended.class);
        assertThat(stores().messages()
                        .since(alice.conversation(), Position.NONE, MessageReads.MAX_PAGE)
                        .messages())
                .hasSize(EACH);
    }

    private static List<Long> upTo(long last) {
        return LongStream.rangeClosed(1, last).boxed().toList();
    }
}
