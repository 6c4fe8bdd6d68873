package dev.pychat.envelope;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.pychat.crypto.open.Ed25519PublicKey;
import dev.pychat.key.ConversationIds;
import dev.pychat.model.Bytes;
import dev.pychat.model.Position;
import dev.pychat.model.Realm;
import dev.pychat.model.StoredMessage;
import java.util.List;
import org.junit.jupiter.api.Test;

class WhoseMessageTest {

    private final Party alice = Party.alice();
    private final Party bob = Party.bob();
    private final Party carol = new Party("carol", 3, 3);
    private final Talk talk = new Talk(alice, bob, 61);
    private final Sealed sealed = talk.say("hello");

    @Test
    void identityCountsOnlyInsideItsSpan() {
        Ed25519PublicKey key = alice.identity.publicKey();
        ConversationContext changed = bobsWith(List.of(
                PinnedIdentity.since(carol.identity.publicKey(), new Position(5)),
                new PinnedIdentity(key, Position.FIRST, new Position(4))));
        OpenedEpoch epoch = (OpenedEpoch) open(changed, 4);
        assertThat(open(changed, 5))
                .isInstanceOfSatisfying(
                        Finding.class, f -> assertThat(f.code()).isEqualTo(FindingCode.UNPINNED_IDENTITY));
        assertThat(bob.privateOperations).hasValue(1);
        MessageOpener opener = new MessageOpener(changed);
        assertThat(opener.open(talk.at(4, sealed), epoch)).isInstanceOf(OpenedMessage.class);
        assertThat(opener.open(talk.at(5, sealed), epoch))
                .isInstanceOfSatisfying(
                        Finding.class, f -> assertThat(f.code()).isEqualTo(FindingCode.UNPINNED_IDENTITY));
    }

    @Test
    void nothingIsUnwrappedBeforeTheFirstContact() {
        assertThat(open(bobsWith(List.of()), 1))
                .isInstanceOfSatisfying(
                        Finding.class, f -> assertThat(f.code()).isEqualTo(FindingCode.UNPINNED_IDENTITY));
        assertThat(bob.privateOperations).hasValue(0);
    }

    @Test
    void epochMadeForOurPastIdentityOpens() {
        List<Ed25519PublicKey> own = List.of(carol.identity.publicKey(), bob.identity.publicKey());
        ConversationContext context = ConversationContext.of(
                Party.REALM, bob.name, alice.name, own, List.of(PinnedIdentity.always(alice.identity.publicKey())));
        assertThat(open(context, 1)).isInstanceOf(OpenedEpoch.class);
    }

    @Test
    void epochOpenedInAnotherConversationOpensNothingHere() {
        OpenedEpoch epoch = talk.epochs.get(sealed.epoch()).opened();
        assertThat(new MessageOpener(alice.with(carol)).open(talk.at(1, sealed), epoch))
                .isInstanceOfSatisfying(Finding.class, f -> assertThat(f.code()).isEqualTo(FindingCode.MOVED));
    }

    @Test
    void messageOfAnotherEpochIsNotOpenedWithThisOne() {
        talk.restart();
        Sealed other = talk.say("other epoch");
        OpenedEpoch first = talk.epochs.get(sealed.epoch()).opened();
        assertThat(new MessageOpener(alice.with(bob)).open(talk.at(2, other), first))
                .isInstanceOfSatisfying(Finding.class, f -> assertThat(f.code()).isEqualTo(FindingCode.UNKNOWN_EPOCH));
    }

    @Test
    void sameNamesOnAnotherServerAreAnotherConversation() {
        Realm other = new Realm(Bytes.adopt(new byte[16]));
        ConversationContext context = ConversationContext.of(
                other,
                bob.name,
                alice.name,
                List.of(bob.identity.publicKey()),
                List.of(PinnedIdentity.always(alice.identity.publicKey())));
        assertThat(context.conversation()).isNotEqualTo(ConversationIds.of(Party.REALM, alice.name, bob.name));
        assertThat(open(context, 1))
                .isInstanceOfSatisfying(Finding.class, f -> assertThat(f.code()).isEqualTo(FindingCode.MOVED));
    }

    @Test
    void nobodyTalksToHimself() {
        assertThatIllegalArgumentException().isThrownBy(() -> alice.with(alice));
    }

    private EpochOpening open(ConversationContext context, long position) {
        StoredMessage message = talk.at(position, sealed);
        return bob.opener(context).open(message, talk.header(sealed));
    }

    private ConversationContext bobsWith(List<PinnedIdentity> pinned) {
        return ConversationContext.of(Party.REALM, bob.name, alice.name, List.of(bob.identity.publicKey()), pinned);
    }
}
