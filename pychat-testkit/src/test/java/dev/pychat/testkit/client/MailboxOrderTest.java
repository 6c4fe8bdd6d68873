package dev.pychat.testkit.client;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pychat.client.RefusedException;
import dev.pychat.model.Position;
import dev.pychat.store.memory.MemoryClientStores;
import dev.pychat.wire.InboxEntry;
import dev.pychat.wire.InboxPage;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class MailboxOrderTest {

    @Test
    void mailboxThatBeginsAnewWithEachPageIsRefused() throws Exception {
        try (World world = World.start()) {
            FaultyTransport wire = new FaultyTransport(world.transport());
            Person alice = world.connect("alice", new MemoryClientStores(), wire);
            alice.client().signUp(alice.user(), World.passphrase("alice"));
            Person bob = world.signUp("bob");
            InboxEntry entry = new InboxEntry(bob.user(), Position.FIRST, 1, Position.NONE, Instant.EPOCH);
            wire.incoming(frame -> Optional.of(
                    frame instanceof InboxPage page ? new InboxPage(page.re(), List.of(entry), true) : frame));
            assertThatThrownBy(() -> alice.client().mailbox())
                    .isInstanceOf(RefusedException.class)
                    .hasMessageContaining("bob");
        }
    }
}
