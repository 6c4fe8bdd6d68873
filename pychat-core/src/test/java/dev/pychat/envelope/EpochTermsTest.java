package dev.pychat.envelope;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.pychat.crypto.secret.RsaPrivateKey;
import dev.pychat.crypto.secret.SecretBytes;
import dev.pychat.crypto.secret.Unwrapper;
import dev.pychat.key.HistoryPolicy;
import dev.pychat.key.KeyId;
import dev.pychat.model.Bytes;
import dev.pychat.model.Content;
import dev.pychat.model.MessageId;
import dev.pychat.model.Position;
import dev.pychat.model.StoredMessage;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What an epoch says of bundles and policies, and to a device that joined its account behind it. */
class EpochTermsTest {

    private static final long WEEK = Duration.ofDays(7).toSeconds();
    private static final long DAY = Duration.ofDays(1).toSeconds();

    private final Party alice = Party.alice();
    private final Party bob = Party.bob();
    private final Talk talk = new Talk(alice, bob, 26);

    /** Alice's second bundle, Bob's first. */
    private final SealedEpoch epoch = talk.sealer.beginEpoch(
            new EpochOffer(alice.identity, alice.nextBundle(), bob.bundle, Party.NOW, 0, WEEK, DAY), Party.NOW);

    private final Sealed sealed = talk.sealer.seal(
            MessageId.random(talk.random),
            Content.text("hello"),
            Party.NOW,
            Position.NONE,
            View.empty(bob.with(alice).conversation()));
    private final StoredMessage message = talk.at(1, sealed);

    @Test
    void bothPoliciesAndTheSendersSerialAreReadFromTheHeader() {
        SignedEpoch signed = (SignedEpoch) new EpochInspector(bob.with(alice)).inspect(message, epoch.header());
        assertThat(signed.senderPolicy()).isEqualTo(HistoryPolicy.ofSeconds(WEEK));
        assertThat(signed.recipientPolicy()).isEqualTo(HistoryPolicy.ofSeconds(DAY));
        try (OpenedEpoch opened = (OpenedEpoch) bob.opener(bob.with(alice)).open(message, epoch.header())) {
            assertThat(opened.senderPolicy()).isEqualTo(HistoryPolicy.ofSeconds(WEEK));
            assertThat(opened.senderSerial()).isEqualTo(2);
        }
        assertThat(OwnHeader.maker(epoch.header())).contains(alice.identity.publicKey());
        assertThat(OwnHeader.maker(Bytes.fromHex("00"))).isEmpty();
    }

    @Test
    void aDeviceThatIsListedFromALaterBundleOnIsToldSo() {
        assertThat(code(bob, alice, 1)).isEqualTo(FindingCode.UNKNOWN_KEY);
        assertThat(code(bob, alice, 2)).isEqualTo(FindingCode.BEFORE_DEVICE);
        assertThat(code(alice, bob, 2)).isEqualTo(FindingCode.UNKNOWN_KEY);
        assertThat(code(alice, bob, 3)).isEqualTo(FindingCode.BEFORE_DEVICE);
    }

    private FindingCode code(Party self, Party peer, long listedSince) {
        EpochOpener opener = new EpochOpener(self.with(peer), withoutKeys(listedSince), new Unwrapper(), talk.random);
        assertThat(opener.lacksKey(epoch.header())).isEqualTo(listedSince <= (self == bob ? 1 : 2));
        return ((Finding) opener.open(message, epoch.header())).code();
    }

    private static WrappingKeys withoutKeys(long listedSince) {
        return new WrappingKeys() {
            @Override
            public Optional<RsaPrivateKey> byId(KeyId id) {
                return Optional.empty();
            }

            @Override
            public long listedSince() {
                return listedSince;
            }
        };
    }

    @Test
    void anAnswerWithoutSecretsNamesTheSameEpochsAndOpensNone() {
        try (RewrapAnswer answer = RewrapAnswer.of(RewrapAnswer.content(List.of(epoch.opened())))
                        .orElseThrow();
                RewrapAnswer without = RewrapAnswer.of(answer.withoutSecrets()).orElseThrow();
                SecretBytes given = answer.secret(epoch.name()).orElseThrow();
                SecretBytes none = without.secret(epoch.name()).orElseThrow();
                SecretBytes zeros = SecretBytes.adopt(new byte[32])) {
            assertThat(without.epochs()).containsExactly(epoch.name());
            assertThat(none).isEqualTo(zeros);
            assertThat(given).isNotEqualTo(zeros);
        }
    }

    @Test
    void anAnswerGivesAtMostSoManyEpochs() {
        List<OpenedEpoch> most = Collections.nCopies(RewrapRequest.MOST, epoch.opened());
        assertThat(RewrapAnswer.content(most).type()).isEqualTo(RewrapAnswer.TYPE);
        List<OpenedEpoch> more = Collections.nCopies(RewrapRequest.MOST + 1, epoch.opened());
        assertThatIllegalArgumentException()
                .isThrownBy(() -> RewrapAnswer.content(more))
                .withMessageContaining("allowed are 1 to " + RewrapRequest.MOST);
    }
}
