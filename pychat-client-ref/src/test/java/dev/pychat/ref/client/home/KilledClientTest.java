package dev.pychat.ref.client.home;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pychat.model.Bytes;
import dev.pychat.model.EpochName;
import dev.pychat.model.MessageId;
import dev.pychat.model.Position;
import dev.pychat.model.Realm;
import dev.pychat.model.Username;
import dev.pychat.store.ClientStores;
import dev.pychat.store.LocalAccount;
import dev.pychat.store.OutboxEntry;
import dev.pychat.store.OutboxStep;
import dev.pychat.store.TranscriptEntry;
import dev.pychat.store.TranscriptStep;
import java.io.BufferedReader;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A process is killed with SIGKILL while it keeps steps; what it said to be kept is there afterwards, and nothing torn. */
class KilledClientTest {
    private static final int ROUNDS = 20;
    private static final Username BOB = new Username("bob");
    private static final LocalAccount ALICE =
            new LocalAccount(new Realm(Bytes.fromHex("02".repeat(16))), new Username("alice"));

    @TempDir
    Path folder;

    @Test
    void nothingAcknowledgedIsMissingAfterAKill() throws Exception {
        long seed = System.nanoTime();
        Random random = new Random(seed);
        long kept = 0;
        for (int round = 0; round < ROUNDS; round++) {
            long acknowledged = runAndKill(kept + 1, 2 + random.nextInt(300));
            try (ClientStores stores = new FileClientStores(folder)) {
                long last = stores.transcripts(ALICE).span(BOB).to().value();
                assertThat(last).as("seed %d, round %d", seed, round).isGreaterThanOrEqualTo(acknowledged);
                // The kill may have come between the two stores.
                assertThat(stores.outbox(ALICE).load().get(0).entries())
                        .as("seed %d, round %d", seed, round)
                        .extracting(OutboxEntry::number)
                        .containsAnyOf(last, last + 1);
                for (TranscriptEntry entry : stores.transcripts(ALICE).page(BOB, new Position(last + 1), 256)) {
                    assertThat(entry).isEqualTo(Keeper.entry(entry.position().value()));
                }
                kept = last;
            }
        }
    }

    /** Gives the last number that the process had acknowledged when it died. */
    private long runAndKill(long first, int steps) throws Exception {
        Process keeper = OtherProcess.start(Keeper.class, folder.toString(), Long.toString(first));
        try (BufferedReader lines = keeper.inputReader()) {
            for (int i = 1; i < steps; i++) {
                assertThat(lines.readLine()).isNotNull();
            }
            keeper.toHandle().destroyForcibly();
            keeper.waitFor();
            long acknowledged = first + steps - 2;
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                acknowledged = line.isEmpty() ? acknowledged : acknowledged + 1;
            }
            return acknowledged;
        }
    }

    /** The other process: keeps messages until it is killed, and writes a line after each. */
    static final class Keeper {
        private Keeper() {}

        public static void main(String[] arguments) throws Exception {
            try (ClientStores stores = new FileClientStores(Path.of(arguments[0]))) {
                for (long number = Long.parseLong(arguments[1]); ; number++) {
                    OutboxEntry draft = new OutboxEntry.Draft(number, id(number), Bytes.adopt(new byte[3000]));
                    stores.outbox(ALICE)
                            .keep(new OutboxStep(
                                    BOB, Bytes.EMPTY, Bytes.EMPTY, List.of(), List.of(draft), List.of(number - 1)));
                    stores.transcripts(ALICE)
                            .append(new TranscriptStep(
                                    BOB, List.of(entry(number)), List.of(), Bytes.adopt(new byte[500])));
                    System.out.println("kept");
                }
            }
        }

        static TranscriptEntry entry(long number) {
            Bytes hash = Bytes.concat(id(number).value(), id(-number).value());
            return new TranscriptEntry(
                    new Position(number), id(number), EpochName.NONE, -1, hash, hash, Bytes.adopt(new byte[100]));
        }

        private static MessageId id(long number) {
            return new MessageId(Bytes.adopt(
                    ByteBuffer.allocate(MessageId.SIZE).putLong(8, number).array()));
        }
    }
}
