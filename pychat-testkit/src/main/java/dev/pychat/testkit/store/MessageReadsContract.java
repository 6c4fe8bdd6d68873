package dev.pychat.testkit.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pychat.model.Position;
import dev.pychat.model.StoredMessage;
import dev.pychat.store.MessagePage;
import dev.pychat.store.MessageReads;
import dev.pychat.store.StoreException;
import dev.pychat.store.StoreRefusedException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Paging through a conversation both ways. */
public abstract class MessageReadsContract extends ServerStoresContract {

    private static final int COUNT = 10;

    /** For subclasses. */
    protected MessageReadsContract() {}

    @Test
    void conversationWithoutMessagesHasEmptyPages() throws Exception {
        MessagePage empty = new MessagePage(List.of(), Position.NONE);
        assertThat(reads().page(draw().conversation(), new Position(Long.MAX_VALUE), 5))
                .isEqualTo(empty);
        assertThat(reads().since(draw().conversation(), Position.NONE, 5)).isEqualTo(empty);
    }

    @Test
    void pagesBackwardsEndInFrontOfAPosition() throws Exception {
        Talker alice = filled();
        assertThat(page(alice, 0, 5)).isEmpty();
        assertThat(page(alice, 1, 5)).isEmpty();
        assertThat(page(alice, 2, 5)).containsExactly(1L);
        assertThat(page(alice, 6, 5)).containsExactly(1L, 2L, 3L, 4L, 5L);
        assertThat(page(alice, 7, 5)).containsExactly(2L, 3L, 4L, 5L, 6L);
        assertThat(page(alice, COUNT, 1)).containsExactly(9L);
        assertThat(page(alice, COUNT + 1, 2)).containsExactly(9L, 10L);
        assertThat(page(alice, COUNT + 2, 2)).containsExactly(9L, 10L);
        assertThat(page(alice, Long.MAX_VALUE, 2)).containsExactly(9L, 10L);
        assertThat(page(alice, Long.MAX_VALUE, MessageReads.MAX_PAGE)).hasSize(COUNT);
    }

    @Test
    void pagesForwardsBeginAfterAPosition() throws Exception {
        Talker alice = filled();
        assertThat(since(alice, 0, 3)).containsExactly(1L, 2L, 3L);
        assertThat(since(alice, 8, 3)).containsExactly(9L, 10L);
        assertThat(since(alice, 9, 1)).containsExactly(10L);
        assertThat(since(alice, COUNT, 3)).isEmpty();
        assertThat(since(alice, COUNT + 1, 3)).isEmpty();
        assertThat(since(alice, Long.MAX_VALUE, 3)).isEmpty();
        assertThat(since(alice, 0, MessageReads.MAX_PAGE)).hasSize(COUNT);
    }

    @Test
    void walkingEitherWayMeetsEachMessageOnce() throws Exception {
        Talker alice = filled();
        List<Long> forwards = new ArrayList<>();
        for (List<Long> page = since(alice, 0, 3);
                !page.isEmpty();
                page = since(alice, forwards.get(forwards.size() - 1), 3)) {
            forwards.addAll(page);
        }
        List<Long> backwards = new ArrayList<>();
        for (List<Long> page = page(alice, Long.MAX_VALUE, 3);
                !page.isEmpty();
                page = page(alice, backwards.get(0), 3)) {
            backwards.addAll(0, page);
        }
        assertThat(forwards)
                .isEqualTo(backwards)
                .isEqualTo(LongStream.rangeClosed(1, COUNT).boxed().toList());
    }

    @Test
    void neighbouringConversationsStayApart() throws Exception {
        Talker alice = filled();
        Talker other = talker(ALICE, new dev.pychat.model.Username("carol"));
        fill(other, 3);
        assertThat(since(alice, 0, 100)).hasSize(COUNT);
        assertThat(since(other, 0, 100)).hasSize(3);
        assertThat(page(other, Long.MAX_VALUE, 100)).hasSize(3);
    }

    @ParameterizedTest
    @ValueSource(ints = {Integer.MIN_VALUE, -1, 0, MessageReads.MAX_PAGE + 1})
    void pageOfAnImpossibleSizeIsRefused(int limit) throws Exception {
        Talker alice = filled();
        assertThatIllegalArgumentException().isThrownBy(() -> page(alice, 5, limit));
        assertThatIllegalArgumentException().isThrownBy(() -> since(alice, 5, limit));
    }

    @Test
    void pagesCannotBeChanged() throws Exception {
        MessagePage page = reads().since(filled().conversation(), Position.NONE, 3);
        assertThatThrownBy(() -> page.messages().clear()).isInstanceOf(UnsupportedOperationException.class);
    }

    @Test
    void closedStoreRefuses() throws Exception {
        Talker alice = filled();
        stores().close();
        stores().close();
        assertThatThrownBy(() -> since(alice, 0, 3)).isInstanceOf(StoreRefusedException.class);
        assertThatThrownBy(() -> append(alice.next())).isInstanceOf(StoreRefusedException.class);
        assertThatThrownBy(() -> stores().accounts().login(ALICE)).isInstanceOf(StoreRefusedException.class);
    }

    private Talker filled() throws StoreException {
        Talker alice = talker(ALICE, BOB);
        fill(alice, COUNT);
        return alice;
    }

    private MessageReads reads() {
        return stores().messages();
    }

    private List<Long> page(Talker talker, long before, int limit) throws StoreException {
        return positions(reads().page(talker.conversation(), new Position(before), limit));
    }

    private List<Long> since(Talker talker, long after, int limit) throws StoreException {
        return positions(reads().since(talker.conversation(), new Position(after), limit));
    }

    private static List<Long> positions(MessagePage page) {
        return page.messages().stream()
                .map(StoredMessage::position)
                .map(Position::value)
                .toList();
    }
}
