package dev.pychat.endtoend.attack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.util.Locale;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Attacks a server, one way after the other, while a pair chats: all that the pair says arrives, in order, and the attacker is
 * answered as the documents say. How long the pair's messages took, quietly and under each attack, is printed. With
 * {@code -Dattacks=full} everything is at full size, and an attack under which the 99th percentile is 10 times that of the quiet
 * just before it, or more, fails; {@code -Dattack=names} takes only those whose name has that in it.
 */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class AttackTest {

    private static final boolean FULL = "full".equals(System.getProperty("attacks"));
    private static final Scale SCALE = FULL ? Scale.FULL : Scale.SHORT;
    private static final double TOO_MUCH = 10;
    private static final int LONGEST_MINUTES = 5;

    @TempDir
    static Path directory;

    private static AttackedServer server;
    private static Attackers attackers;
    private static Pair pair;

    @BeforeAll
    static void start() throws Exception {
        try (ServerSocket probe = new ServerSocket()) {
            probe.bind(new InetSocketAddress("127.0.0.9", 0));
        } catch (IOException e) {
            assumeThat(System.getenv("CI"))
                    .as("strangers need 127.0.0.0/8 as addresses of this machine")
                    .isEqualTo("true");
            throw e;
        }
        server = AttackedServer.start(directory.resolve("data"), SCALE);
        attackers = Attackers.of(server, SCALE);
        pair = Pair.on(server.target());
        pair.chat(SCALE.quiet());
        print(
                "%-34s | %5s | %7s | %7s | %7s | %5s | %7s | %7s | %7s | %s",
                "attack, milliseconds",
                "quiet",
                "median",
                "p99",
                "longest",
                "under",
                "median",
                "p99",
                "longest",
                "p99 grew");
    }

    static Stream<Named<Attack>> attacks() {
        return Attack.all().stream()
                .filter(attack -> attack.name().contains(System.getProperty("attack", "")))
                .map(attack -> Named.of(attack.name(), attack));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("attacks")
    @Order(1)
    void pairChatsOnAndTheAttackerIsAnswered(Attack attack) throws Exception {
        Times quiet = pair.chat(SCALE.quiet());
        CompletableFuture<String> attacking = attackers.begin(attack);
        Times under = pair.chatUntil(attacking.orTimeout(LONGEST_MINUTES, TimeUnit.MINUTES)::isDone);
        String answered = attacking.get();
        double grew = under.millis(0.99) / quiet.millis(0.99);
        print("%-34s | %s | %s | %.1f times", attack.name(), quiet.cells(), under.cells(), grew);
        print("    %s", answered);
        if (FULL) {
            assertThat(grew).as("the p99 under attack by the quiet one").isLessThan(TOO_MUCH);
        }
    }

    @Test
    @Order(2)
    void serverEndsAsItShouldAndHasNothingToComplainOf() throws Exception {
        pair.close();
        attackers.close();
        assertThat(server.stop()).as("%s", server.log()).isZero();
        assertThat(server.log().lines().filter(line -> line.contains("ERROR"))).isEmpty();
    }

    @AfterAll
    static void stop() throws IOException {
        if (attackers != null) {
            attackers.close();
        }
        if (server != null) {
            server.close();
        }
    }

    private static void print(String format, Object... values) {
        System.out.println(String.format(Locale.ROOT, format, values));
    }
}
