package dev.pychat.testkit.store;

import dev.pychat.model.Bytes;
import dev.pychat.model.ConversationId;
import dev.pychat.model.Username;
import dev.pychat.store.AppendResult;
import dev.pychat.store.AppendResult.Appended;
import dev.pychat.store.ServerStores;
import dev.pychat.store.Submission;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The process that {@link KillContract} kills: appends for ever and says what was acknowledged, a line for each message. */
final class AppendUntilKilled {

    static final ConversationId CONVERSATION = new ConversationId(Bytes.fromHex("5c".repeat(32)));
    static final Username ALICE = new Username("alice");
    static final Username BOB = new Username("bob");
    static final int MAX_BATCH = 8;

    private AppendUntilKilled() {}

    /** The messages of a run, always the same for one seed. */
    static Talker talker(long seed) {
        return new Talker(new Draw(seed), CONVERSATION, ALICE, BOB);
    }

    /**
     * Runs until it is killed.
     *
     * @param args the class that opens the stores, the directory, the seed
     */
    public static void main(String[] args) throws Exception {
        StoresOnDisk disk = Class.forName(args[0])
                .asSubclass(StoresOnDisk.class)
                .getConstructor()
                .newInstance();
        long seed = Long.parseLong(args[2]);
        Talker talker = talker(seed);
        Draw sizes = new Draw(~seed);
        PrintStream out = new PrintStream(System.out, true, java.nio.charset.StandardCharsets.US_ASCII);
        try (ServerStores stores = disk.open(Path.of(args[1]))) {
            while (!out.checkError()) {
                List<Submission> batch = new ArrayList<>();
                for (int n = 1 + sizes.below(MAX_BATCH); n > 0; n--) {
                    batch.add(talker.next());
                }
                for (AppendResult answer : stores.messages().append(batch)) {
                    out.println("ack " + ((Appended) answer).position());
                }
            }
        }
    }
}
