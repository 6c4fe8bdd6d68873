package dev.pychat.ref.client.screen;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pychat.client.ChatMessage;
import dev.pychat.envelope.Finding;
import dev.pychat.model.Bytes;
import dev.pychat.model.Content;
import dev.pychat.model.MessageId;
import dev.pychat.model.Position;
import dev.pychat.model.Username;
import dev.pychat.ref.client.text.Entry;
import java.security.SecureRandom;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class LinesTest {

    private static final Username ALICE = new Username("alice");

    @Test
    void unknownContentIsToldAsANewerKindOfMessage() {
        assertThat(lines(Optional.of(new Content(2, Bytes.EMPTY))))
                .singleElement()
                .satisfies(entry -> assertThat(entry.toString()).contains("newer kind of message"));
    }

    @Test
    void unknownControlContentIsNotShown() {
        assertThat(lines(Optional.of(new Content(Content.FIRST_CONTROL, Bytes.EMPTY))))
                .isEmpty();
    }

    @Test
    void messageThatDidNotOpenIsTold() {
        assertThat(lines(Optional.empty()))
                .singleElement()
                .satisfies(entry -> assertThat(entry.toString()).contains("could not be opened"));
    }

    private static List<Entry> lines(Optional<Content> content) {
        List<Finding> none = List.of();
        return Lines.of(
                new ChatMessage(
                        ALICE,
                        Position.FIRST,
                        MessageId.random(new SecureRandom()),
                        ALICE,
                        false,
                        Instant.EPOCH,
                        Instant.EPOCH,
                        content,
                        none,
                        false),
                ZoneOffset.UTC,
                true);
    }
}
