package dev.pychat.ref.client.home;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pychat.model.Bytes;
import dev.pychat.model.EpochName;
import dev.pychat.model.MessageId;
import dev.pychat.model.Position;
import dev.pychat.model.Username;
import dev.pychat.store.TranscriptEntry;
import dev.pychat.store.TranscriptForgetting;
import dev.pychat.store.TranscriptStep;
import java.io.BufferedReader;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A process is killed with SIGKILL while it forgets; a step that it finished is done, and each other one is done or not. */
class KilledForgettingTest {
    private static final int ROUNDS = 10;
    private static final long MESSAGES = 2_000;
    private static final int STEP = 20;
    private static final Username BOB = new Username("bob");

    @TempDir
    Path folder;

    @Test
    void whatAStepHasForgottenIsNowhereAndNothingElseIsLost() throws Exception {
        long seed = System.nanoTime();
        Random random = new Random(seed);
        try (FileTranscriptStore store = new FileTranscriptStore(folder)) {
            List<TranscriptEntry> all = LongStream.rangeClosed(1, MESSAGES)
                    .mapToObj(KilledForgettingTest::entry)
                    .toList();
            store.append(new TranscriptStep(BOB, all, List.of(), Bytes.EMPTY));
        }
        long forgotten = 0;
        for (int round = 0; round < ROUNDS; round++) {
            long acknowledged = runAndKill(forgotten, 1 + random.nextInt(6));
            try (FileTranscriptStore store = new FileTranscriptStore(folder)) {
                forgotten = forgotten(store);
                assertThat(forgotten % STEP)
                        .as("seed %d, round %d", seed, round)
                        .isZero();
                assertThat(forgotten).as("seed %d, round %d", seed, round).isGreaterThanOrEqualTo(acknowledged);
                assertOnlyTheRestIsInTheFiles(forgotten);
            }
        }
        assertThat(forgotten).isPositive();
    }

    /** How many entries are forgotten, which are the first ones; all others are whole. */
    private static long forgotten(FileTranscriptStore store) throws Exception {
        long forgotten = 0;
        for (long position = 1; position <= MESSAGES; position++) {
            TranscriptEntry entry =
                    store.page(BOB, new Position(position + 1), 1).get(0);
            boolean isForgotten = entry.equals(entry(position).withSealed(Bytes.EMPTY));
            assertThat(isForgotten || entry.equals(entry(position))).isTrue();
            assertThat(isForgotten && forgotten < position - 1).isFalse();
            forgotten += isForgotten ? 1 : 0;
        }
        return forgotten;
    }

    private void assertOnlyTheRestIsInTheFiles(long forgotten) throws Exception {
        assertThat(folder).isDirectoryNotContaining("glob:**.new");
        String file = Files.readString(folder.resolve("bob.log"), StandardCharsets.ISO_8859_1);
        for (long position = 1; position <= MESSAGES; position++) {
            String sealed = new String(entry(position).sealed().toArray(), StandardCharsets.ISO_8859_1);
            assertThat(file.contains(sealed)).isEqualTo(position > forgotten);
        }
    }

    private long runAndKill(long forgotten, int steps) throws Exception {
        Process forgetter = OtherProcess.start(Forgetter.class, folder.toString(), Long.toString(forgotten));
        try (BufferedReader lines = forgetter.inputReader()) {
            long acknowledged = forgotten;
            for (int i = 0; i < steps; i++) {
                acknowledged = Long.parseLong(lines.readLine());
            }
            forgetter.toHandle().destroyForcibly();
            forgetter.waitFor();
            return acknowledged;
        }
    }

    /** The other process: forgets a step after the other until it is killed, and writes a line after each. */
    static final class Forgetter {
        private Forgetter() {}

        public static void main(String[] arguments) throws Exception {
            try (FileTranscriptStore store = new FileTranscriptStore(Path.of(arguments[0]))) {
                for (long done = Long.parseLong(arguments[1]); done < MESSAGES; done += STEP) {
                    Map<Position, Bytes> entries = new HashMap<>();
                    for (long position = done + 1; position <= done + STEP; position++) {
                        entries.put(new Position(position), Bytes.EMPTY);
                    }
                    store.forget(new TranscriptForgetting(BOB, entries, List.of()));
                    System.out.println(done + STEP);
                    System.out.flush();
                }
            }
            Thread.sleep(Long.MAX_VALUE);
        }
    }

    private static TranscriptEntry entry(long position) {
        byte[] sealed = new byte[200];
        new Random(position).nextBytes(sealed);
        Bytes id = Bytes.adopt(
                ByteBuffer.allocate(MessageId.SIZE).putLong(8, position).array());
        return new TranscriptEntry(
                new Position(position),
                new MessageId(id),
                new EpochName(Bytes.fromHex("0e".repeat(EpochName.SIZE))),
                (int) (position % 256),
                Bytes.concat(id, id),
                Bytes.concat(id, id),
                Bytes.adopt(sealed));
    }
}
