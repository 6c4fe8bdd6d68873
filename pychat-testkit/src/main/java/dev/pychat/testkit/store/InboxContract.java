package dev.pychat.testkit.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pychat.model.ConversationId;
import dev.pychat.model.Position;
import dev.pychat.model.StoredMessage;
import dev.pychat.model.Username;
import dev.pychat.store.InboxEntry;
import dev.pychat.store.InboxPage;
import dev.pychat.store.MessageReads;
import dev.pychat.store.StoreException;
import dev.pychat.store.StoreRefusedException;
import dev.pychat.store.Submission;
import java.time.temporal.ChronoUnit;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Inboxes: who is in them, what is unread, and read markers. */
public abstract class InboxContract extends ServerStoresContract {

    /** For subclasses. */
    protected InboxContract() {}

    @Test
    void bothPartiesSeeTheConversationFromTheirSide() throws Exception {
        Talker alice = talker(ALICE, BOB);
        fill(alice, 2);
        Submission last = alice.answering().next();
        append(last);
        ConversationId conversation = alice.conversation();
        Position head = new Position(3);
        assertThat(inbox(ALICE))
                .containsExactly(new InboxEntry(
                        BOB, conversation, head, Position.NONE, 1, last.time().truncatedTo(ChronoUnit.MILLIS)));
        assertThat(inbox(BOB))
                .containsExactly(new InboxEntry(
                        ALICE, conversation, head, Position.NONE, 2, last.time().truncatedTo(ChronoUnit.MILLIS)));
        assertThat(inbox(new Username("carol"))).isEmpty();
    }

    @Test
    void inboxIsPagedInTheOrderOfNames() throws Exception {
        for (String peer : List.of("bob", "carol", "b0b", "bob-2", "zoe", "bo")) {
            fill(talker(new Username(peer), ALICE), 1);
        }
        fill(talker(new Username("zz"), new Username("alice2")), 1);
        fill(talker(new Username("zz"), new Username("al")), 1);
        InboxPage first = stores().messages().inbox(ALICE, "", 2);
        assertThat(peers(first)).containsExactly("b0b", "bo");
        assertThat(first.more()).isTrue();
        InboxPage rest = stores().messages().inbox(ALICE, "bo", 4);
        assertThat(peers(rest)).containsExactly("bob", "bob-2", "carol", "zoe");
        assertThat(rest.more()).isFalse();
        assertThat(peers(stores().messages().inbox(ALICE, "bz", 4))).containsExactly("carol", "zoe");
        assertThat(peers(stores().messages().inbox(ALICE, "zoe", 4))).isEmpty();
        assertThat(peers(stores().messages().inbox(new Username("al"), "", 4))).containsExactly("zz");
    }

    @ParameterizedTest
    @ValueSource(ints = {-1, 0, 1001})
    void inboxOfAnImpossibleSizeIsRefused(int limit) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> stores().messages().inbox(ALICE, "", limit));
    }

    @Test
    void readMarkerOnlyMovesForward() throws Exception {
        Talker alice = talker(ALICE, BOB);
        fill(alice, 5);
        assertThat(markRead(alice, BOB, 3)).isEqualTo(3);
        assertThat(markRead(alice, BOB, 2)).isEqualTo(3);
        assertThat(markRead(alice, BOB, 0)).isEqualTo(3);
        assertThat(unread(BOB)).isEqualTo(2);
        assertThat(markRead(alice, BOB, 1_000)).isEqualTo(5);
        fill(alice, 1);
        assertThat(markRead(alice, BOB, 5)).isEqualTo(5);
        assertThat(unread(BOB)).isEqualTo(1);
        assertThat(unread(ALICE)).isZero();
    }

    @Test
    void readMarkersMovedAtOnceEndAtTheFurthest() throws Exception {
        Talker alice = talker(ALICE, BOB);
        fill(alice, 40);
        AtOnce.run(16, number -> markRead(alice, BOB, 2L * number));
        assertThat(inbox(BOB)).extracting(InboxEntry::read).containsExactly(new Position(30));
        assertThat(unread(BOB)).isEqualTo(10);
    }

    @Test
    void onlyAPartyCanMarkWhatIsThere() throws Exception {
        Talker alice = talker(ALICE, BOB);
        assertThatThrownBy(() -> markRead(alice, BOB, 1)).isInstanceOf(StoreRefusedException.class);
        fill(alice, 1);
        assertThatThrownBy(() -> markRead(alice, new Username("carol"), 1)).isInstanceOf(StoreRefusedException.class);
    }

    @Test
    void unreadCountsAreExactAfterAnyInterleaving() throws Exception {
        Talker alice = talker(ALICE, BOB);
        Talker bob = alice.answering();
        long[] read = new long[2];
        for (int step = 0; step < 300; step++) {
            int what = draw().below(4);
            if (what < 2) {
                append((what == 0 ? alice : bob).next(draw().below(3) == 0));
            } else if (!inbox(ALICE).isEmpty()) {
                long upTo = draw().below(step + 2);
                read[what - 2] = markRead(alice, what == 2 ? ALICE : BOB, upTo);
            }
            if (!inbox(ALICE).isEmpty()) {
                assertThat(unread(ALICE)).isEqualTo(counted(alice, BOB, read[0]));
                assertThat(unread(BOB)).isEqualTo(counted(alice, ALICE, read[1]));
            }
        }
    }

    private long counted(Talker talker, Username sender, long after) throws StoreException {
        long count = 0;
        Position cursor = new Position(after);
        List<StoredMessage> page;
        do {
            page = stores().messages()
                    .since(talker.conversation(), cursor, MessageReads.MAX_PAGE)
                    .messages();
            count += page.stream()
                    .filter(message -> message.sender().equals(sender) && !message.quiet())
                    .count();
            cursor = cursor.plus(page.size());
        } while (!page.isEmpty());
        return count;
    }

    private long markRead(Talker talker, Username account, long upTo) throws StoreException {
        InboxEntry entry = stores().messages().markRead(talker.conversation(), account, new Position(upTo));
        assertThat(entry.peer()).isNotEqualTo(account);
        return entry.read().value();
    }

    private long unread(Username account) throws StoreException {
        return inbox(account).stream().mapToLong(InboxEntry::unread).sum();
    }

    private List<InboxEntry> inbox(Username account) throws StoreException {
        return stores().messages().inbox(account, "", 1000).entries();
    }

    private static List<String> peers(InboxPage page) {
        return page.entries().stream().map(entry -> entry.peer().value()).toList();
    }
}
