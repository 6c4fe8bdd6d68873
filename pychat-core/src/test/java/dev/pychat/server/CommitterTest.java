package dev.pychat.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pychat.store.AppendResult;
import dev.pychat.store.AppendResult.Appended;
import dev.pychat.store.OutcomeUnknownException;
import dev.pychat.store.StoreRefusedException;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class CommitterTest {

    private static final int PATIENCE = 120;

    private final GatedStore store = new GatedStore();
    private final List<Integer> announced = new ArrayList<>();

    @Test
    void whatWaitsWhileABatchIsWrittenBecomesTheNextBatch() throws Exception {
        try (Committer committer = committer(ServerLimits.DEFAULT)) {
            CompletionStage<AppendResult> first = committer.append(Numbered.submission(0));
            store.awaitBatch();
            List<CompletionStage<AppendResult>> rest = IntStream.range(1, 100)
                    .mapToObj(i -> committer.append(Numbered.submission(i)))
                    .toList();
            assertThat(first.toCompletableFuture()).isNotDone();
            store.open();
            for (CompletionStage<AppendResult> one : rest) {
                assertThat(get(one)).isInstanceOf(Appended.class);
            }
        }
        assertThat(store.batches()).containsExactly(1, 99);
        assertThat(announced).containsExactly(1, 99);
    }

    @Test
    void batchIsNoLargerThanItsLimit() throws Exception {
        try (Committer committer = committer(ServerLimits.builder().batch(10).build())) {
            committer.append(Numbered.submission(0));
            store.awaitBatch();
            List<CompletionStage<AppendResult>> rest = IntStream.range(1, 26)
                    .mapToObj(i -> committer.append(Numbered.submission(i)))
                    .toList();
            store.open();
            get(rest.get(24));
        }
        assertThat(store.batches()).containsExactly(1, 10, 10, 5);
    }

    @Test
    void fullQueueIsBusyAndNothingOfItHappens() throws Exception {
        try (Committer committer =
                committer(ServerLimits.builder().waitingMessages(2).build())) {
            committer.append(Numbered.submission(0));
            store.awaitBatch();
            CompletionStage<AppendResult> second = committer.append(Numbered.submission(1));
            committer.append(Numbered.submission(2));
            assertThatThrownBy(() -> get(committer.append(Numbered.submission(3))))
                    .hasCauseInstanceOf(BusyException.class);
            store.open();
            get(second);
        }
        assertThat(store.batches()).containsExactly(1, 2);
    }

    @Test
    void whoOnlyReceivesIsToldBeforeTheAnswerAndTheOthersBehindIt() throws Exception {
        List<String> order = new CopyOnWriteArrayList<>();
        Committer committer = new Committer(
                store,
                ServerLimits.DEFAULT,
                (batch, results) -> {
                    order.add("recipients");
                    return () -> order.add("senders");
                },
                ServerMetrics.NONE,
                new StoreHealth(Clock.systemUTC()).messages());
        CompletionStage<AppendResult> answer = committer.append(Numbered.submission(0));
        CompletionStage<Boolean> noted = answer.thenApply(result -> order.add("answer"));
        store.open();
        get(answer);
        committer.close();
        assertThat(noted.toCompletableFuture()).isCompletedWithValue(true);
        assertThat(order).containsExactly("recipients", "answer", "senders");
    }

    @Test
    void brokenBusNeitherKeepsAnAnswerBackNorEndsTheThread() throws Exception {
        store.open();
        List<Integer> tries = new CopyOnWriteArrayList<>();
        try (Committer committer = new Committer(
                store,
                ServerLimits.DEFAULT,
                (batch, results) -> {
                    tries.add(batch.size());
                    throw new IllegalStateException("the bus is broken");
                },
                ServerMetrics.NONE,
                new StoreHealth(Clock.systemUTC()).messages())) {
            assertThat(get(committer.append(Numbered.submission(0)))).isInstanceOf(Appended.class);
            assertThat(get(committer.append(Numbered.submission(1)))).isInstanceOf(Appended.class);
        }
        assertThat(tries).containsExactly(1, 1);
    }

    @Test
    void closingStoresWhatWaitsAndRefusesWhatComes() throws Exception {
        Committer committer = committer(ServerLimits.DEFAULT);
        committer.append(Numbered.submission(0));
        store.awaitBatch();
        CompletionStage<AppendResult> waiting = committer.append(Numbered.submission(1));
        CompletableFuture<Void> closing =
                CompletableFuture.runAsync(committer::close, task -> new Thread(task).start());
        store.open();
        closing.get(PATIENCE, TimeUnit.SECONDS);
        assertThat(waiting.toCompletableFuture()).isCompleted();
        assertThatThrownBy(() -> get(committer.append(Numbered.submission(2))))
                .hasCauseInstanceOf(StoreRefusedException.class);
        committer.close();
    }

    @Test
    void refusalAndUnknownOutcomeAreToldApartAndTheNextBatchIsTried() throws Exception {
        store.open();
        try (Committer committer = committer(ServerLimits.DEFAULT)) {
            store.failNext(new StoreRefusedException("the disk is full"));
            assertThatThrownBy(() -> get(committer.append(Numbered.submission(0))))
                    .hasCauseInstanceOf(StoreRefusedException.class);
            store.failNext(new OutcomeUnknownException("the disk has gone"));
            assertThatThrownBy(() -> get(committer.append(Numbered.submission(1))))
                    .hasCauseInstanceOf(OutcomeUnknownException.class);
            store.breakNext();
            assertThatThrownBy(() -> get(committer.append(Numbered.submission(2))))
                    .hasCauseInstanceOf(OutcomeUnknownException.class);
            assertThat(get(committer.append(Numbered.submission(3)))).isInstanceOf(Appended.class);
        }
        assertThat(announced).containsExactly(1);
    }

    private Committer committer(ServerLimits limits) {
        return new Committer(
                store,
                limits,
                (batch, results) -> {
                    announced.add(batch.size());
                    return () -> {};
                },
                ServerMetrics.NONE,
                new StoreHealth(Clock.systemUTC()).messages());
    }

    private static AppendResult get(CompletionStage<AppendResult> stage) throws ExecutionException {
        try {
            return stage.toCompletableFuture().get(PATIENCE, TimeUnit.SECONDS);
        } catch (InterruptedException | java.util.concurrent.TimeoutException e) {
            throw new AssertionError("no answer", e);
        }
    }
}
