package dev.pychat.envelope;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pychat.crypto.open.MalformedException;
import dev.pychat.crypto.secret.SecretBytes;
import dev.pychat.key.KeyId;
import dev.pychat.key.Suite;
import dev.pychat.model.Bytes;
import dev.pychat.model.LaneId;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class OpenedEpochTest {

    private final Party alice = Party.alice();
    private final Party bob = Party.bob();
    private final Talk talk = new Talk(alice, bob, 81);
    private final Sealed sealed = talk.say("hello");
    private final OpenedEpoch epoch = talk.epochs.get(sealed.epoch()).opened();

    @Test
    void saysWhatItsHeaderSays() {
        assertThat(epoch.lane()).isEqualTo(sealed.lane());
        assertThat(talk.sealer.lane()).isEqualTo(sealed.lane());
        assertThat(epoch.made()).isEqualTo(Party.NOW);
        assertThat(epoch.suite()).isEqualTo(Suite.RSA);
        assertThat(epoch.kemKeys()).isEmpty();
        assertThat(epoch).hasToString("OpenedEpoch[" + sealed.epoch() + "]");
    }

    @Test
    void isWithBothOfItsPartiesAndNobodyElse() {
        assertThat(epoch.isWith(alice.identity.publicKey())).isTrue();
        assertThat(epoch.isWith(bob.identity.publicKey())).isTrue();
        assertThat(epoch.isWith(Party.key(3).publicKey())).isFalse();
    }

    @Test
    void namesTheKeyOfEachDeviceThatItWasWrappedTo() {
        HybridParty one = new HybridParty("alice", 1, 1, 0);
        HybridParty other = new HybridParty("bob", 2, 2, 0, 0);
        Sealer sealer = Sealer.onNewLane(one.with(other), LaneId.random(one.random), one.random);
        OpenedEpoch hybrid = sealer.beginEpoch(one.offer(other), Party.NOW).opened();
        Set<KeyId> lastResorts = java.util.stream.Stream.of(one, other)
                .flatMap(party -> party.devices.stream())
                .map(device -> device.kemKeys().lastResort().orElseThrow().id())
                .collect(Collectors.toSet());
        assertThat(hybrid.kemKeys()).isEqualTo(lastResorts).hasSize(3);
    }

    @Test
    void whatIsKeptIsReadInItsOneFormOnly() throws Exception {
        try (SecretBytes exported = epoch.export()) {
            Bytes bytes = exported.reveal(Bytes::copyOf);
            try (OpenedEpoch restored = OpenedEpoch.restore(exported)) {
                assertThat(restored.name()).isEqualTo(epoch.name());
            }
            assertMalformed(Bytes.concat(bytes, Bytes.fromHex("00")), "1 bytes after its end");
            assertMalformed(bytes.slice(0, bytes.size() - 1), "ends inside secret");
            byte[] another = bytes.toArray();
            another[another.length - 1] ^= 1;
            assertMalformed(Bytes.adopt(another), "another secret than its header commits to");
        }
    }

    @Test
    void keysComeInAnyOrderAndAreTheSame() {
        try (SecretBytes third = epoch.messageKey(3);
                SecretBytes first = epoch.messageKey(1);
                SecretBytes again = epoch.messageKey(3);
                SecretBytes same = epoch.messageKey(3)) {
            assertThat(again).isEqualTo(third).isEqualTo(same).isNotEqualTo(first);
        }
    }

    @Test
    void threadsShareIt() {
        epoch.messageKey(1).close();
        assertThat(CompletableFuture.runAsync(() -> epoch.messageKey(0).close()))
                .succeedsWithin(Duration.ofSeconds(20));
        epoch.close();
        assertThat(CompletableFuture.runAsync(epoch::close)).succeedsWithin(Duration.ofSeconds(20));
    }

    @Test
    void closingErasesTheSecretAndTheKeyOfTheChain() {
        epoch.messageKey(2).close();
        epoch.close();
        assertThatIllegalStateException().isThrownBy(epoch::secret);
        assertThatIllegalStateException().isThrownBy(() -> epoch.messageKey(2));
    }

    private static void assertMalformed(Bytes bytes, String what) {
        try (SecretBytes kept = SecretBytes.copyOf(bytes.toArray())) {
            assertThatThrownBy(() -> OpenedEpoch.restore(kept))
                    .isInstanceOf(MalformedException.class)
                    .hasMessageContaining(what);
        }
    }
}
