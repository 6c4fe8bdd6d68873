package dev.pychat.client;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.HotSpotDiagnosticMXBean;
import dev.pychat.crypto.SeededRandom;
import dev.pychat.crypto.open.KeyPolicy;
import dev.pychat.crypto.secret.SecretBytes;
import dev.pychat.envelope.ConversationContext;
import dev.pychat.envelope.EpochOffer;
import dev.pychat.envelope.OpenedEpoch;
import dev.pychat.envelope.PinnedIdentity;
import dev.pychat.envelope.Sealer;
import dev.pychat.key.BundleException;
import dev.pychat.key.CheckedBundle;
import dev.pychat.key.KeyBundle;
import dev.pychat.keyring.DeviceSealer;
import dev.pychat.model.Bytes;
import dev.pychat.model.LaneId;
import dev.pychat.model.Username;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DeviceRecordsTest {

    private static final Username ALICE = new Username("alice");
    private static final Username BOB = new Username("bob");
    private static final int TIMES = 200;

    private final SeededRandom random = new SeededRandom(71);
    private final DeviceRecords records = new DeviceRecords(new DeviceSealer(SecretBytes.random(random, 32), random));

    @Test
    void openedEpochThatWasClosedLeavesNoSecretBehind(@TempDir Path folder) throws Exception {
        byte[] masked;
        Bytes box;
        OpenedEpoch begun = begun();
        try (SecretBytes exported = begun.export()) {
            masked = exported.reveal(raw -> masked(raw, raw.length - 32));
            box = records.seal(BOB, begun);
        }
        for (int i = 0; i < TIMES; i++) {
            records.epoch(BOB, begun.name(), box).close();
            records.seal(BOB, begun);
        }
        begun.close();
        assertThat(copiesInHeap(masked, folder)).isLessThan(TIMES / 10);
    }

    private static byte[] masked(byte[] raw, int from) {
        byte[] masked = new byte[32];
        for (int i = 0; i < masked.length; i++) {
            masked[i] = (byte) ~raw[from + i];
        }
        return masked;
    }

    private OpenedEpoch begun() throws Exception {
        CheckedBundle alices = checked(PeerBundles.bundle(1, 1, 1));
        CheckedBundle bobs = checked(PeerBundles.bundle(2, 1, 2));
        ConversationContext context = ConversationContext.of(
                bobs.bundle().fields().realm(),
                ALICE,
                BOB,
                List.of(PeerBundles.identity(1).publicKey()),
                List.of(PinnedIdentity.always(bobs.identity())));
        Instant now = PeerBundles.NOW;
        EpochOffer offer = new EpochOffer(PeerBundles.identity(1), alices, bobs, now, 0, 0, 0, List.of());
        try (Sealer sealer = Sealer.onNewLane(context, LaneId.random(random), random)) {
            return sealer.beginEpoch(offer, now).opened();
        }
    }

    private static CheckedBundle checked(KeyBundle bundle) throws BundleException {
        return bundle.check(bundle.fields().realm(), BOB, KeyPolicy.acceptPublishedTestKeysInsecurely());
    }

    /** How often a secret stands in this process's memory, in what nobody refers to any more too. */
    private static int copiesInHeap(byte[] masked, Path folder) throws IOException {
        Path dump = folder.resolve("heap.hprof");
        ManagementFactory.getPlatformMXBean(HotSpotDiagnosticMXBean.class).dumpHeap(dump.toString(), false);
        int copies = 0;
        try (FileChannel channel = FileChannel.open(dump)) {
            ByteBuffer part = ByteBuffer.allocateDirect(1 << 20);
            while (channel.read(part) > 0) {
                part.flip();
                int last = part.limit() - masked.length;
                for (int i = 0; i <= last; i++) {
                    copies += isAt(part, i, masked) ? 1 : 0;
                }
                part.position(Math.max(0, last + 1));
                part.compact();
            }
        }
        return copies;
    }

    private static boolean isAt(ByteBuffer part, int from, byte[] masked) {
        for (int i = 0; i < masked.length; i++) {
            if (part.get(from + i) != (byte) ~masked[i]) {
                return false;
            }
        }
        return true;
    }
}
