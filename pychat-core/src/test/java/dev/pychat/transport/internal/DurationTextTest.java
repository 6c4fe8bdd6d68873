package dev.pychat.transport.internal;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DurationTextTest {

    @ParameterizedTest
    @CsvSource({
        "PT0S, 0 seconds",
        "PT0.001S, 1 millisecond",
        "PT0.3S, 300 milliseconds",
        "PT1S, 1 second",
        "PT30S, 30 seconds",
        "PT90S, 90 seconds",
        "PT10M, 10 minutes",
        "PT1H, 1 hour",
        "PT48H, 2 days",
        "PT49H, 49 hours",
        "PT0.0001S, less than a millisecond",
    })
    void lengthIsToldInTheLargestUnitThatHoldsIt(Duration given, String words) {
        assertThat(DurationText.of(given)).isEqualTo(words);
    }
}
