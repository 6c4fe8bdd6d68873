package dev.pychat.envelope;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pychat.crypto.SeededRandom;
import dev.pychat.crypto.open.Label;
import dev.pychat.crypto.secret.Ed25519PrivateKey;
import dev.pychat.model.Bytes;
import dev.pychat.model.ConversationId;
import dev.pychat.model.Envelope;
import dev.pychat.model.EpochName;
import dev.pychat.model.MessageId;
import dev.pychat.model.Position;
import dev.pychat.model.Realm;
import dev.pychat.model.StoredMessage;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The table of ENVELOPE.md, section 9.1, up to the last check that needs no secret: each line by itself, and their order. */
class HeaderCheckTest {

    private static final Bytes ANY = Bytes.fromHex("aa".repeat(32));

    private final Party alice = Party.alice();
    private final Party bob = Party.bob();
    private final Party carol = new Party("carol", 3, 3);
    private final Talk talk = new Talk(alice, bob, 15);
    private final EpochHeader good =
            talk.epochs.get(talk.say("hello").epoch()).opened().fields();
    private final ConversationContext bobs = bob.with(alice);

    @Test
    void aGoodHeaderPassesForBothSides() {
        Bytes header = signed(good);
        assertPasses(bobs, header, false);
        assertPasses(alice.with(bob), header, true);
    }

    @Test
    void theNameIsTheHashOfTheHeader() {
        Bytes header = signed(good);
        Object found = new EpochInspector(bobs).inspect(message(1, new EpochName(ANY)), header);
        assertFinds(found, FindingCode.UNKNOWN_EPOCH, "another header under this name");
    }

    @Test
    void theVersionIsOne() {
        byte[] newer = signed(good).toArray();
        int version = Label.EPOCH_NAME.bytes().size();
        newer[version] = 2;
        assertFound(bobs, Bytes.adopt(newer), FindingCode.UNSUPPORTED, "another version");
    }

    @Test
    void theHeaderIsCanonicalAndItsSenderHasAUsableKey() {
        Bytes header = signed(good);
        assertFound(bobs, Bytes.concat(header, Bytes.fromHex("00")), FindingCode.MALFORMED, "after its end");
        Bytes weak = signed(with(good.realm(), good.conversation(), Bytes.adopt(new byte[32]), good.recipient()));
        assertFound(bobs, weak, FindingCode.MALFORMED, "the sender's key is not usable");
    }

    @Test
    void anotherRealmOrConversationIsMoved() {
        Realm realm = new Realm(ANY.slice(0, 16));
        String what = "another conversation or realm";
        Bytes elsewhere = signed(with(realm, good.conversation(), good.senderKey(), good.recipient()));
        assertFound(bobs, elsewhere, FindingCode.MOVED, what);
        ConversationId other = new ConversationId(ANY);
        Bytes moved = signed(with(good.realm(), other, good.senderKey(), good.recipient()));
        assertFound(bobs, moved, FindingCode.MOVED, what);
        Bytes ofNobody =
                signed(with(good.realm(), other, carol.identity.publicKey().value(), good.recipient()));
        assertFound(bobs, ofNobody, FindingCode.MOVED, what);
    }

    @Test
    void theSenderIsOneOfUsOrPinnedAtThePosition() {
        Bytes stranger = signed(
                carol.identity,
                with(
                        good.realm(),
                        good.conversation(),
                        carol.identity.publicKey().value(),
                        good.recipient()));
        String what = "an identity not accepted here";
        assertFound(bobs, stranger, FindingCode.UNPINNED_IDENTITY, what);
        ConversationContext upToFour = pinned(Position.FIRST, new Position(4));
        ConversationContext sinceFive = pinned(new Position(5), new Position(9));
        Bytes header = signed(good);
        for (long position : new long[] {1, 4, 5, 9, 10}) {
            assertThat(inspect(upToFour, header, position) instanceof SignedEpoch)
                    .isEqualTo(position <= 4);
            assertThat(inspect(sinceFive, header, position) instanceof SignedEpoch)
                    .isEqualTo(position >= 5 && position <= 9);
        }
        assertFinds(inspect(upToFour, header, 5), FindingCode.UNPINNED_IDENTITY, what);
        Bytes alsoForAnother = signed(
                carol.identity,
                with(
                        good.realm(),
                        good.conversation(),
                        carol.identity.publicKey().value(),
                        ANY));
        assertFound(bobs, alsoForAnother, FindingCode.UNPINNED_IDENTITY, what);
    }

    @Test
    void theRecipientIsTheOtherSide() {
        String what = "another recipient";
        for (Bytes other : List.of(ANY, fingerprint(alice), fingerprint(carol))) {
            Bytes header = signed(with(good.realm(), good.conversation(), good.senderKey(), other));
            assertFound(bobs, header, FindingCode.MOVED, what);
            assertFound(alice.with(bob), header, FindingCode.MOVED, what);
        }
        Bytes unsigned = Bytes.concat(
                with(good.realm(), good.conversation(), good.senderKey(), ANY).unsigned(), Bytes.adopt(new byte[64]));
        assertFound(bobs, unsigned, FindingCode.MOVED, what);
    }

    @Test
    void theSignatureIsTheSendersAndOfAnEpoch() {
        String what = "signature does not verify";
        assertFound(bobs, signed(carol.identity, good), FindingCode.ALTERED, what);
        Bytes unsigned = good.unsigned();
        Bytes otherLabel = Bytes.concat(unsigned, alice.identity.sign(Label.MESSAGE_SIGNATURE, unsigned));
        assertFound(bobs, otherLabel, FindingCode.ALTERED, what);
        assertFound(minimum(2), signed(carol.identity, good), FindingCode.ALTERED, what);
    }

    @Test
    void theSuiteIsKnownAndAtLeastTheMinimum() {
        assertFound(minimum(2), signed(good), FindingCode.SUITE_BELOW_MINIMUM, "suite 1, where suite 2 is due");
        assertPasses(minimum(1), signed(good), false);
        assertFound(bobs, signed(with(3, good.wraps())), FindingCode.UNSUPPORTED, "suite 3");
        assertFound(bobs, signed(with(0, good.wraps())), FindingCode.SUITE_BELOW_MINIMUM, "suite 0, where suite 1");
    }

    @Test
    void theRulesOfItsSuiteHold() {
        Wrap wrap = good.wraps().all().get(0);
        Wrap cut = new Wrap(
                wrap.role(),
                wrap.device(),
                wrap.keyId(),
                wrap.shared(),
                wrap.ct(),
                wrap.sealed().slice(0, 47));
        Wraps wraps =
                new Wraps(good.wraps().shared(), List.of(cut, good.wraps().all().get(1)));
        assertFound(bobs, signed(with(1, wraps)), FindingCode.MALFORMED, "not one ciphertext and 48 sealed bytes");
        assertFound(bobs, signed(with(2, good.wraps())), FindingCode.MALFORMED, "epoch header");
    }

    @Test
    void theSuiteIsTheHighestThatTheBundlesNamedByTheHeaderList() {
        EpochTerms terms = new EpochTerms(Party.NOW, 5, 7, ANY, Party.NOW, 0, 0, 0);
        for (long own = 4; own <= 8; own++) {
            for (long peer = 4; peer <= 8; peer++) {
                ConversationContext context = bobs.with(new HybridSince(own, peer));
                assertThat(context.lowestSuite(terms, true)).isEqualTo(own <= 5 && peer <= 7 ? 2 : 1);
                assertThat(context.lowestSuite(terms, false)).isEqualTo(own <= 7 && peer <= 5 ? 2 : 1);
            }
        }
        assertThat(minimum(2).lowestSuite(terms, true)).isEqualTo(2);
    }

    private ConversationContext minimum(int suite) {
        return new ConversationContext(
                bobs.realm(), bobs.conversation(), bobs.self(), bobs.peer(), bobs.own(), bobs.pinned(), suite);
    }

    private ConversationContext pinned(Position from, Position to) {
        return ConversationContext.of(
                Party.REALM,
                bob.name,
                alice.name,
                List.of(bob.identity.publicKey()),
                List.of(new PinnedIdentity(alice.identity.publicKey(), from, to)));
    }

    private EpochHeader with(Realm realm, ConversationId conversation, Bytes sender, Bytes recipient) {
        return new EpochHeader(
                good.suite(),
                realm,
                conversation,
                sender,
                recipient,
                good.lane(),
                good.ordinal(),
                good.previous(),
                good.nonce(),
                good.terms(),
                good.commitment(),
                good.wraps());
    }

    private EpochHeader with(int suite, Wraps wraps) {
        return new EpochHeader(
                suite,
                good.realm(),
                good.conversation(),
                good.senderKey(),
                good.recipient(),
                good.lane(),
                good.ordinal(),
                good.previous(),
                good.nonce(),
                good.terms(),
                good.commitment(),
                wraps);
    }

    private Bytes signed(EpochHeader header) {
        return signed(alice.identity, header);
    }

    private static Bytes signed(Ed25519PrivateKey signer, EpochHeader header) {
        Bytes unsigned = header.unsigned();
        return Bytes.concat(unsigned, signer.sign(Label.EPOCH_SIGNATURE, unsigned));
    }

    private static Bytes fingerprint(Party party) {
        return ConversationContext.fingerprint(party.identity.publicKey());
    }

    private void assertPasses(ConversationContext context, Bytes header, boolean sentByUs) {
        assertThat(inspect(context, header, 1)).isInstanceOfSatisfying(SignedEpoch.class, epoch -> {
            assertThat(epoch.sentByUs()).isEqualTo(sentByUs);
            assertThat(epoch.sender()).isEqualTo(alice.identity.publicKey());
        });
    }

    private void assertFound(ConversationContext context, Bytes header, FindingCode code, String what) {
        assertFinds(inspect(context, header, 1), code, what);
    }

    private static void assertFinds(Object inspection, FindingCode code, String what) {
        assertThat(inspection).isInstanceOfSatisfying(Finding.class, finding -> {
            assertThat(finding.code()).isEqualTo(code);
            assertThat(finding.what()).contains(what);
        });
    }

    private EpochInspection inspect(ConversationContext context, Bytes header, long position) {
        return new EpochInspector(context).inspect(message(position, EpochHeader.name(header)), header);
    }

    private StoredMessage message(long position, EpochName epoch) {
        MessageId id = MessageId.random(new SeededRandom(1));
        Envelope envelope = new EnvelopeParts(
                        epoch, 0, good.lane(), 1, ANY, id, ANY.slice(0, 16), ANY, Bytes.adopt(new byte[272]))
                .envelope();
        return talk.message(position, alice.name, id, good.lane(), epoch, envelope);
    }
}
