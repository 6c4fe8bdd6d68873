package dev.pychat.ref.client.home;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pychat.model.Bytes;
import dev.pychat.model.EpochName;
import dev.pychat.model.MessageId;
import dev.pychat.model.Position;
import dev.pychat.model.Username;
import dev.pychat.store.OutboxEntry;
import dev.pychat.store.OutboxStep;
import dev.pychat.store.TranscriptEntry;
import dev.pychat.store.TranscriptEpoch;
import dev.pychat.store.TranscriptSpan;
import dev.pychat.store.TranscriptStep;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LogGrowthTest {
    private static final Username BOB = new Username("bob");
    private static final EpochName EPOCH = new EpochName(Bytes.fromHex("0e".repeat(EpochName.SIZE)));

    @TempDir
    Path folder;

    @Test
    void outboxThatIsEmptiedAgainAndAgainStaysSmall() throws Exception {
        Path path = folder.resolve("outbox.log");
        try (FileOutboxStore outbox = new FileOutboxStore(path)) {
            for (long number = 1; number <= 300; number++) {
                OutboxEntry draft = new OutboxEntry.Draft(number, id(number), Bytes.adopt(new byte[8000]));
                outbox.keep(
                        new OutboxStep(BOB, Bytes.EMPTY, Bytes.EMPTY, List.of(), List.of(draft), List.of(number - 1)));
            }
            assertThat(Files.size(path)).isLessThan(2 * FileOutboxStore.SMALL);
            assertThat(outbox.load().get(0).entries())
                    .extracting(OutboxEntry::number)
                    .containsExactly(300L);
        }
        try (FileOutboxStore outbox = new FileOutboxStore(path)) {
            assertThat(outbox.load().get(0).entries())
                    .extracting(OutboxEntry::number)
                    .containsExactly(300L);
        }
    }

    @Test
    void transcriptIsTheSameAfterItWasRewritten() throws Exception {
        Path path = folder.resolve("bob.log");
        try (FileTranscriptStore store = new FileTranscriptStore(folder)) {
            for (long position = 5; position <= 300; position++) {
                List<TranscriptEpoch> epochs =
                        position == 7 ? List.of(new TranscriptEpoch(EPOCH, Bytes.fromHex("beef"))) : List.of();
                Bytes state = Bytes.concat(id(position).value(), Bytes.adopt(new byte[12_000]));
                store.append(new TranscriptStep(BOB, List.of(entry(position)), epochs, state));
            }
            assertThat(Files.size(path)).isLessThan(3_000_000);
            assertWhole(store);
        }
        try (FileTranscriptStore store = new FileTranscriptStore(folder)) {
            assertWhole(store);
        }
    }

    @Test
    void whatWasReplacedIsStillReplacedAfterTheLogWasRewritten() throws Exception {
        try (FileTranscriptStore store = new FileTranscriptStore(folder)) {
            store.append(new TranscriptStep(BOB, List.of(unopened(5), unopened(6)), List.of(), Bytes.EMPTY));
            store.replace(new TranscriptStep(BOB, List.of(entry(5)), List.of(), Bytes.EMPTY));
            for (long position = 7; position <= 300; position++) {
                Bytes state = Bytes.adopt(new byte[12_000]);
                store.append(new TranscriptStep(BOB, List.of(entry(position)), List.of(), state));
            }
            assertThat(store.page(BOB, new Position(8), 3)).containsExactly(entry(5), unopened(6), entry(7));
        }
        try (FileTranscriptStore store = new FileTranscriptStore(folder)) {
            assertThat(store.page(BOB, new Position(8), 3)).containsExactly(entry(5), unopened(6), entry(7));
            assertThat(store.find(BOB, entry(5).id())).contains(entry(5));
        }
    }

    private static TranscriptEntry unopened(long position) {
        TranscriptEntry opened = entry(position);
        return new TranscriptEntry(
                opened.position(),
                opened.id(),
                EpochName.NONE,
                -1,
                opened.envelopeHash(),
                opened.viewHash(),
                opened.sealed());
    }

    private static void assertWhole(FileTranscriptStore store) throws Exception {
        TranscriptSpan span = store.span(BOB);
        assertThat(span.from()).isEqualTo(new Position(5));
        assertThat(span.to()).isEqualTo(new Position(300));
        assertThat(span.state().slice(0, 16)).isEqualTo(id(300).value());
        assertThat(store.epoch(BOB, EPOCH)).hasValue(Bytes.fromHex("beef"));
        for (long position = 5; position <= 300; position++) {
            assertThat(store.find(BOB, id(position))).hasValue(entry(position));
            assertThat(store.page(BOB, new Position(position + 1), 1)).containsExactly(entry(position));
        }
        assertThat(store.page(BOB, new Position(290), 256)).hasSize(256).endsWith(entry(289));
    }

    private static TranscriptEntry entry(long position) {
        Bytes hash = Bytes.concat(id(position).value(), id(position).value());
        return new TranscriptEntry(
                new Position(position),
                id(position),
                EPOCH,
                (int) (position % 256),
                hash,
                hash,
                id(-position).value());
    }

    private static MessageId id(long number) {
        return new MessageId(Bytes.adopt(
                ByteBuffer.allocate(MessageId.SIZE).putLong(8, number).array()));
    }
}
