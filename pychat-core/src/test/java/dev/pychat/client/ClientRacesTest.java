package dev.pychat.client;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pychat.model.MessageId;
import dev.pychat.model.Position;
import dev.pychat.race.Race;
import dev.pychat.transport.internal.SerialQueue;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** What the client's threads share without a lock. */
class ClientRacesTest {

    private static final int MANY = 8;
    private static final MessageId ID = MessageId.random(new SecureRandom());
    private static final Acceptance ACCEPTED = new Acceptance(ID, new Position(1), Instant.EPOCH);

    @Test
    void nobodyWaitsForAnAnswerOfAClientThatIsClosed() throws Exception {
        class Closing {
            final Promises promises = new Promises();
            final List<CompletableFuture<String>> answers = new ArrayList<>();
        }
        Race.run(
                Closing::new,
                closing -> {
                    for (int i = 0; i < MANY; i++) {
                        closing.answers.add(closing.promises.make());
                    }
                },
                closing -> closing.promises.close(),
                closing -> assertThat(closing.answers)
                        .hasSize(MANY)
                        .allMatch(CompletableFuture::isCompletedExceptionally, "it will never be answered"));
    }

    @Test
    void latestNewsIsReadHoweverItCame() throws Exception {
        class Reading {
            final ConcurrentLinkedQueue<Runnable> tasks = new ConcurrentLinkedQueue<>();
            final SerialQueue queue = new SerialQueue(tasks::add);
            final Latest<Integer> latest = new Latest<>();
            final AtomicInteger read = new AtomicInteger();

            void work() {
                for (Runnable task = tasks.poll(); task != null; task = tasks.poll()) {
                    task.run();
                }
            }
        }
        Race.run(
                Reading::new,
                reading -> {
                    for (int news = 1; news <= MANY; news++) {
                        reading.latest.put(news, reading.queue, reading.read::set);
                    }
                },
                reading -> {
                    for (int i = 0; i < 4 * MANY; i++) {
                        reading.work();
                    }
                },
                reading -> {
                    reading.work();
                    assertThat(reading.read).as("the last news that was read").hasValue(MANY);
                });
    }

    @Test
    void receiptHasOneOutcomeAndItsStateSaysTheSame() throws Exception {
        Race.run(
                () -> new SentReceipt(ID),
                receipt -> receipt.accept(ACCEPTED),
                receipt -> receipt.fail(new RefusedException("blocked", "refused")),
                receipt -> {
                    CompletableFuture<Acceptance> outcome = receipt.accepted().toCompletableFuture();
                    assertThat(outcome).isDone();
                    assertThat(receipt.state() instanceof MessageState.Failed)
                            .as("it failed")
                            .isEqualTo(outcome.isCompletedExceptionally());
                });
    }

    @Test
    void roomForOneIsGivenToOne() throws Exception {
        class Room {
            final UntoldBudget budget = new UntoldBudget(100);
            final AtomicInteger taken = new AtomicInteger();

            void use() {
                for (int i = 0; i < MANY; i++) {
                    if (budget.take(60)) {
                        assertThat(taken.incrementAndGet())
                                .as("holders at once")
                                .isEqualTo(1);
                        taken.decrementAndGet();
                        budget.give(60);
                    }
                }
            }
        }
        Race.run(Room::new, Room::use, Room::use, room -> {
            assertThat(room.budget.take(100)).as("all of it is free again").isTrue();
            assertThat(room.budget.take(1)).isFalse();
        });
    }

    @Test
    void poolThatHasATaskInLineIsWatched() throws Exception {
        class Watched {
            final ConcurrentLinkedQueue<Runnable> looks = new ConcurrentLinkedQueue<>();
            // Its threads end at once, so that whatever is given to it stays in line.
            final GrowingPool pool = new GrowingPool(1, task -> new Thread(() -> {}), looks::add);

            Watched() {
                pool.execute(() -> {});
                pool.execute(() -> {});
            }

            void look() {
                Runnable look = looks.poll();
                if (look != null) {
                    look.run();
                }
            }
        }
        Race.run(
                Watched::new,
                watched -> watched.pool.execute(() -> {}),
                watched -> {
                    watched.pool.threads().getQueue().poll();
                    watched.look();
                },
                watched ->
                        assertThat(watched.looks).as("what looks after it next").hasSize(1));
    }
}
