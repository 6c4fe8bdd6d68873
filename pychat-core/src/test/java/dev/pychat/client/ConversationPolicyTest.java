package dev.pychat.client;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pychat.key.HistoryPolicy;
import dev.pychat.model.Username;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class ConversationPolicyTest {
    private static final HistoryPolicy WEEK = HistoryPolicy.forgetAfter(Duration.ofDays(7));
    private static final HistoryPolicy DAY_AND_HOURS = HistoryPolicy.forgetAfter(Duration.ofHours(36));

    @Test
    void nothingIsSaidWhereBothKeep() {
        assertThat(policy(HistoryPolicy.KEEP, HistoryPolicy.KEEP).sentence()).isEmpty();
        assertThat(policy(HistoryPolicy.KEEP, HistoryPolicy.KEEP).weaker()).isEqualTo(HistoryPolicy.KEEP);
    }

    @Test
    void sentenceSaysWhatBecomesOfTheTextsOnEitherSide() {
        assertThat(policy(WEEK, HistoryPolicy.KEEP).sentence())
                .contains("you forget after 7 days; bob's devices keep what you write");
        assertThat(policy(HistoryPolicy.KEEP, DAY_AND_HOURS).sentence())
                .contains("your devices keep what is written;"
                        + " bob's devices say that they forget after 1 day 12 hours");
        assertThat(policy(WEEK, DAY_AND_HOURS).weaker()).isEqualTo(WEEK);
        assertThat(policy(WEEK, HistoryPolicy.KEEP).weaker()).isEqualTo(HistoryPolicy.KEEP);
    }

    @Test
    void whateverTimeAPeerStatesHasWords() {
        assertThat(ConversationPolicy.words(HistoryPolicy.KEEP)).isEqualTo("never");
        assertThat(ConversationPolicy.words(HistoryPolicy.ofSeconds(1))).isEqualTo("1 second");
        assertThat(ConversationPolicy.words(HistoryPolicy.ofSeconds(3600))).isEqualTo("1 hour");
        assertThat(ConversationPolicy.words(HistoryPolicy.ofSeconds(86_401))).isEqualTo("86401 seconds");
        assertThat(ConversationPolicy.words(HistoryPolicy.ofSeconds(86_400))).isEqualTo("1 day");
    }

    private static ConversationPolicy policy(HistoryPolicy own, HistoryPolicy theirs) {
        return new ConversationPolicy(new Username("bob"), own, theirs);
    }
}
