package dev.pychat.ref.client.home;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pychat.model.Bytes;
import dev.pychat.model.EpochName;
import dev.pychat.model.MessageId;
import dev.pychat.model.Position;
import dev.pychat.model.Username;
import dev.pychat.store.OutboxEntry;
import dev.pychat.store.OutboxStep;
import dev.pychat.store.StoreRefusedException;
import dev.pychat.store.TranscriptEntry;
import dev.pychat.store.TranscriptForgetting;
import dev.pychat.store.TranscriptStep;
import dev.pychat.testkit.store.ForgettingContract;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FileForgettingTest extends ForgettingContract {
    private static final Username DORA = new Username("dora");
    private static final Bytes SEALED = Bytes.fromHex("5ea1ed".repeat(30));

    @TempDir
    static Path folder;

    @TempDir
    Path own;

    FileForgettingTest() {
        super(new FileDevice(() -> folder));
    }

    @Test
    void whatIsToBeForgottenIsInTheFilesBefore() throws Exception {
        try (FileTranscriptStore store = new FileTranscriptStore(own)) {
            store.append(new TranscriptStep(DORA, List.of(entry()), List.of(), Bytes.EMPTY));
            assertThat(Grep.finds(own, SEALED)).isTrue();
            store.forget(forgetting());
            assertThat(Grep.finds(own, SEALED)).isFalse();
        }
        try (FileOutboxStore outbox = new FileOutboxStore(own.resolve("outbox.log"))) {
            OutboxEntry draft = new OutboxEntry.Draft(1, entry().id(), SEALED);
            outbox.keep(new OutboxStep(DORA, Bytes.EMPTY, Bytes.EMPTY, List.of(), List.of(draft), List.of()));
            outbox.keep(OutboxStep.dropping(DORA, Bytes.EMPTY, List.of(1L)));
            assertThat(Grep.finds(own, SEALED)).isTrue();
            outbox.eraseDropped();
            assertThat(Grep.finds(own, SEALED)).isFalse();
        }
    }

    /** A crash while the log was written anew; what it left may be what is to be forgotten later. */
    @Test
    void whatACutRewritingLeftIsGoneWithTheNextOpening() throws Exception {
        try (FileTranscriptStore store = new FileTranscriptStore(own)) {
            store.append(new TranscriptStep(DORA, List.of(entry()), List.of(), Bytes.EMPTY));
        }
        Files.copy(own.resolve("dora.log"), own.resolve("dora.log.new"));
        try (FileTranscriptStore store = new FileTranscriptStore(own)) {
            assertThat(store.page(DORA, new Position(2), 1)).containsExactly(entry());
            assertThat(own.resolve("dora.log.new")).doesNotExist();
        }
    }

    @Test
    void forgettingThatCanNotBeWrittenChangesNothingAndIsDoneLater() throws Exception {
        try (FileTranscriptStore store = new FileTranscriptStore(own)) {
            store.append(new TranscriptStep(DORA, List.of(entry()), List.of(), Bytes.EMPTY));
            Path inTheWay = own.resolve("dora.log.new");
            Files.createDirectory(inTheWay);
            Files.createFile(inTheWay.resolve("something"));
            assertThatThrownBy(() -> store.forget(forgetting())).isInstanceOf(StoreRefusedException.class);
            assertThat(store.page(DORA, new Position(2), 1)).containsExactly(entry());
            Files.delete(inTheWay.resolve("something"));
            store.forget(forgetting());
            assertThat(Grep.finds(own, SEALED)).isFalse();
            assertThat(store.page(DORA, new Position(2), 1)).containsExactly(entry().withSealed(Bytes.fromHex("0f")));
        }
    }

    private static TranscriptForgetting forgetting() {
        return new TranscriptForgetting(DORA, Map.of(new Position(1), Bytes.fromHex("0f")), List.of());
    }

    private static TranscriptEntry entry() {
        return new TranscriptEntry(
                new Position(1),
                new MessageId(Bytes.fromHex("1d".repeat(MessageId.SIZE))),
                new EpochName(Bytes.fromHex("0e".repeat(EpochName.SIZE))),
                0,
                Bytes.fromHex("aa".repeat(32)),
                Bytes.fromHex("bb".repeat(32)),
                SEALED);
    }
}
