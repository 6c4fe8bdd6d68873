package dev.pychat.client;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pychat.model.Bytes;
import dev.pychat.model.Content;
import dev.pychat.model.MessageId;
import dev.pychat.model.Position;
import dev.pychat.model.Username;
import dev.pychat.store.StoreException;
import dev.pychat.store.StoreRefusedException;
import dev.pychat.transport.internal.SerialQueue;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.RejectedExecutionException;
import java.util.stream.LongStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What listeners are given waits until the test lets it run, on the test's thread. */
class TellingTest {

    private static final Username PEER = new Username("bob");
    private static final int BODY = 1_000;

    /** Room for three messages of a thousand bytes. */
    private final UntoldBudget budget = new UntoldBudget(3 * (BODY + 512));

    private final Queue<Runnable> callbacks = new ConcurrentLinkedQueue<>();
    private final List<String> told = new ArrayList<>();
    private final List<Long> read = new CopyOnWriteArrayList<>();
    private final List<Position> acknowledged = new CopyOnWriteArrayList<>();
    private final Listeners listeners = new Listeners(this::take);
    private final SerialQueue queue = new SerialQueue(Runnable::run);
    private final Telling telling = new Telling(PEER, listeners, queue, budget, this::stored, acknowledged::add);
    private volatile boolean rejecting;
    private volatile boolean unreadable;

    @BeforeEach
    void listen() {
        telling.listen(new MessageListener() {
            @Override
            public void onMessage(ChatMessage message) {
                told.add(message.position().toString());
            }

            @Override
            public void onOpenedLate(ChatMessage message) {
                told.add("late " + message.position());
            }
        });
    }

    private void take(Runnable callback) {
        if (rejecting) {
            throw new RejectedExecutionException("as a test wants it");
        }
        callbacks.add(callback);
    }

    private List<ChatMessage> stored(Position first, int count) throws StoreException {
        if (unreadable) {
            throw new StoreRefusedException("as a test wants it");
        }
        List<ChatMessage> messages = messages(first.value(), first.value() + count - 1);
        messages.forEach(message -> read.add(message.position().value()));
        return messages;
    }

    @Test
    void whatHasNoRoomIsReadAgainInItsTurn() {
        add(1, 2);
        add(3, 3);
        add(4, 4);
        add(5, 60);
        assertThat(told).isEmpty();
        run();
        assertThat(told).isEqualTo(names(1, 60));
        assertThat(read)
                .containsExactlyElementsOf(LongStream.rangeClosed(4, 60).boxed().toList());
        assertThat(acknowledged).isSorted().endsWith(new Position(60));
    }

    @Test
    void roomIsGivenBackWhenTheListenersHaveReturned() {
        for (int i = 1; i <= 20; i++) {
            add(i, i);
            run();
        }
        assertThat(told).isEqualTo(names(1, 20));
        assertThat(read).isEmpty();
    }

    @Test
    void whatComesWithRoomAgainIsToldBehindWhatWasLeft() {
        add(1, 3);
        add(4, 5);
        callbacks.remove().run();
        add(6, 6);
        run();
        assertThat(told).isEqualTo(names(1, 6));
        assertThat(read).containsExactly(4L, 5L);
    }

    @Test
    void lateMessageIsToldAgainUnlessItsFirstTurnShowsItOpened() {
        add(1, 3);
        add(4, 9);
        queue.execute(() -> telling.addLate(messages(2, 3)));
        queue.execute(() -> telling.addLate(messages(5, 6)));
        run();
        List<String> all = new ArrayList<>(names(1, 9));
        all.addAll(List.of("late 2", "late 3"));
        assertThat(told).isEqualTo(all);
    }

    @Test
    void batchThatAnExecutorRejectedIsToldWithTheNext() {
        rejecting = true;
        add(1, 1);
        rejecting = false;
        add(2, 2);
        run();
        assertThat(told).isEqualTo(names(1, 2));
    }

    @Test
    void batchThatAnExecutorRejectedIsToldLaterWithoutAnythingElseHappening() {
        rejecting = true;
        add(1, 1);
        rejecting = false;
        long end = System.nanoTime() + Duration.ofMinutes(1).toNanos();
        while (told.isEmpty() && System.nanoTime() < end) {
            run();
            Thread.onSpinWait();
        }
        assertThat(told).isEqualTo(names(1, 1));
    }

    @Test
    void whatCannotBeReadIsReadLaterWithoutAnythingElseHappening() {
        add(1, 3);
        add(4, 4);
        unreadable = true;
        run();
        assertThat(told).isEqualTo(names(1, 3));
        add(5, 5);
        unreadable = false;
        long end = System.nanoTime() + Duration.ofMinutes(1).toNanos();
        while (told.size() < 5 && System.nanoTime() < end) {
            run();
            Thread.onSpinWait();
        }
        assertThat(told).isEqualTo(names(1, 5));
    }

    private void add(long from, long to) {
        queue.execute(() -> telling.add(messages(from, to)));
    }

    private void run() {
        for (Runnable next = callbacks.poll(); next != null; next = callbacks.poll()) {
            next.run();
        }
    }

    private static List<String> names(long from, long to) {
        return LongStream.rangeClosed(from, to).mapToObj(String::valueOf).toList();
    }

    private static List<ChatMessage> messages(long from, long to) {
        return LongStream.rangeClosed(from, to)
                .mapToObj(position -> message(new Position(position)))
                .toList();
    }

    private static ChatMessage message(Position position) {
        Content content = new Content(Content.TEXT, Bytes.adopt(new byte[BODY]));
        return new ChatMessage(
                PEER,
                position,
                new MessageId(Bytes.adopt(new byte[MessageId.SIZE])),
                PEER,
                false,
                Instant.EPOCH,
                Instant.EPOCH,
                Optional.of(content),
                List.of(),
                false);
    }
}
