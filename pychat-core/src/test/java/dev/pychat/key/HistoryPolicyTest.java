package dev.pychat.key;

import static dev.pychat.key.TestBundles.ANN;
import static dev.pychat.key.TestBundles.REALM;
import static dev.pychat.key.TestBundles.RSA_SECTION;
import static dev.pychat.key.TestBundles.TESTS;
import static dev.pychat.key.TestBundles.sections;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pychat.crypto.SeededRandom;
import dev.pychat.model.Bytes;
import dev.pychat.model.DeviceId;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HistoryPolicyTest {

    private static final HistoryPolicy WEEK = HistoryPolicy.forgetAfter(Duration.ofDays(7));

    @Test
    void keepingIsNoTime() {
        assertThat(HistoryPolicy.KEEP.isKeep()).isTrue();
        assertThat(HistoryPolicy.KEEP.seconds()).isZero();
        assertThat(HistoryPolicy.KEEP.section()).isEmpty();
        assertThat(WEEK.isKeep()).isFalse();
        assertThat(WEEK.seconds()).isEqualTo(604_800);
        assertThat(WEEK.time()).isEqualTo(Duration.ofDays(7));
    }

    @Test
    void oursIsWholeSecondsOfOneDayToTenYears() {
        assertThat(HistoryPolicy.forgetAfter(Duration.ofDays(1)).seconds()).isEqualTo(86_400);
        assertThat(HistoryPolicy.forgetAfter(Duration.ofDays(3650)).seconds()).isEqualTo(315_360_000);
        for (Duration wrong : List.of(
                Duration.ZERO,
                Duration.ofDays(-2),
                Duration.ofDays(1).minusSeconds(1),
                Duration.ofDays(3650).plusSeconds(1),
                Duration.ofDays(2).plusMillis(1))) {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> HistoryPolicy.forgetAfter(wrong))
                    .withMessage("forget after " + wrong + ", allowed are whole seconds from 1 day to 3650 days");
        }
    }

    @Test
    void anothersWordMayBeAnyNumberOf32Bits() {
        assertThat(HistoryPolicy.ofSeconds(0)).isSameAs(HistoryPolicy.KEEP);
        assertThat(HistoryPolicy.ofSeconds(1).seconds()).isEqualTo(1);
        assertThat(HistoryPolicy.ofSeconds(0xffff_ffffL).seconds()).isEqualTo(0xffff_ffffL);
        assertThat(HistoryPolicy.ofSeconds(604_800)).isEqualTo(WEEK).hasSameHashCodeAs(WEEK);
        assertThatIllegalArgumentException().isThrownBy(() -> HistoryPolicy.ofSeconds(0x1_0000_0000L));
        assertThatIllegalArgumentException().isThrownBy(() -> HistoryPolicy.ofSeconds(-1));
    }

    @Test
    void theWeakerOneForgetsLess() {
        HistoryPolicy day = HistoryPolicy.forgetAfter(Duration.ofDays(1));
        assertThat(HistoryPolicy.weaker(day, WEEK)).isEqualTo(WEEK);
        assertThat(HistoryPolicy.weaker(WEEK, day)).isEqualTo(WEEK);
        assertThat(HistoryPolicy.weaker(WEEK, HistoryPolicy.KEEP)).isEqualTo(HistoryPolicy.KEEP);
        assertThat(HistoryPolicy.weaker(HistoryPolicy.KEEP, day)).isEqualTo(HistoryPolicy.KEEP);
    }

    @Test
    void policiesOfDifferentTimesAreDifferent() {
        HistoryPolicy day = HistoryPolicy.forgetAfter(Duration.ofDays(1));
        assertThat(day)
                .isNotEqualTo(WEEK)
                .isNotEqualTo(HistoryPolicy.KEEP)
                .isNotEqualTo(day.time())
                .doesNotHaveSameHashCodeAs(WEEK);
    }

    @Test
    void aPolicySaysWhatItIs() {
        assertThat(HistoryPolicy.KEEP).hasToString("keep");
        assertThat(WEEK).hasToString("forget after PT168H");
    }

    @Test
    void aBundleStatesItInASectionOfItsOwn() throws Exception {
        KeyBundle forgetting = sections(List.of(RSA_SECTION, WEEK.section().orElseThrow()));
        KeyBundle parsed = KeyBundle.parse(forgetting.bytes());
        assertThat(parsed.fields().sections())
                .contains(new KeySection(new Suite(65_534), DeviceId.ACCOUNT, Bytes.fromHex("00093a80")));
        assertThat(parsed.check(REALM, ANN, TESTS).historyPolicy()).isEqualTo(WEEK);
        assertThat(parsed.historyPolicy()).isEqualTo(WEEK);
        assertThat(parsed.fields().historyPolicy()).isEqualTo(WEEK);
    }

    @Test
    void aBundleWithoutASectionKeeps() throws Exception {
        KeySection ofADevice =
                new KeySection(HistoryPolicy.SECTION, DeviceId.random(new SeededRandom(1)), Bytes.fromHex("00093a80"));
        KeyBundle keeping = sections(List.of(RSA_SECTION, ofADevice));
        assertThat(keeping.check(REALM, ANN, TESTS).historyPolicy()).isEqualTo(HistoryPolicy.KEEP);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "093a80", "00000000", "00093a8000"})
    void aSectionOfAnotherFormIsMalformed(String content) {
        KeyBundle odd = sections(
                List.of(RSA_SECTION, new KeySection(HistoryPolicy.SECTION, DeviceId.ACCOUNT, Bytes.fromHex(content))));
        assertThatThrownBy(() -> odd.check(REALM, ANN, TESTS))
                .isInstanceOfSatisfying(
                        BundleException.class, e -> assertThat(e.defect()).isEqualTo(BundleDefect.MALFORMED))
                .hasMessageContaining("history policy");
        assertThat(odd.historyPolicy()).isEqualTo(HistoryPolicy.KEEP);
    }
}
