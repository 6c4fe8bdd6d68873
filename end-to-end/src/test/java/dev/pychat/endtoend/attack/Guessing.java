package dev.pychat.endtoend.attack;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pychat.model.Bytes;
import dev.pychat.wire.Credential;
import dev.pychat.wire.ErrorCode;
import dev.pychat.wire.Failure;
import dev.pychat.wire.ServerFrame;
import dev.pychat.wire.Session;
import java.security.SecureRandom;
import java.time.Duration;

/** Guesses at one account's passphrase, and at those of many accounts, from one address each. */
final class Guessing implements Attack {

    private static final SecureRandom RANDOM = new SecureRandom();
    private static final String OF_ONE = "127.0.0.20";
    private static final String OF_MANY = "127.0.0.21";
    private static final int FREE = 5;
    private static final int FREE_OF_MANY = 4 * FREE;

    @Override
    public String name() {
        return "guesses at passphrases";
    }

    @Override
    public String attack(Field field) throws Exception {
        Duration delay = guessAtOne(field);
        int ofMany = guessAtMany(field);
        int refused = 0;
        while (!field.isOver()) {
            try (Stranger guesser = Stranger.greeted(field.server(), OF_ONE)) {
                for (int i = 0; i < 20 && !field.isOver(); i++) {
                    guess(guesser, "victim");
                    refused++;
                }
            }
            ownerLogsIn(field);
        }
        return "after " + FREE + " at one account a wait that grew to " + delay.toMillis() / 1_000.0 + " s, after "
                + ofMany + " at many accounts a wait, " + refused + " more asked; the owner logged in elsewhere";
    }

    /** The waits that are told at one account grow, and are kept to. */
    private static Duration guessAtOne(Field field) throws Exception {
        for (int i = 0; i < FREE; i++) {
            assertThat(code(once(field, OF_ONE, "victim"))).isEqualTo(ErrorCode.BAD_CREDENTIALS);
        }
        Duration before = Duration.ZERO;
        for (int round = 0; round < 3; round++) {
            Duration wait = busy(once(field, OF_ONE, "victim"));
            assertThat(wait).isGreaterThan(before.plus(before.dividedBy(4)));
            ownerLogsIn(field);
            if (round < 2) {
                Thread.sleep(wait.toMillis() + 5); // what the server said, no proof of anything
                assertThat(code(once(field, OF_ONE, "victim"))).isEqualTo(ErrorCode.BAD_CREDENTIALS);
            }
            before = wait;
        }
        return before;
    }

    private static int guessAtMany(Field field) throws Exception {
        int guesses = 0;
        try (Stranger guesser = Stranger.greeted(field.server(), OF_MANY)) {
            ServerFrame answer = guess(guesser, "user0000000");
            while (code(answer) == ErrorCode.BAD_CREDENTIALS) {
                guesses++;
                answer = guess(guesser, Target.listed(guesses).value());
            }
            assertThat(busy(answer)).isPositive();
        }
        assertThat(guesses).isEqualTo(FREE_OF_MANY);
        return guesses;
    }

    private static void ownerLogsIn(Field field) throws Exception {
        try (Stranger owner = Stranger.greeted(field.server(), "127.0.0.22")) {
            assertThat(owner.logIn("victim", Target.SECRET)).isInstanceOf(Session.class);
        }
    }

    private static ServerFrame once(Field field, String from, String account) throws Exception {
        try (Stranger guesser = Stranger.greeted(field.server(), from)) {
            return guess(guesser, account);
        }
    }

    private static ServerFrame guess(Stranger guesser, String account) throws Exception {
        return guesser.logIn(account, new Credential(Bytes.random(RANDOM, Credential.SIZE)));
    }

    private static ErrorCode code(ServerFrame answer) {
        return ((Failure) answer).code();
    }

    private static Duration busy(ServerFrame answer) {
        Failure failure = (Failure) answer;
        assertThat(failure.code()).isEqualTo(ErrorCode.BUSY);
        return failure.details().retryAfter();
    }
}
