package dev.pychat.client;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pychat.model.Position;
import dev.pychat.model.Username;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class UnreadTest {

    private final Unread unread = new Unread();

    @Test
    void serversWordHoldsUntilTheDeviceHasTheMessages() {
        unread.told(entry(10, 4, 6));
        assertThat(unread.count()).isEqualTo(4);
        unread.counted(List.of(at(7), at(8)), at(8));
        assertThat(unread.count()).isEqualTo(4);
        unread.held(at(9), true);
        unread.held(at(10), false);
        assertThat(unread.count()).isEqualTo(3);
    }

    @Test
    void markerMovesForwardOnly() {
        unread.told(entry(3, 3, 0));
        for (int position = 1; position <= 3; position++) {
            unread.held(at(position), true);
        }
        assertThat(unread.read(at(2))).isTrue();
        assertThat(unread.read(at(1))).isFalse();
        assertThat(unread.read()).isEqualTo(at(2));
        assertThat(unread.count()).isEqualTo(1);
    }

    @Test
    void markerThatMovedWhileTheStoreWasCountedCounts() {
        unread.read(at(7));
        unread.counted(List.of(at(7), at(8)), at(8));
        assertThat(unread.count()).isEqualTo(1);
    }

    @Test
    void markerMovedByAnotherDeviceCountsHereToo() {
        for (int position = 1; position <= 3; position++) {
            unread.held(at(position), true);
        }
        unread.told(entry(3, 0, 3));
        assertThat(unread.count()).isZero();
    }

    private static MailboxEntry entry(long head, long count, long read) {
        return new MailboxEntry(new Username("bob"), count, at(head), at(read), Instant.EPOCH);
    }

    private static Position at(long position) {
        return new Position(position);
    }
}
