package dev.pychat.ref.client.screen;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pychat.client.ChatMessage;
import dev.pychat.model.Bytes;
import dev.pychat.model.Content;
import dev.pychat.model.MessageId;
import dev.pychat.model.Position;
import dev.pychat.model.Username;
import dev.pychat.ref.client.terminal.PipeConsole;
import java.io.ByteArrayOutputStream;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What is told of beside the open chat. */
class NewsTest {
    private static final Username BOB = new Username("bob");

    private final ByteArrayOutputStream shown = new ByteArrayOutputStream();
    private final Output output = new Output(PipeConsole.over(InputStream.nullInputStream(), shown), ZoneOffset.UTC);
    private final News news = new News(output, new Sent(output));

    @BeforeEach
    void begin() {
        news.begin(List.of());
    }

    @Test
    void messageIsTold() {
        news.onMessage(message(1, Content.text("hello")));
        assertThat(lines()).containsExactly("bob sent you 1 message");
    }

    @Test
    void whatClientsSayToEachOtherIsNotTold() {
        news.onMessage(message(1, new Content(Content.FIRST_OWN, Bytes.EMPTY)));
        news.onMessage(message(2, new Content(Content.FIRST_CONTROL, Bytes.EMPTY)));
        assertThat(lines()).isEmpty();
    }

    @Test
    void keysThatWaitForThePersonAreToldWithWhatToDo() {
        news.onRewrapAsked(BOB, 3);
        assertThat(lines())
                .singleElement()
                .satisfies(line -> assertThat(line)
                        .startsWith("The device of bob asks for the keys of 3 runs of messages")
                        .contains("!REWRAP bob"));
    }

    private List<String> lines() {
        return shown.toString(StandardCharsets.UTF_8).lines().toList();
    }

    private static ChatMessage message(long position, Content content) {
        return new ChatMessage(
                BOB,
                new Position(position),
                MessageId.random(new SecureRandom()),
                BOB,
                false,
                Instant.EPOCH,
                Instant.EPOCH,
                Optional.of(content),
                List.of(),
                false);
    }
}
