package dev.pychat.ref.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pychat.model.Username;
import dev.pychat.store.Submission;
import dev.pychat.store.directory.DirectoryServerStores;
import dev.pychat.store.directory.StoreKind;
import dev.pychat.testkit.store.Draw;
import dev.pychat.testkit.store.Talker;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.List;

/** Conversations in a data directory that grew side by side, in small steps: files of which much is in use no more. */
final class ManyTalks {

    private static final int CONVERSATIONS = 10;

    private ManyTalks() {}

    /** Appends so many messages. */
    static void in(StoreKind kind, Path data, Draw draw, int count) throws Exception {
        List<Talker> talkers = new ArrayList<>();
        for (int i = 0; i < CONVERSATIONS; i++) {
            talkers.add(
                    new Talker(draw, draw.conversation(), new Username("speaker" + i), new Username("listener" + i)));
        }
        try (DirectoryServerStores stores = kind.open(data, new SecureRandom())) {
            for (int i = 0; i < count; i += CONVERSATIONS) {
                List<Submission> batch = new ArrayList<>();
                for (Talker talker : talkers) {
                    batch.add(talker.next());
                }
                assertThat(stores.messages().append(batch)).hasSize(CONVERSATIONS);
            }
        }
    }
}
