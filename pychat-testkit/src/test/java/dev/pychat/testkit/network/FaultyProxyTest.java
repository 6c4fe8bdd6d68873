package dev.pychat.testkit.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pychat.testkit.network.FaultyProxy.Struck;
import dev.pychat.testkit.transport.FreePort;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.time.Duration;
import java.util.Arrays;
import java.util.Random;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.Test;

/** Each fault, shown on bytes. */
class FaultyProxyTest {

    private static final byte[] BYTES = bytes(5_000);

    private static byte[] bytes(int count) {
        byte[] bytes = new byte[count];
        new Random(count).nextBytes(bytes);
        return bytes;
    }

    @Test
    void goodConnectionPassesEverythingBothWaysAndEachEndByItself() throws Exception {
        try (ProxiedPair pair = ProxiedPair.with()) {
            pair.client.getOutputStream().write(BYTES);
            pair.client.shutdownOutput();
            assertThat(pair.server.getInputStream().readAllBytes()).isEqualTo(BYTES);
            pair.server.getOutputStream().write(BYTES);
            pair.server.shutdownOutput();
            assertThat(pair.client.getInputStream().readAllBytes()).isEqualTo(BYTES);
            await(() -> pair.proxy.open() == 0);
            assertThat(pair.proxy.struck()).isEmpty();
        }
    }

    @Test
    void delayedBytesComeLaterAndUnchanged() throws Exception {
        Fault delay = new Fault.Delay(Direction.TO_SERVER, Duration.ofMillis(40), 7);
        try (ProxiedPair pair = ProxiedPair.with(delay)) {
            long begin = System.nanoTime();
            pair.client.getOutputStream().write(BYTES);
            assertThat(pair.server.getInputStream().readNBytes(BYTES.length)).isEqualTo(BYTES);
            assertThat(System.nanoTime() - begin)
                    .isGreaterThanOrEqualTo(
                            CourseTest.waits(delay, BYTES.length).toNanos());
            assertThat(pair.proxy.struck()).contains(new Struck(1, delay));
        }
    }

    @Test
    void splitBytesComeUnchanged() throws Exception {
        try (ProxiedPair pair = ProxiedPair.with(new Fault.Split(Direction.TO_CLIENT, 1, 7))) {
            pair.server.getOutputStream().write(BYTES);
            assertThat(pair.client.getInputStream().readNBytes(BYTES.length)).isEqualTo(BYTES);
        }
    }

    @Test
    void stalledBytesComeAfterTheStall() throws Exception {
        Duration time = Duration.ofMillis(200);
        try (ProxiedPair pair = ProxiedPair.with(new Fault.Stall(Direction.TO_SERVER, 1_000, time))) {
            long begin = System.nanoTime();
            pair.client.getOutputStream().write(BYTES);
            InputStream in = pair.server.getInputStream();
            assertThat(in.readNBytes(1_000)).isEqualTo(Arrays.copyOf(BYTES, 1_000));
            assertThat(in.readNBytes(4_000)).isEqualTo(Arrays.copyOfRange(BYTES, 1_000, 5_000));
            assertThat(System.nanoTime() - begin).isGreaterThanOrEqualTo(time.toNanos());
        }
    }

    @Test
    void cutConnectionEndsInGoodOrderAtTheByte() throws Exception {
        try (ProxiedPair pair = ProxiedPair.with(new Fault.Cut(Direction.TO_SERVER, 1_234))) {
            pair.client.getOutputStream().write(BYTES);
            assertThat(pair.server.getInputStream().readAllBytes()).isEqualTo(Arrays.copyOf(BYTES, 1_234));
            assertThat(pair.client.getInputStream().read()).isEqualTo(-1);
            pair.client.close();
            pair.server.close();
            await(() -> pair.proxy.open() == 0);
        }
    }

    @Test
    void resetConnectionIsTornDownForBothEnds() throws Exception {
        try (ProxiedPair pair = ProxiedPair.with(new Fault.Reset(Direction.TO_CLIENT, 10))) {
            pair.server.getOutputStream().write(BYTES);
            assertTornDown(pair.client);
            assertTornDown(pair.server);
            await(() -> pair.proxy.open() == 0);
        }
    }

    @Test
    void blackHoleSwallowsOneWayWithItsEndWhileTheOtherGoesOn() throws Exception {
        try (ProxiedPair pair = ProxiedPair.with(new Fault.BlackHole(Direction.TO_SERVER, 1_000))) {
            pair.client.getOutputStream().write(BYTES);
            assertThat(pair.server.getInputStream().readNBytes(1_000)).isEqualTo(Arrays.copyOf(BYTES, 1_000));
            pair.server.getOutputStream().write(BYTES);
            assertThat(pair.client.getInputStream().readNBytes(BYTES.length)).isEqualTo(BYTES);
            pair.client.close();
            for (int i = 0; i < 200; i++) {
                pair.server.getOutputStream().write(BYTES);
            }
            assertThat(pair.proxy.open()).isEqualTo(1);
            pair.proxy.close();
            // Had the client's end come through, this would be -1.
            assertThatThrownBy(() -> pair.server.getInputStream().read()).isInstanceOf(SocketException.class);
        }
    }

    @Test
    void endOfWhomABlackHoleHidesComesThrough() throws Exception {
        try (ProxiedPair pair = ProxiedPair.with(new Fault.BlackHole(Direction.TO_SERVER, 0))) {
            pair.client.getOutputStream().write(BYTES);
            pair.server.getOutputStream().write(BYTES);
            pair.server.close();
            assertThat(pair.client.getInputStream().readAllBytes()).isEqualTo(BYTES);
            pair.client.close();
            await(() -> pair.proxy.open() == 0);
        }
    }

    @Test
    void whoConnectsIsResetWhileNobodyListensAndPassedOnAfterwards() throws Exception {
        int port = FreePort.find();
        try (FaultyProxy proxy = FaultyProxy.start(port, Faults.NONE)) {
            try (Socket early = ProxiedPair.connect(proxy.port())) {
                assertTornDown(early);
            }
            try (ServerSocket listening = new ServerSocket(port, 10, InetAddress.getLoopbackAddress());
                    Socket client = ProxiedPair.connect(proxy.port());
                    Socket server = listening.accept()) {
                client.getOutputStream().write(1);
                assertThat(server.getInputStream().read()).isEqualTo(1);
            }
        }
    }

    @Test
    void faultsAreExchangedForNewConnectionsAndAllAreResetAtOnce() throws Exception {
        try (ServerSocket listening = new ServerSocket(0, 10, InetAddress.getLoopbackAddress());
                FaultyProxy proxy = FaultyProxy.start(
                        listening.getLocalPort(), Faults.always(new Fault.Cut(Direction.TO_CLIENT, 0)))) {
            try (Socket client = ProxiedPair.connect(proxy.port());
                    Socket server = listening.accept()) {
                assertThat(client.getInputStream().read()).isEqualTo(-1);
                assertThat(server.getInputStream().read()).isEqualTo(-1);
            }
            proxy.faults(Faults.NONE);
            try (Socket client = ProxiedPair.connect(proxy.port());
                    Socket server = listening.accept()) {
                client.getOutputStream().write(1);
                assertThat(server.getInputStream().read()).isEqualTo(1);
                proxy.resetAll();
                assertTornDown(client);
            }
        }
    }

    @Test
    void closedProxyLeavesNoThread() throws Exception {
        try (ProxiedPair pair = ProxiedPair.with(new Fault.BlackHole(Direction.TO_SERVER, 0))) {
            pair.server.getOutputStream().write(1);
            assertThat(pair.client.getInputStream().read()).isEqualTo(1);
        }
        await(() -> Thread.getAllStackTraces().keySet().stream()
                .noneMatch(thread -> thread.getName().startsWith("pychat-faulty-proxy")));
    }

    private static void assertTornDown(Socket end) {
        assertThatThrownBy(() -> end.getInputStream().readAllBytes())
                .isInstanceOf(SocketException.class)
                .isInstanceOf(IOException.class);
    }

    private static void await(BooleanSupplier condition) throws InterruptedException {
        long deadline = System.nanoTime()
                + Duration.ofMillis(ProxiedPair.PATIENCE_MILLIS).toNanos();
        while (!condition.getAsBoolean()) {
            assertThat(System.nanoTime()).isLessThan(deadline);
            Thread.sleep(5);
        }
    }
}
