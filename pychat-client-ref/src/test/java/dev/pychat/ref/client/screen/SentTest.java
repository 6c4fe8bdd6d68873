package dev.pychat.ref.client.screen;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pychat.client.Acceptance;
import dev.pychat.client.MessageState;
import dev.pychat.client.Receipt;
import dev.pychat.model.MessageId;
import dev.pychat.model.PychatException;
import dev.pychat.model.Username;
import dev.pychat.ref.client.terminal.PipeConsole;
import java.io.ByteArrayOutputStream;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.ZoneOffset;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.junit.jupiter.api.Test;

/** What is known of messages of this run, whoever is told first of what became of them. */
class SentTest {
    private static final Username BOB = new Username("bob");
    private static final Username CAROL = new Username("carol");

    private final ByteArrayOutputStream shown = new ByteArrayOutputStream();
    private final Sent sent =
            new Sent(new Output(PipeConsole.over(InputStream.nullInputStream(), shown), ZoneOffset.UTC));

    @Test
    void messageOfWhichAPersonWasToldThatItFailedIsListedAsFailedAtOnce() {
        HeldReceipt receipt = new HeldReceipt();
        sent.add(BOB, "let me in", receipt);
        Refusal why = new Refusal("bob does not take messages from you");
        receipt.state = new MessageState.Failed(why);
        sent.refused(BOB, why);
        assertThat(sent.failed(BOB)).extracting(Sent.Failed::text).containsExactly("let me in");
        receipt.accepted.completeExceptionally(why);
        assertThat(sent.failed(BOB)).extracting(Sent.Failed::text).containsExactly("let me in");
        assertThat(sent.failed(CAROL)).isEmpty();
        assertThat(shown.toString(StandardCharsets.UTF_8).lines())
                .containsExactly("A message to bob was not sent: bob does not take messages from you");
    }

    @Test
    void theLastFailedOnesAreListed() {
        for (int i = 0; i < 50; i++) {
            HeldReceipt receipt = new HeldReceipt();
            sent.add(BOB, "text " + i, receipt);
            if (i % 2 == 0) {
                receipt.fail(new Refusal("refused " + i));
            } else {
                receipt.accept();
            }
        }
        assertThat(sent.failed(BOB))
                .extracting(Sent.Failed::text)
                .hasSize(20)
                .startsWith("text 10")
                .endsWith("text 48");
    }

    @Test
    void whatIsOpenOrAcceptedHasNotFailed() {
        HeldReceipt accepted = new HeldReceipt();
        sent.add(BOB, "accepted", accepted);
        sent.add(BOB, "open", new HeldReceipt());
        accepted.accept();
        assertThat(sent.failed(BOB)).isEmpty();
    }

    private static final class Refusal extends PychatException {
        private static final long serialVersionUID = 1;

        Refusal(String why) {
            super(why);
        }
    }

    /** One whose stage may be told later than whoever else is told. */
    private static final class HeldReceipt implements Receipt {
        final MessageId id = MessageId.random(new SecureRandom());
        final CompletableFuture<Acceptance> accepted = new CompletableFuture<>();
        MessageState state = new MessageState.Queued();

        void fail(PychatException why) {
            state = new MessageState.Failed(why);
            accepted.completeExceptionally(why);
        }

        void accept() {
            state = new MessageState.Accepted();
            accepted.complete(null);
        }

        @Override
        public MessageId id() {
            return id;
        }

        @Override
        public CompletionStage<Void> kept() {
            return new CompletableFuture<>();
        }

        @Override
        public CompletionStage<Acceptance> accepted() {
            return accepted;
        }

        @Override
        public MessageState state() {
            return state;
        }
    }
}
