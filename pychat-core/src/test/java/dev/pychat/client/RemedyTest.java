package dev.pychat.client;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pychat.wire.ErrorCode;
import java.util.EnumSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class RemedyTest {

    @ParameterizedTest
    @EnumSource(
            value = ErrorCode.class,
            names = {"BUSY", "STORAGE_UNAVAILABLE", "SHUTTING_DOWN", "INTERNAL"})
    void whatPassesIsWaitedForWithTheSameBytes(ErrorCode code) {
        assertThat(Remedy.of(code)).isEqualTo(Remedy.LATER);
    }

    @ParameterizedTest
    @EnumSource(
            value = ErrorCode.class,
            names = {"BLOCKED", "UNKNOWN_USER", "HASH_MISMATCH", "INVALID", "SELF_CONVERSATION", "UNSUPPORTED"})
    void whatNeverPassesIsGivenUp(ErrorCode code) {
        assertThat(Remedy.of(code)).isEqualTo(Remedy.GIVE_UP);
    }

    @Test
    void everyOtherRemedyHasItsCode() {
        EnumSet<Remedy> named = EnumSet.noneOf(Remedy.class);
        for (ErrorCode code : ErrorCode.values()) {
            named.add(Remedy.of(code));
        }
        assertThat(named).isEqualTo(EnumSet.allOf(Remedy.class));
    }
}
