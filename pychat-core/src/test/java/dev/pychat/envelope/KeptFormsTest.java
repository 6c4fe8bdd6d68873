package dev.pychat.envelope;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pychat.crypto.open.BinaryReader;
import dev.pychat.crypto.open.BinaryWriter;
import dev.pychat.crypto.open.MalformedException;
import dev.pychat.crypto.secret.SecretBytes;
import dev.pychat.model.Bytes;
import dev.pychat.model.Content;
import dev.pychat.model.EpochName;
import dev.pychat.model.LaneId;
import dev.pychat.model.Position;
import dev.pychat.model.Username;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** The small structures that are sent as content or kept by a device: how many they hold, and what is none of them. */
class KeptFormsTest {

    private final Talk talk = new Talk(Party.alice(), Party.bob(), 5);
    private final Sealed sealed = talk.say("hello");
    private final OpenedEpoch epoch = talk.epochs.get(sealed.epoch()).opened();

    @Test
    void aRequestIsForOneToSixteenEpochsEachOnce() {
        RewrapRequest most = new RewrapRequest(epochs(16));
        assertThat(RewrapRequest.of(most.content())).contains(most);
        assertThat(RewrapRequest.of(new RewrapRequest(epochs(1)).content())).isPresent();
        assertThatIllegalArgumentException().isThrownBy(() -> new RewrapRequest(epochs(17)));
        assertThatIllegalArgumentException().isThrownBy(() -> new RewrapRequest(List.of()));
        assertThatIllegalArgumentException()
                .isThrownBy(
                        () -> new RewrapRequest(Collections.nCopies(2, epochs(1).get(0))));
    }

    @Test
    void whatIsNoRequestIsNone() {
        Bytes good = new RewrapRequest(epochs(1)).content().body();
        assertThat(RewrapRequest.of(new Content(RewrapRequest.TYPE + 1, good))).isEmpty();
        assertThat(RewrapRequest.of(new Content(RewrapRequest.TYPE, Bytes.concat(good, Bytes.fromHex("00")))))
                .isEmpty();
        assertThat(RewrapRequest.of(new Content(RewrapRequest.TYPE, good.slice(0, 32))))
                .isEmpty();
        Bytes twice = Bytes.concat(Bytes.fromHex("02"), good.slice(1, 32), good.slice(1, 32));
        assertThat(RewrapRequest.of(new Content(RewrapRequest.TYPE, twice))).isEmpty();
    }

    @Test
    void anAnswerHoldsSecretsUntilItIsClosed() {
        RewrapAnswer answer =
                RewrapAnswer.of(RewrapAnswer.content(List.of(epoch))).orElseThrow();
        assertThat(answer.epochs()).containsExactly(epoch.name());
        try (SecretBytes expected = epoch.secret();
                SecretBytes given = answer.secret(epoch.name()).orElseThrow()) {
            assertThat(given).isEqualTo(expected);
        }
        assertThat(answer.secret(epochs(1).get(0))).isEmpty();
        answer.close();
        assertThatIllegalStateException().isThrownBy(() -> answer.secret(epoch.name()));
        assertThatIllegalArgumentException().isThrownBy(() -> RewrapAnswer.content(List.of()));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> RewrapAnswer.content(Collections.nCopies(17, epoch)))
                .withMessageContaining("17 epochs, allowed are 1 to 16");
    }

    @Test
    void whatIsNoAnswerIsNone() {
        Bytes good = RewrapAnswer.content(List.of(epoch)).body();
        assertThat(RewrapAnswer.of(new Content(RewrapRequest.TYPE, good))).isEmpty();
        assertThat(RewrapAnswer.of(new Content(RewrapAnswer.TYPE, Bytes.concat(good, Bytes.fromHex("00")))))
                .isEmpty();
        assertThat(RewrapAnswer.of(new Content(RewrapAnswer.TYPE, good.slice(0, 64))))
                .isEmpty();
        assertThat(RewrapAnswer.of(RewrapAnswer.content(Collections.nCopies(2, epoch))))
                .isEmpty();
        byte[] sixteen = new byte[1 + 16 * 64];
        sixteen[0] = 16;
        for (int i = 0; i < 16; i++) {
            sixteen[1 + 64 * i] = (byte) i;
        }
        assertThat(RewrapAnswer.of(new Content(RewrapAnswer.TYPE, Bytes.adopt(sixteen))))
                .hasValueSatisfying(answer -> assertThat(answer.epochs()).hasSize(16));
    }

    @Test
    void confirmedBundlesEqualByWhatTheyHold() {
        ConfirmedBundles one = ConfirmedBundles.NONE.with(1, Party.NOW);
        assertThat(one)
                .isEqualTo(ConfirmedBundles.NONE.with(1, Party.NOW))
                .hasSameHashCodeAs(ConfirmedBundles.NONE.with(1, Party.NOW))
                .isNotEqualTo(ConfirmedBundles.NONE.with(1, Party.NOW.plusMillis(1)))
                .isNotEqualTo(one.encode());
        assertThat(one.hashCode()).isNotEqualTo(ConfirmedBundles.NONE.hashCode());
        assertThat(one.toString()).startsWith("ConfirmedBundles[").contains(Party.NOW.toString());
        assertThatIllegalArgumentException().isThrownBy(() -> one.with(0, Party.NOW));
    }

    @Test
    void poolWatchesEqualByWhatTheyHold() {
        PoolWatch used = PoolWatch.NONE.lastResortUsed(talk.at(1, sealed), epoch);
        assertThat(used)
                .isEqualTo(PoolWatch.NONE.lastResortUsed(talk.at(1, sealed), epoch))
                .isNotEqualTo(PoolWatch.NONE)
                .isNotEqualTo(used.encode())
                .hasToString("PoolWatch[dry, 1 epochs waiting]");
        assertThat(used.hashCode()).isNotEqualTo(PoolWatch.NONE.hashCode());
        PoolWatch filled = PoolWatch.NONE.told(Party.NOW, 1, 0).after();
        assertThat(filled).hasToString("PoolWatch[filled since " + Party.NOW + ", 0 epochs waiting]");
    }

    @Test
    void twoPartiesHaveSeenAndEachIsNamedOnce() throws Exception {
        Map<Username, Seen> two = new TreeMap<>();
        two.put(new Username("alice"), new Seen(new Position(3), new Position(2)));
        two.put(new Username("bob"), Seen.NOTHING);
        assertThat(Seen.readAll(written(two))).isEqualTo(two);
        two.put(new Username("carol"), Seen.NOTHING);
        assertThatThrownBy(() -> Seen.readAll(written(two)))
                .isInstanceOf(MalformedException.class)
                .hasMessageContaining("3 parties, allowed are 2");
    }

    @Test
    void upTo256LanesAreReadAndEachOnce() throws Exception {
        Lanes lanes = Lanes.NONE;
        for (int i = 1; i <= 257; i++) {
            lanes = lanes.with(new Username("alice"), LaneTrack.empty(lane(i)));
        }
        assertThat(lanes.tracks()).hasSize(256);
        assertThat(lanes.of(new Username("alice"), lane(1))).isEmpty();
        assertThat(lanes.of(new Username("alice"), lane(2))).isPresent();
        Bytes written = written(lanes);
        assertThat(Lanes.read(new BinaryReader("lanes", written)).tracks()).hasSize(256);
        Bytes more = Bytes.concat(Bytes.fromHex("0101"), written.slice(2, written.size() - 2));
        assertThatThrownBy(() -> Lanes.read(new BinaryReader("lanes", more)))
                .hasMessageContaining("257 lanes, allowed are 256");
        Bytes one = written(Lanes.NONE.with(new Username("alice"), LaneTrack.empty(lane(1))));
        Bytes entry = one.slice(2, one.size() - 2);
        Bytes twice = Bytes.concat(Bytes.fromHex("0002"), entry, entry);
        assertThatThrownBy(() -> Lanes.read(new BinaryReader("lanes", twice))).hasMessageContaining("a lane twice");
    }

    private static Bytes written(Lanes lanes) {
        try (BinaryWriter out = new BinaryWriter()) {
            lanes.write(out);
            return out.toBytes();
        }
    }

    private static BinaryReader written(Map<Username, Seen> seen) {
        try (BinaryWriter out = new BinaryWriter()) {
            Seen.write(seen, out);
            return new BinaryReader("transcript", out.toBytes());
        }
    }

    private static LaneId lane(int number) {
        return new LaneId(Bytes.fromHex(String.format("%032x", number)));
    }

    private static List<EpochName> epochs(int count) {
        return IntStream.rangeClosed(1, count)
                .mapToObj(number -> new EpochName(Bytes.fromHex(String.format("%064x", number))))
                .toList();
    }
}
