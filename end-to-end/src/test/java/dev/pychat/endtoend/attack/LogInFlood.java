package dev.pychat.endtoend.attack;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pychat.model.Bytes;
import dev.pychat.model.Username;
import dev.pychat.testkit.server.RawClient;
import dev.pychat.wire.Credential;
import dev.pychat.wire.ErrorCode;
import dev.pychat.wire.Failure;
import dev.pychat.wire.FrameCodec;
import dev.pychat.wire.LogIn;
import dev.pychat.wire.ServerFrame;
import dev.pychat.wire.Session;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** More log-ins at once, from ever other addresses, than the server can hash secrets for. */
final class LogInFlood implements Attack {

    private static final SecureRandom RANDOM = new SecureRandom();
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final int OF_AN_ADDRESS = 10;

    private int address;

    @Override
    public String name() {
        return "more log-ins than can be checked";
    }

    @Override
    public String attack(Field field) throws Exception {
        int busy = 0;
        int tried = 0;
        Duration longest = Duration.ZERO;
        do {
            List<Stranger> strangers = new ArrayList<>();
            for (int i = 0; i < 2 * field.scale().hashWaiting() + 2 * OF_AN_ADDRESS; i++) {
                strangers.add(Stranger.greeted(field.server(), from(i)));
            }
            for (int i = 0; i < strangers.size(); i++) {
                strangers.get(i).write(FrameCodec.encode(guessAt(Target.listed(i))));
            }
            Duration owner = ownerLogsIn(field);
            longest = owner.compareTo(longest) > 0 ? owner : longest;
            for (Stranger stranger : strangers) {
                Failure answer = (Failure) stranger.read();
                tried++;
                if (answer.code() == ErrorCode.BUSY) {
                    assertThat(answer.details().retryAfter()).isPositive();
                    busy++;
                } else {
                    // Who waited too long for its turn has not logged in within its time.
                    assertThat(answer.code()).isIn(ErrorCode.BAD_CREDENTIALS, ErrorCode.TIMED_OUT);
                }
                stranger.close();
            }
            address += strangers.size() / OF_AN_ADDRESS + 1;
        } while (!field.isOver());
        assertThat(busy).isPositive();
        return String.format(
                Locale.ROOT,
                "%d of %d were told busy; somebody else was logged in after %.1f s at the latest",
                busy,
                tried,
                longest.toMillis() / 1e3);
    }

    private String from(int stranger) {
        int number = address + stranger / OF_AN_ADDRESS;
        return "127.1." + number / 250 + "." + (1 + number % 250);
    }

    private static LogIn guessAt(Username account) {
        return new LogIn(
                9, account, RawClient.device("stranger"), new Credential(Bytes.random(RANDOM, Credential.SIZE)));
    }

    /** Asks again when the server says so, as a client does. */
    private static Duration ownerLogsIn(Field field) throws Exception {
        long begin = System.nanoTime();
        try (Stranger owner = Stranger.greeted(field.server(), "127.0.0.23")) {
            ServerFrame answer = owner.logIn("victim", Target.SECRET);
            while (!(answer instanceof Session)) {
                Failure failure = (Failure) answer;
                assertThat(failure.code()).isEqualTo(ErrorCode.BUSY);
                assertThat(Duration.ofNanos(System.nanoTime() - begin)).isLessThan(PATIENCE);
                Thread.sleep(failure.details().retryAfter().toMillis());
                answer = owner.logIn("victim", Target.SECRET);
            }
        }
        return Duration.ofNanos(System.nanoTime() - begin);
    }
}
