package dev.pychat.client;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pychat.envelope.Seen;
import dev.pychat.model.MessageId;
import dev.pychat.model.Position;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class SentReceiptTest {

    private static final int FULL = OutboxBudget.MAX_MESSAGES;

    private final MessageId id = MessageId.random(new SecureRandom());
    private final Acceptance acceptance = new Acceptance(id, Position.FIRST, Instant.EPOCH);
    private final ClosedException closed = new ClosedException("the client was closed");

    private SentReceipt receipt() {
        return new SentReceipt(id);
    }

    @Test
    void whatHangsOnItRunsOnAThreadOfTheLibraryWhateverBecomesOfIt() throws Exception {
        SentReceipt accepted = receipt();
        SentReceipt failed = receipt();
        CompletableFuture<String> afterAcceptance = threadOf(accepted);
        CompletableFuture<String> afterFailure = threadOf(failed);
        accepted.accept(acceptance);
        failed.fail(closed);
        assertThat(afterAcceptance.get(120, TimeUnit.SECONDS)).startsWith("pychat-receipt-");
        assertThat(afterFailure.get(120, TimeUnit.SECONDS)).startsWith("pychat-receipt-");
    }

    private static CompletableFuture<String> threadOf(Receipt receipt) {
        return receipt.accepted()
                .handle((accepted, failure) -> Thread.currentThread().getName())
                .toCompletableFuture();
    }

    @Test
    void codeThatWaitsForTheNextReceiptHoldsUpNoOther() throws Exception {
        List<SentReceipt> receipts = new ArrayList<>();
        List<CompletableFuture<Acceptance>> chain = new ArrayList<>();
        for (int i = 0; i < 20; i++) {
            receipts.add(receipt());
        }
        for (int i = 0; i + 1 < receipts.size(); i++) {
            Receipt next = receipts.get(i + 1);
            chain.add(receipts.get(i)
                    .accepted()
                    .thenApply(before -> next.accepted().toCompletableFuture().join())
                    .toCompletableFuture());
        }
        receipts.forEach(each -> each.accept(acceptance));
        for (CompletableFuture<Acceptance> each : chain) {
            assertThat(each.get(120, TimeUnit.SECONDS)).isEqualTo(acceptance);
        }
    }

    @Test
    void codeOnOneStageHoldsUpNoOtherStageOfTheSameReceipt() throws Exception {
        SentReceipt receipt = receipt();
        CountDownLatch second = new CountDownLatch(1);
        CompletableFuture<Boolean> first =
                receipt.accepted().thenApply(accepted -> await(second)).toCompletableFuture();
        CompletableFuture<Void> third =
                receipt.accepted().thenRun(second::countDown).toCompletableFuture();
        CompletableFuture<Boolean> last =
                receipt.accepted().thenApply(accepted -> await(second)).toCompletableFuture();
        receipt.accept(acceptance);
        assertThat(first.get(120, TimeUnit.SECONDS)).isTrue();
        assertThat(last.get(120, TimeUnit.SECONDS)).isTrue();
        third.get(120, TimeUnit.SECONDS);
    }

    private static boolean await(CountDownLatch latch) {
        try {
            return latch.await(120, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            throw new AssertionError("interrupted", e);
        }
    }

    @Test
    void aFullOutboxThatFailsStartsFewThreads() throws Exception {
        Set<Thread> threads = ConcurrentHashMap.newKeySet();
        List<SentReceipt> receipts = new ArrayList<>();
        List<CompletableFuture<Boolean>> told = new ArrayList<>();
        for (int i = 0; i < FULL; i++) {
            SentReceipt receipt = receipt();
            receipts.add(receipt);
            told.add(receipt.accepted()
                    .handle((accepted, failure) -> threads.add(Thread.currentThread()))
                    .toCompletableFuture());
        }
        receipts.forEach(receipt -> receipt.fail(closed));
        CompletableFuture.allOf(told.toArray(CompletableFuture<?>[]::new)).get(120, TimeUnit.SECONDS);
        assertThat(threads).hasSizeLessThan(100);
    }

    @Test
    void whatWasKeptStaysKeptWhenItFailsAndBothAreKnownAtOnce() {
        SentReceipt kept = receipt();
        kept.keep();
        kept.fail(closed);
        assertThat(kept.kept().toCompletableFuture()).isCompleted();
        assertThat(kept.accepted().toCompletableFuture()).isCompletedExceptionally();
        SentReceipt lost = receipt();
        lost.fail(closed);
        assertThat(lost.kept().toCompletableFuture()).isCompletedExceptionally();
    }

    @Test
    void whoHoldsAStageCannotCompleteIt() throws Exception {
        SentReceipt receipt = receipt();
        receipt.accepted().toCompletableFuture().cancel(true);
        receipt.accept(acceptance);
        assertThat(receipt.accepted().toCompletableFuture().get(120, TimeUnit.SECONDS))
                .isEqualTo(acceptance);
    }

    @Test
    void stateFollowsTheServersAnswerAndThenThePeersWord() {
        AtomicReference<Seen> byPeer = new AtomicReference<>(Seen.NOTHING);
        SentReceipt receipt = new SentReceipt(id, byPeer::get);
        assertThat(receipt.state()).isEqualTo(new MessageState.Queued());
        receipt.keep();
        assertThat(receipt.state()).isEqualTo(new MessageState.Queued());
        receipt.accept(acceptance);
        assertThat(receipt.state()).isEqualTo(new MessageState.Accepted());
        byPeer.set(new Seen(Position.FIRST, Position.NONE));
        assertThat(receipt.state()).isEqualTo(new MessageState.Delivered());
        byPeer.set(new Seen(Position.FIRST, Position.FIRST));
        assertThat(receipt.state()).isEqualTo(new MessageState.Read());
    }

    @Test
    void whatIsRefusedHasFailedAndWhatIsKeptWhenTheClientIsClosedWaits() {
        RefusedException refused = new RefusedException("blocked", "bob takes no messages from you");
        SentReceipt gone = receipt();
        gone.keep();
        gone.fail(refused);
        assertThat(gone.state()).isEqualTo(new MessageState.Failed(refused));
        SentReceipt waits = receipt();
        waits.keep();
        waits.fail(closed);
        assertThat(waits.state()).isEqualTo(new MessageState.Queued());
        SentReceipt nobodyKnows = receipt();
        nobodyKnows.fail(closed);
        assertThat(nobodyKnows.state()).isEqualTo(new MessageState.Failed(closed));
        SentReceipt accepted = receipt();
        accepted.accept(acceptance);
        accepted.fail(closed);
        assertThat(accepted.state()).isEqualTo(new MessageState.Accepted());
    }

    @Test
    void everyStateHasASignAndAWord() {
        assertThat(Stream.of(
                                new MessageState.Queued(),
                                new MessageState.Accepted(),
                                new MessageState.Delivered(),
                                new MessageState.Read(),
                                new MessageState.Failed(closed))
                        .map(state -> state.sign() + " " + state.word()))
                .containsExactly(
                        "\u2026 queued", "\u2713 accepted", "\u2713\u2713 delivered", "\u2713\u2713 read", "! failed");
    }
}
