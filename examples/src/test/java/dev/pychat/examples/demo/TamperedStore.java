package dev.pychat.examples.demo;

import dev.pychat.crypto.open.Sha256;
import dev.pychat.key.ConversationIds;
import dev.pychat.model.Bytes;
import dev.pychat.model.Envelope;
import dev.pychat.model.EpochName;
import dev.pychat.model.LaneId;
import dev.pychat.model.MessageId;
import dev.pychat.model.Position;
import dev.pychat.model.Username;
import dev.pychat.ref.server.store.XodusServerStores;
import dev.pychat.store.Submission;
import dev.pychat.store.directory.DirectoryServerStores;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.List;

/** Stores what a server should have stored of the demo's conversation, or what it should not. Stateless. */
final class TamperedStore {

    private static final SecureRandom RANDOM = new SecureRandom();

    private TamperedStore() {}

    /** Stores a message as a server does that cannot read it. */
    static void sealed(Path data, Side sender) throws Exception {
        store(data, sender, Bytes.random(RANDOM, 444));
    }

    /** Stores a message that everybody can read. */
    static void readable(Path data, Side sender, String text) throws Exception {
        store(data, sender, Bytes.adopt(("before " + text + " behind").getBytes(StandardCharsets.UTF_8)));
    }

    private static void store(Path data, Side sender, Bytes bytes) throws Exception {
        try (DirectoryServerStores stores = XodusServerStores.open(data, RANDOM)) {
            Username from = new Username(sender.user());
            Username to = new Username((sender == Side.ALICE ? Side.BOB : Side.ALICE).user());
            Submission submission = new Submission(
                    ConversationIds.of(stores.realm(), from, to),
                    from,
                    to,
                    MessageId.random(RANDOM),
                    Sha256.of(bytes),
                    new EpochName(Bytes.random(RANDOM, 32)),
                    LaneId.random(RANDOM),
                    MessageId.NONE,
                    Position.NONE,
                    false,
                    Instant.now(),
                    new Envelope(bytes));
            stores.messages().append(List.of(submission));
        }
    }
}
