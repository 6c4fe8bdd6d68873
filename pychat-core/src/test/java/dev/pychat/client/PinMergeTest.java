package dev.pychat.client;

import static dev.pychat.client.PeerBundles.NOW;
import static dev.pychat.client.PeerBundles.after;
import static dev.pychat.client.PeerBundles.bundle;
import static org.assertj.core.api.Assertions.assertThat;

import dev.pychat.key.BundleMark;
import dev.pychat.key.KeyBundle;
import dev.pychat.model.Bytes;
import dev.pychat.model.Position;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Two devices of one account know something different of one peer, under one counter. */
class PinMergeTest {

    private static final KeyBundle FIRST = bundle(1, 1, 1);
    private static final KeyBundle SECOND = after(1, 2, FIRST.hash(), 2);

    private final Pin first = Pin.first(FIRST, false, NOW);

    @Test
    void verifiedIsOnlyWhatBothHaveVerified() throws Exception {
        Pin verified = first.marked(true);
        Pin rotated = first.with(SECOND);
        Pin merged = merged(verified, rotated);
        assertThat(merged.verified()).isFalse();
        assertThat(merged.newest()).isEqualTo(BundleMark.of(SECOND));
        assertThat(merged.counter()).isEqualTo(2);
        assertThat(merged(verified.with(SECOND), rotated.marked(true)).verified())
                .isTrue();
    }

    @Test
    void identityThatOneDeviceAcceptedIsNotAcceptedYet() throws Exception {
        Pin accepting = first.accepting(bundle(2, 1, 3), place(5, 4), NOW);
        Pin merged = merged(accepting, first.with(SECOND));
        assertThat(merged.present()).isEqualTo(first.present());
        assertThat(merged.identities()).isEqualTo(first.identities());
        assertThat(merged.newest()).isEqualTo(BundleMark.of(SECOND));
    }

    @Test
    void ofTwoDifferentNewIdentitiesNeitherIsAccepted() throws Exception {
        Pin one = first.accepting(bundle(2, 1, 3), place(5, 4), NOW);
        Pin other = first.accepting(bundle(3, 1, 3), place(5, 4), NOW);
        Pin merged = merged(one, other);
        assertThat(merged.accepted()).isEqualTo(first.accepted());
        assertThat(merged.verified()).isFalse();
    }

    @Test
    void sameIdentityAcceptedTwiceCountsForWhatBothSay() throws Exception {
        Pin one = first.accepting(bundle(2, 1, 3), place(5, 9), NOW);
        Pin other = first.accepting(bundle(2, 1, 3), place(7, 6), NOW);
        Pin merged = merged(one, other);
        assertThat(merged.identities().get(0).from()).isEqualTo(new Position(7));
        assertThat(merged.identities().get(1).to()).isEqualTo(new Position(6));
        assertThat(merged.present()).isEqualTo(one.present());
    }

    @Test
    void twoFirstContactsWithTwoIdentitiesLeaveOneUnverified() throws Exception {
        Pin merged = merged(
                first.marked(true), Pin.first(bundle(2, 1, 3), false, NOW).marked(true));
        assertThat(merged.accepted()).hasSize(1);
        assertThat(merged.verified()).isFalse();
    }

    @Test
    void whatCannotBeReadGivesWay() {
        Bytes unreadable = Bytes.fromHex("0102");
        Bytes readable = first.vaultForm();
        assertThat(PinMerge.lessTrusting(unreadable, readable)).isEqualTo(readable);
        assertThat(PinMerge.lessTrusting(readable, unreadable)).isEqualTo(readable);
        assertThat(PinMerge.lessTrusting(unreadable, Bytes.fromHex("01"))).isEqualTo(Bytes.fromHex("01"));
    }

    @Test
    void takingAPinFromTheVaultIsMergingToo() throws Exception {
        Pin verified = first.marked(true).with(SECOND);
        Pin unverified = first.marked(true).marked(false);
        Pin accepting = first.with(SECOND).accepting(bundle(2, 1, 3), place(5, 4), NOW);
        for (Pin mine : List.of(verified, unverified, accepting)) {
            for (Pin theirs : List.of(verified, unverified, accepting)) {
                Pin taken = VaultedPins.merged(Optional.of(mine), Pin.ofVault(theirs.vaultForm()));
                assertThat(mine.counter()).isEqualTo(theirs.counter());
                assertThat(taken.vaultForm()).isEqualTo(merged(mine, theirs).vaultForm());
            }
        }
    }

    private static Pin merged(Pin one, Pin other) throws Exception {
        Bytes merged = PinMerge.lessTrusting(one.vaultForm(), other.vaultForm());
        assertThat(PinMerge.lessTrusting(other.vaultForm(), one.vaultForm()))
                .as("the other way round")
                .isEqualTo(merged);
        assertThat(PinMerge.lessTrusting(merged, one.vaultForm()))
                .as("merged again with one of them")
                .isEqualTo(merged);
        return Pin.ofVault(merged);
    }

    private static ChangePlace place(long from, long until) {
        return new ChangePlace(new Position(from), new Position(until));
    }
}
