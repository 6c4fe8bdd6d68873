package dev.pychat.endtoend.attack;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pychat.crypto.open.PasswordCost;
import dev.pychat.model.Bytes;
import dev.pychat.model.Username;
import dev.pychat.testkit.server.RawClient;
import dev.pychat.wire.ErrorCode;
import dev.pychat.wire.Failure;
import dev.pychat.wire.KdfCost;
import dev.pychat.wire.SignUp;
import java.security.SecureRandom;
import java.util.List;

/** Sign-ups under names that people would take for those of others, in ASCII and in other alphabets. */
final class LookAlikeNames implements Attack {

    private static final SecureRandom RANDOM = new SecureRandom();
    private static final List<String> ASCII = List.of("a1ice", "b0b", "rnallory", "0scar", "v1ctlm", "userooooool");

    /** Cyrillic a, i and o, a full-width b, a dotless i, a combining accent, one that takes no room, and one that is larger only. */
    private static final List<String> OTHERS = List.of(
            "\u0430lice", "v\u0456ctim", "b\u043eb", "\uff42ob", "v\u0131ctim", "alice\u0301", "al\u200bice", "Alice");

    @Override
    public String name() {
        return "look-alike names";
    }

    @Override
    public String attack(Field field) throws Exception {
        int malformed = 0;
        for (String name : OTHERS) {
            try (Stranger stranger = Stranger.greeted(field.server(), "127.0.0.25")) {
                stranger.writeHeader("{\"t\":\"password-salt\",\"id\":2,\"user\":\"" + name + "\"}");
                assertThat(stranger.read())
                        .as(name)
                        .isInstanceOfSatisfying(
                                Failure.class,
                                failure -> assertThat(failure.code()).isEqualTo(ErrorCode.MALFORMED_FRAME));
                malformed++;
            }
        }
        int taken = 0;
        int busy = 0;
        try (Stranger stranger = Stranger.greeted(field.server(), "127.0.0.25")) {
            for (int i = 0; !field.isOver() || busy == 0; i++) {
                Failure answer = signUp(stranger, ASCII.get(i % ASCII.size()));
                if (taken < field.scale().signUps()) {
                    assertThat(answer.code()).as("%s", answer).isEqualTo(ErrorCode.NAME_TAKEN);
                    assertThat(answer.text()).contains("looks like");
                    taken++;
                } else if (answer.code() == ErrorCode.BUSY) {
                    busy++;
                }
            }
        }
        return malformed + " of other alphabets malformed_frame, " + taken + " name_taken, then busy";
    }

    private static Failure signUp(Stranger stranger, String name) throws Exception {
        PasswordCost least = PasswordCost.RECOMMENDED;
        KdfCost cost = new KdfCost(least.memoryKiB(), least.iterations(), least.parallelism());
        return (Failure) stranger.ask(id -> new SignUp(
                id,
                new Username(name),
                Bytes.random(RANDOM, 16),
                Bytes.random(RANDOM, 32),
                cost,
                RawClient.device(name),
                Target.SECRET));
    }
}
