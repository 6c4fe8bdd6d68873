package dev.pychat.benchmarks.field;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What the command line may say. */
class SettingsTest {

    @Test
    void roundsHoldForAnyScale() throws Exception {
        Settings settings = Settings.parse(List.of("--rounds", "7", "--smoke", "--scenario", "S3,S1"));
        assertThat(settings.scale()).isEqualTo(Scale.SMOKE.withRounds(7));
        assertThat(settings.scenarios()).containsExactly("S1", "S3");
    }

    @Test
    void warmUpHoldsForAnyScale() throws Exception {
        Settings settings = Settings.parse(List.of("--warm-up", "90", "--rounds", "2"));
        assertThat(settings.scale()).isEqualTo(Scale.USUAL.withRounds(2).withWarmUp(Duration.ofSeconds(90)));
        assertThat(settings.scale().time()).isEqualTo(Scale.USUAL.time());
        assertThat(settings.scale().warmUp()).isEqualTo(Duration.ofSeconds(90));
    }

    @Test
    void whereResultsGoIsNotPartOfTheCommandThatIsPrinted() throws Exception {
        Settings settings = Settings.parse(List.of("--long", "--out", "somewhere", "--only", "nats"));
        assertThat(settings.out()).isEqualTo(Path.of("somewhere"));
        assertThat(settings.given()).containsExactly("--long", "--only", "nats");
    }

    @ParameterizedTest
    @CsvSource({
        "--rounds 0, --rounds is \"0\"",
        "--rounds 100, --rounds is \"100\"",
        "--warm-up 601, '--warm-up is \"601\", allowed are 1 to 600'",
        "--only, --only needs a value",
        "--only kafka, 'names \"kafka\", allowed are pychat'",
        "--scenario S9, 'names \"S9\", allowed are S1'",
        "--fast, \"--fast\" is no option",
    })
    void whatIsWrongIsSaid(String options, String message) {
        assertThatThrownBy(() -> Settings.parse(List.of(options.split(" ", -1))))
                .isInstanceOf(Settings.WrongException.class)
                .hasMessageContaining(message);
    }
}
