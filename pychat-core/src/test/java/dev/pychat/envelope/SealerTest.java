package dev.pychat.envelope;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import dev.pychat.model.Content;
import dev.pychat.model.LaneId;
import dev.pychat.model.MessageId;
import dev.pychat.model.Position;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class SealerTest {

    private final Party alice = Party.alice();
    private final Party bob = Party.bob();
    private final Talk talk = new Talk(alice, bob, 31);
    private final Receiver receiver = new Receiver(bob, alice);

    @Test
    void newSealerNeedsAnEpochAndRefusesToSealWithoutOne() {
        assertThat(talk.sealer.needsEpoch(alice.offer(bob), talk.now)).contains(EpochReason.STARTED);
        assertThatIllegalStateException().isThrownBy(this::sealNow);
    }

    @Test
    void epochEndsAfter256Messages() {
        for (int i = 0; i < 256; i++) {
            Sealed sealed = talk.say("message " + i);
            assertThat(sealed.after().n()).isEqualTo(i);
        }
        assertThat(talk.epochs).hasSize(1);
        assertThat(talk.sealer.needsEpoch(alice.offer(bob), talk.now)).contains(EpochReason.FULL);
        assertThatIllegalStateException().isThrownBy(this::sealNow);
        assertThat(talk.say("next").after().ordinal()).isEqualTo(2);
    }

    @Test
    void burntMessagesCountTowardsTheEpochsEnd() {
        talk.say("one");
        for (int i = 1; i < 256; i++) {
            talk.sealer.stepFailed(talk.say("burnt"));
        }
        assertThat(talk.sealer.needsEpoch(alice.offer(bob), talk.now)).contains(EpochReason.FULL);
    }

    @Test
    void epochEndsAfterADay() {
        talk.say("one");
        assertThat(talk.sealer.needsEpoch(
                        alice.offer(bob), talk.now.plus(Duration.ofHours(24).minusMillis(1))))
                .isEmpty();
        assertThat(talk.sealer.needsEpoch(alice.offer(bob), talk.now.plus(Duration.ofHours(24))))
                .contains(EpochReason.AGED);
    }

    @Test
    void epochEndsWithAChangedBundleOfEitherSide() {
        talk.say("one");
        EpochOffer offer = alice.offer(bob);
        EpochOffer theirs = EpochOffer.keeping(alice.identity, alice.bundle, bob.nextBundle(), Party.NOW);
        EpochOffer ours = EpochOffer.keeping(alice.identity, alice.nextBundle(), bob.bundle, Party.NOW);
        assertThat(talk.sealer.needsEpoch(offer, talk.now)).isEmpty();
        assertThat(talk.sealer.needsEpoch(theirs, talk.now)).contains(EpochReason.BUNDLE_CHANGED);
        assertThat(talk.sealer.needsEpoch(ours, talk.now)).contains(EpochReason.BUNDLE_CHANGED);
    }

    @Test
    void staleOrFutureBundleBeginsNoEpoch() {
        EpochOffer offer = alice.offer(bob);
        assertThat(Sealer.isFresh(Party.NOW, Party.NOW.plus(Duration.ofHours(24))))
                .isTrue();
        assertThatIllegalArgumentException()
                .isThrownBy(() -> talk.sealer.beginEpoch(offer, Party.NOW.plus(Duration.ofHours(25))))
                .withMessageContaining("24 hours");
        assertThatIllegalArgumentException().isThrownBy(() -> talk.sealer.beginEpoch(offer, Party.NOW.minusMillis(1)));
    }

    @Test
    void bundleOfAnotherIdentityThanThePinnedBeginsNoEpoch() {
        Party carol = new Party("carol", 3, 3);
        EpochOffer offer = EpochOffer.keeping(alice.identity, alice.bundle, carol.bundle, Party.NOW);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> talk.sealer.beginEpoch(offer, Party.NOW))
                .withMessageContaining("bob");
    }

    @Test
    void failedStepBurnsItsNumberAndLeavesTheLane() {
        Sealed one = talk.say("one");
        Sealed failed = talk.say("failed");
        talk.sealer.stepFailed(failed);
        assertThat(talk.sealer.head()).isEqualTo(one.after());
        Sealed two = talk.say("two");
        assertThat(two.after().n()).isEqualTo(2);
        assertThat(two.after().number()).isEqualTo(2);
        receiver.take(talk, one);
        assertThat(receiver.take(talk, two).findings()).isEmpty();
    }

    @Test
    void onlyTheLastMessageIsTakenBack() {
        Sealed one = talk.say("one");
        talk.say("two");
        assertThatIllegalArgumentException().isThrownBy(() -> talk.sealer.stepFailed(one));
    }

    @Test
    void restartContinuesTheLaneInANewEpoch() throws Exception {
        Sealed one = talk.say("one");
        LaneHead stored = LaneHead.decode(one.after().encode());
        talk.sealer = Sealer.continuing(alice.with(bob), stored, talk.random);
        assertThat(talk.sealer.needsEpoch(alice.offer(bob), talk.now)).contains(EpochReason.STARTED);
        Sealed two = talk.say("two");
        assertThat(two.lane()).isEqualTo(one.lane());
        assertThat(two.after().ordinal()).isEqualTo(2);
        assertThat(two.after().number()).isEqualTo(2);
        receiver.take(talk, one);
        assertThat(receiver.take(talk, two).findings()).isEmpty();
    }

    @Test
    void crashBetweenSealAndStoreShowsEachMessageOnceAndNoFinding() {
        Sealed one = talk.say("one");
        talk.say("sealed, and the process died before it was stored");
        talk.sealer = Sealer.continuing(alice.with(bob), one.after(), talk.random);
        Sealed again = talk.say("sealed anew");
        receiver.take(talk, one);
        assertThat(receiver.take(talk, again).findings()).isEmpty();
        assertThat(again.after().number()).isEqualTo(2);
    }

    @Test
    void unsentEntriesOfTheOldEpochGoOutBeforeTheNewEpoch() {
        Sealed one = talk.say("one");
        Sealed two = talk.say("two, in the outbox when the process died");
        talk.restart();
        Sealed three = talk.say("three");
        for (Sealed each : new Sealed[] {one, two, three}) {
            assertThat(receiver.take(talk, each).findings()).isEmpty();
        }
    }

    @Test
    void oneOfThreeRefusedForGoodIsSealedAnewWithoutFinding() {
        Sealed one = talk.say("one");
        Sealed refused = talk.say("refused for good");
        talk.say("behind it");
        talk.sealer.continueFrom(refused.before());
        assertThat(talk.sealer.needsEpoch(alice.offer(bob), talk.now)).contains(EpochReason.CONTINUED);
        Sealed again = talk.say("refused for good");
        Sealed behind = talk.say("behind it");
        assertThat(again.after().ordinal()).isEqualTo(2);
        assertThat(again.after().number()).isEqualTo(2);
        for (Sealed each : new Sealed[] {one, again, behind}) {
            assertThat(receiver.take(talk, each).findings()).isEmpty();
        }
    }

    @Test
    void continuingFromTheBeginningMakesAFirstMessageAgain() {
        Sealed refused = talk.say("refused for good");
        talk.sealer.continueFrom(refused.before());
        Sealed again = talk.say("again");
        assertThat(again.after().number()).isEqualTo(1);
        assertThat(again.after().ordinal()).isEqualTo(2);
        assertThat(receiver.take(talk, again).findings()).isEmpty();
    }

    @Test
    void headOfAnotherLaneIsNotContinuedFrom() {
        Sealed other = new Talk(alice, bob, 32).say("other lane");
        assertThatIllegalArgumentException().isThrownBy(() -> talk.sealer.continueFrom(other.after()));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Sealer.continuing(alice.with(bob), LaneHead.NONE, talk.random));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Sealer.onNewLane(alice.with(bob), LaneId.NONE, talk.random));
    }

    @Test
    void closedSealerSealsNothing() {
        talk.say("one");
        talk.sealer.close();
        assertThatIllegalStateException().isThrownBy(this::sealNow);
    }

    private Sealed sealNow() {
        View view = receiver.transcript.view();
        return talk.sealer.seal(MessageId.random(talk.random), Content.text("now"), talk.now, Position.NONE, view);
    }
}
