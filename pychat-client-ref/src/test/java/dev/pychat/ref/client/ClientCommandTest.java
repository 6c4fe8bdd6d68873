package dev.pychat.ref.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pychat.model.Bytes;
import dev.pychat.transport.KeyPin;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;
import picocli.CommandLine.ParameterException;

class ClientCommandTest {
    private static final KeyPin PIN = new KeyPin(Bytes.fromHex("ab01".repeat(16)));

    @ParameterizedTest
    @ValueSource(strings = {"sha256:%s", "%s", "SHA256:%s", " %s "})
    void fingerprintIsTakenAsOtherProgramsWriteIt(String form) {
        String digits = "AB01".repeat(16);
        assertThat(parsed("--accept-fingerprint", String.format(form, digits)).fingerprints)
                .containsExactly(PIN);
        assertThat(parsed("--accept-fingerprint", String.format(form, digits.replaceAll("(..)(?!$)", "$1:")))
                        .fingerprints)
                .containsExactly(PIN);
    }

    @Test
    void whatIsNoFingerprintIsSaid() {
        assertThatThrownBy(() -> parsed("--accept-fingerprint", "ab01"))
                .isInstanceOf(ParameterException.class)
                .hasMessageContaining("64 hexadecimal digits");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " "})
    void homeIsNotTheDirectoryInWhichTheProgramWasStarted(String nothing) {
        assertThatThrownBy(() -> parsed("--home", nothing))
                .isInstanceOf(ParameterException.class)
                .hasMessageContaining("--home")
                .hasMessageContaining("it is empty");
    }

    private static ClientCommand parsed(String... arguments) {
        ClientCommand command = new ClientCommand();
        new CommandLine(command).parseArgs(arguments);
        return command;
    }
}
