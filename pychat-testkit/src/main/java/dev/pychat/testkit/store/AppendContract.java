package dev.pychat.testkit.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.pychat.model.MessageId;
import dev.pychat.model.Position;
import dev.pychat.model.StoredMessage;
import dev.pychat.model.Username;
import dev.pychat.store.AppendResult;
import dev.pychat.store.AppendResult.Appended;
import dev.pychat.store.AppendResult.Conflict;
import dev.pychat.store.AppendResult.OutOfSequence;
import dev.pychat.store.AppendResult.UnknownLane;
import dev.pychat.store.MessagePage;
import dev.pychat.store.StoreException;
import dev.pychat.store.Submission;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Appending one message after another, and what is refused. The spans and the many lanes are {@link LaneContract}'s. */
public abstract class AppendContract extends ServerStoresContract {

    /** For subclasses. */
    protected AppendContract() {}

    @Test
    void messageIsReadAsItWasWritten() throws Exception {
        Submission sent = talker(ALICE, BOB).next();
        assertThat(append(sent)).isEqualTo(appended(1, 1, sent, false));
        MessagePage page = stores().messages().since(sent.conversation(), Position.NONE, 10);
        assertThat(page.head()).isEqualTo(Position.FIRST);
        assertThat(page.messages())
                .containsExactly(new StoredMessage(
                        sent.conversation(),
                        Position.FIRST,
                        ALICE,
                        sent.id(),
                        sent.lane(),
                        sent.epoch(),
                        1,
                        false,
                        sent.time().truncatedTo(ChronoUnit.MILLIS),
                        sent.envelope()));
    }

    @Test
    void positionsCountAllAndOrdinalsOnlyWhatIsNotQuiet() throws Exception {
        Talker alice = talker(ALICE, BOB);
        Talker bob = alice.answering();
        Submission[] sent = {alice.next(), alice.next(true), bob.next(), alice.next(), bob.next(true), bob.next()};
        assertThat(append(sent))
                .containsExactly(
                        appended(1, 1, sent[0], false),
                        appended(2, 1, sent[1], false),
                        appended(3, 1, sent[2], false),
                        appended(4, 2, sent[3], false),
                        appended(5, 1, sent[4], false),
                        appended(6, 2, sent[5], false));
        assertThat(stores().messages()
                        .since(alice.conversation(), Position.NONE, 10)
                        .messages())
                .extracting(StoredMessage::ordinal, StoredMessage::quiet, StoredMessage::sender)
                .containsExactly(
                        row(1, false, ALICE),
                        row(1, true, ALICE),
                        row(1, false, BOB),
                        row(2, false, ALICE),
                        row(1, true, BOB),
                        row(2, false, BOB));
    }

    private static org.assertj.core.groups.Tuple row(long ordinal, boolean quiet, Username sender) {
        return org.assertj.core.groups.Tuple.tuple(ordinal, quiet, sender);
    }

    @Test
    void resentMessageGetsTheAnswerItHadBefore() throws Exception {
        Talker alice = talker(ALICE, BOB);
        Submission first = alice.next();
        Submission second = alice.next();
        append(first, second, alice.answering().next(), alice.next());
        assertThat(append(first)).isEqualTo(appended(1, 1, first, true));
        assertThat(append(second)).isEqualTo(appended(2, 2, second, true));
        assertThat(head(alice)).isEqualTo(4);
    }

    @Test
    void messageTwentyTimesAtOnceIsStoredOnce() throws Exception {
        Submission sent = talker(ALICE, BOB).next();
        List<AppendResult> answers = AtOnce.run(20, number -> append(sent));
        assertThat(answers).containsOnly(appended(1, 1, sent, false), appended(1, 1, sent, true));
        assertThat(answers).filteredOn(appended(1, 1, sent, false)::equals).hasSize(1);
        assertThat(stores().messages()
                        .since(sent.conversation(), Position.NONE, 10)
                        .messages())
                .hasSize(1);
    }

    @Test
    void batchSeesItsOwnMessagesAsStored() throws Exception {
        Talker alice = talker(ALICE, BOB);
        Submission first = alice.next();
        Submission second = alice.next();
        Submission conflicting = Talker.altered(second, draw().envelope());
        assertThat(append(first, first, second, first, conflicting, second))
                .containsExactly(
                        appended(1, 1, first, false),
                        appended(1, 1, first, true),
                        appended(2, 2, second, false),
                        appended(1, 1, first, true),
                        new Conflict(new Position(2)),
                        appended(2, 2, second, true));
        assertThat(head(alice)).isEqualTo(2);
    }

    @Test
    void sameIdWithOtherBytesIsAConflictAndChangesNothing() throws Exception {
        Talker alice = talker(ALICE, BOB);
        Submission first = alice.next();
        append(first, alice.next());
        MessagePage before = stores().messages().since(alice.conversation(), Position.NONE, 10);
        assertThat(append(Talker.altered(first, draw().envelope()))).isEqualTo(new Conflict(Position.FIRST));
        assertThat(stores().messages().since(alice.conversation(), Position.NONE, 10))
                .isEqualTo(before);
    }

    @Test
    void messageThatDoesNotFollowTheHeadIsOutOfSequence() throws Exception {
        Talker alice = talker(ALICE, BOB);
        fill(alice, 3);
        append(alice.answering().next());
        AppendResult refused = new OutOfSequence(alice.last(), new Position(3));
        assertThat(append(alice.stray(draw().messageId()))).isEqualTo(refused);
        assertThat(append(alice.stray(MessageId.NONE))).isEqualTo(refused);
        assertThat(append(Talker.seen(alice.stray(MessageId.NONE), 1_000_000))).isEqualTo(refused);
        assertThat(head(alice)).isEqualTo(4);
        Submission next = alice.next();
        assertThat(append(next)).isEqualTo(appended(5, 4, next, false));
    }

    @Test
    void laneThatIsNotKeptIsUnknownUntilItIsBegun() throws Exception {
        Talker alice = talker(ALICE, BOB);
        assertThat(append(alice.stray(draw().messageId()))).isEqualTo(new UnknownLane());
        assertThat(head(alice)).isZero();
        assertThat(stores().messages().inbox(ALICE, "", 10).entries()).isEmpty();
        fill(alice, 1);
        Talker other = alice.anotherLane();
        assertThat(append(other.stray(alice.last()))).isEqualTo(new UnknownLane());
        Submission begun = other.next();
        assertThat(append(begun)).isEqualTo(appended(2, 2, begun, false));
    }

    @Test
    void lanesAndIdsOfTheOtherPartyAreItsOwn() throws Exception {
        Talker alice = talker(ALICE, BOB);
        Submission sent = alice.next();
        append(sent);
        Submission reflected = new Submission(
                sent.conversation(),
                BOB,
                ALICE,
                sent.id(),
                sent.hash(),
                sent.epoch(),
                sent.lane(),
                MessageId.NONE,
                Position.NONE,
                false,
                sent.time(),
                sent.envelope());
        assertThat(append(reflected)).isEqualTo(appended(2, 1, reflected, false));
        assertThat(append(sent)).isEqualTo(appended(1, 1, sent, true));
        assertThat(append(reflected)).isEqualTo(appended(2, 1, reflected, true));
    }

    @Test
    void refusedMessageLeavesTheRestOfItsBatchAlone() throws Exception {
        Talker alice = talker(ALICE, BOB);
        Talker carol = talker(new Username("carol"), BOB);
        Submission first = alice.next();
        Submission stray = alice.stray(draw().messageId());
        Submission other = carol.next();
        Submission second = alice.next();
        assertThat(append(first, stray, other, second))
                .containsExactly(
                        appended(1, 1, first, false),
                        new OutOfSequence(first.id(), Position.FIRST),
                        appended(1, 1, other, false),
                        appended(2, 2, second, false));
    }

    @Test
    void callersMistakesChangeNothing() throws Exception {
        Talker alice = talker(ALICE, BOB);
        Talker intruder = new Talker(draw(), alice.conversation(), ALICE, new Username("carol"));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> stores().messages().append(List.of()));
        assertThatIllegalArgumentException().isThrownBy(() -> append(alice.stray(MessageId.NONE), intruder.next()));
        assertThat(head(alice)).isZero();
        fill(alice, 1);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> append(alice.stray(alice.last()), intruder.stray(MessageId.NONE)));
        assertThat(head(alice)).isEqualTo(1);
    }

    @Test
    void whatIsHandedOverIsNobodyElsesAnyMore() throws Exception {
        Talker alice = talker(ALICE, BOB);
        List<Submission> batch = new ArrayList<>(List.of(alice.next(), alice.next()));
        List<Submission> sent = List.copyOf(batch);
        stores().messages().append(batch);
        batch.clear();
        MessagePage page = stores().messages().since(alice.conversation(), Position.NONE, 10);
        java.util.Arrays.fill(page.messages().get(0).envelope().value().toArray(), (byte) 0);
        assertThat(stores().messages()
                        .since(alice.conversation(), Position.NONE, 10)
                        .messages())
                .extracting(StoredMessage::envelope)
                .containsExactly(sent.get(0).envelope(), sent.get(1).envelope());
    }

    static AppendResult appended(long position, long ordinal, Submission sent, boolean duplicate) {
        return new Appended(new Position(position), ordinal, sent.time().truncatedTo(ChronoUnit.MILLIS), duplicate);
    }

    private long head(Talker talker) throws StoreException {
        return stores().messages()
                .since(talker.conversation(), Position.NONE, 1)
                .head()
                .value();
    }
}
