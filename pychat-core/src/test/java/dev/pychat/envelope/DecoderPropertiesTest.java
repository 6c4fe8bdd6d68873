package dev.pychat.envelope;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pychat.crypto.SeededRandom;
import dev.pychat.crypto.open.MalformedException;
import dev.pychat.crypto.secret.SecretBytes;
import dev.pychat.model.Bytes;
import dev.pychat.model.Envelope;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Whatever the bytes are: a value that encodes to the same bytes, or one exception type. */
class DecoderPropertiesTest {

    private interface Decoder {
        /** Decodes and encodes again. */
        Bytes roundTrip(Bytes input) throws MalformedException;
    }

    private record Target(String name, Bytes valid, Decoder decoder) {}

    static LongStream seeds() {
        return LongStream.rangeClosed(1, 40);
    }

    private final Talk talk = new Talk(Party.alice(), Party.bob(), 41);
    private final List<Target> targets = targets();

    @Test
    void validInputComesBackUnchanged() throws Exception {
        for (Target target : targets) {
            assertThat(target.decoder.roundTrip(target.valid)).as(target.name).isEqualTo(target.valid);
        }
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void damagedInputIsRefusedOrStillCanonical(long seed) {
        SeededRandom random = new SeededRandom(seed);
        for (Target target : targets) {
            for (int i = 0; i < 50; i++) {
                check(target, damage(target.valid, random), seed);
            }
        }
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void arbitraryInputIsRefusedOrStillCanonical(long seed) {
        SeededRandom random = new SeededRandom(seed);
        for (Target target : targets) {
            check(target, Bytes.random(random, 1 + random.nextInt(2000)), seed);
        }
    }

    @Test
    void everyTruncationIsRefused() {
        for (Target target : targets) {
            for (int size = 1; size < target.valid.size(); size++) {
                Bytes cut = target.valid.slice(0, size);
                assertThat(refused(target, cut))
                        .as("%s cut to %d", target.name, size)
                        .isTrue();
            }
        }
    }

    private static void check(Target target, Bytes input, long seed) {
        try {
            assertThat(target.decoder.roundTrip(input))
                    .as("%s, seed %d", target.name, seed)
                    .isEqualTo(input);
        } catch (MalformedException expected) {
            assertThat(expected).hasMessageStartingWith("malformed ");
        }
    }

    private static boolean refused(Target target, Bytes input) {
        try {
            target.decoder.roundTrip(input);
            return false;
        } catch (MalformedException e) {
            return true;
        }
    }

    private static Bytes damage(Bytes valid, SeededRandom random) {
        byte[] bytes = valid.toArray();
        for (int i = 0; i <= random.nextInt(3); i++) {
            bytes[random.nextInt(bytes.length)] = (byte) random.nextInt(256);
        }
        int kept = random.nextInt(4) == 0 ? 1 + random.nextInt(bytes.length) : bytes.length;
        return Bytes.copyOf(bytes, 0, kept);
    }

    private List<Target> targets() {
        Sealed sealed = talk.say("something");
        Receiver receiver = new Receiver(talk.peer, talk.sender);
        receiver.take(talk, sealed);
        talk.say("lost");
        Taken taken = receiver.take(talk, talk.say("after a gap"));
        Plaintext plaintext = new Plaintext(
                dev.pychat.model.Content.text("hello"),
                talk.now,
                dev.pychat.model.Position.NONE,
                receiver.transcript.view());
        List<Target> all = new ArrayList<>();
        all.add(new Target(
                "lane head", sealed.after().encode(), in -> LaneHead.decode(in).encode()));
        all.add(new Target(
                "no lane head",
                LaneHead.NONE.encode(),
                in -> LaneHead.decode(in).encode()));
        all.add(new Target(
                "envelope",
                sealed.envelope().value(),
                in -> EnvelopeParts.parse(new Envelope(in)).envelope().value()));
        all.add(new Target("epoch header", talk.header(sealed), DecoderPropertiesTest::header));
        all.add(new Target("epoch header of suite 2", hybridHeader(), DecoderPropertiesTest::header));
        all.add(new Target(
                "pool watch",
                PoolWatch.NONE
                        .told(talk.now, 5, 5)
                        .after()
                        .lastResortUsed(
                                talk.at(1, sealed),
                                talk.epochs.get(sealed.epoch()).opened())
                        .encode(),
                in -> PoolWatch.decode(in).encode()));
        all.add(new Target("plaintext", Bytes.adopt(plaintext.unsigned()), DecoderPropertiesTest::plaintext));
        all.add(new Target(
                "finding",
                taken.findings().get(0).encode(),
                in -> Finding.decode(in).encode()));
        all.add(new Target(
                "transcript",
                receiver.transcript.encode(),
                in -> Transcript.decode(in).encode()));
        return all;
    }

    private static Bytes hybridHeader() {
        HybridParty alice = new HybridParty("alice", 1, 1, 0);
        HybridParty bob = new HybridParty("bob", 2, 2, 0, 3);
        Sealer sealer = Sealer.onNewLane(alice.with(bob), dev.pychat.model.LaneId.random(alice.random), alice.random);
        return sealer.beginEpoch(alice.offer(bob), Party.NOW).header();
    }

    /** A header, and what its suite has to say about it, which must be no surprise either. */
    private static Bytes header(Bytes in) throws MalformedException {
        EpochHeader parsed = EpochHeader.parse(in);
        if (parsed.suite() == dev.pychat.key.Suite.HYBRID.code()) {
            parsed.wraps().checkSuite2();
            for (Wrap wrap : parsed.wraps().all()) {
                Bytes halves = Bytes.concat(parsed.wraps().rsaPart(wrap).encode(), Wraps.kemPart(wrap));
                assertThat(halves.size()).isGreaterThan(1088 + 32);
            }
        }
        return Bytes.concat(parsed.unsigned(), EpochHeader.signature(in));
    }

    private static Bytes plaintext(Bytes in) throws MalformedException {
        byte[] again = Plaintext.parse(in).unsigned();
        System.arraycopy(in.toArray(), 0, again, 0, Plaintext.SIGNATURE);
        return Bytes.adopt(again);
    }

    @Test
    void exportedEpochIsRestoredOrRefused() throws Exception {
        Sealed sealed = talk.say("exported");
        byte[] exported = talk.epochs.get(sealed.epoch()).opened().export().reveal(byte[]::clone);
        SeededRandom random = new SeededRandom(5);
        for (int i = 0; i < 300; i++) {
            byte[] damaged = exported.clone();
            damaged[random.nextInt(damaged.length)] ^= (byte) (1 << random.nextInt(8));
            try (SecretBytes input = SecretBytes.adopt(damaged)) {
                OpenedEpoch.restore(input).close();
            } catch (MalformedException expected) {
                assertThat(expected).hasMessageStartingWith("malformed ");
            }
        }
    }
}
