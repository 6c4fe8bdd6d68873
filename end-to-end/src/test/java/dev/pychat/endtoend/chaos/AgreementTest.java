package dev.pychat.endtoend.chaos;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What would be noticed if it happened. */
class AgreementTest {

    private static final String FIRST = "ada.1:1:1:40:7";
    private static final String SECOND = "bea.1:1:1:40:8";
    private static final String THIRD = "ada.1:2:1:40:9";

    @TempDir
    private Path directory;

    private Agreement.Witness ada;
    private Agreement.Witness bea;

    @BeforeEach
    void honest() {
        ada = witness(new Who("ada", 1, 1, List.of("bea")));
        bea = witness(new Who("bea", 1, 2, List.of("ada")));
        promise(ada, FIRST, 1, "a0");
        promise(bea, SECOND, 2, "b0");
        promise(ada, THIRD, 3, "c0");
        for (Agreement.Witness each : List.of(ada, bea)) {
            String peer = each.who().peers().get(0);
            each.journal().note("told", peer, 1, FIRST);
            each.journal().note("told", peer, 3, THIRD);
        }
        hold(ada, FIRST, SECOND, THIRD);
        hold(bea, FIRST, SECOND, THIRD);
    }

    private Agreement.Witness witness(Who who) {
        return new Agreement.Witness(
                who,
                new Journal(directory.resolve(who.voice() + "-journal")),
                new Journal(directory.resolve(who.voice() + "-report")));
    }

    private static void promise(Agreement.Witness who, String digest, long position, String id) {
        String peer = who.who().peers().get(0);
        who.journal().note("say", peer, digest);
        who.journal().note("kept", peer, digest);
        who.journal().note("accepted", peer, digest, position, id);
    }

    /** In place of what it held. */
    private static void hold(Agreement.Witness who, String... digests) {
        try {
            Files.deleteIfExists(who.report().file());
        } catch (java.io.IOException e) {
            throw new AssertionError(e);
        }
        long position = 0;
        for (String digest : digests) {
            position++;
            String sender = digest.substring(0, 3);
            String id = digest.equals(FIRST) ? "a0" : digest.equals(SECOND) ? "b0" : "c0";
            who.report().note(who.who().peers().get(0), position, id, sender, digest, "[]");
        }
    }

    private Agreement agreement() throws Exception {
        return new Agreement(List.of(ada, bea));
    }

    private void assertNoticed(String how) {
        assertThatThrownBy(() -> agreement().require())
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining(how);
    }

    @Test
    void honestRunAgrees() throws Exception {
        assertThat(agreement().isAtOneEnd()).isTrue();
        assertThat(agreement().require()).isEqualTo(3);
    }

    @Test
    void sideThatHasNotReadOnIsWaitedFor() throws Exception {
        hold(bea, FIRST, SECOND);
        assertThat(agreement().isAtOneEnd()).isFalse();
        hold(ada, FIRST, SECOND);
        assertThat(agreement().isAtOneEnd()).isFalse();
    }

    @Test
    void lostMessageIsNoticed() {
        hold(ada, FIRST, SECOND);
        hold(bea, FIRST, SECOND);
        assertNoticed("kept and lost");
    }

    @Test
    void messageThatOneSideDoesNotHoldIsNoticed() {
        hold(bea, FIRST, SECOND);
        assertNoticed("bea.1 with ada");
    }

    @Test
    void doubledMessageIsNoticed() {
        hold(ada, FIRST, SECOND, THIRD, SECOND);
        hold(bea, FIRST, SECOND, THIRD, SECOND);
        assertNoticed("is new");
    }

    @Test
    void otherOrderIsNoticed() {
        hold(bea, SECOND, FIRST, THIRD);
        assertNoticed("bea.1 with ada");
        hold(ada, THIRD, SECOND, FIRST);
        hold(bea, THIRD, SECOND, FIRST);
        assertNoticed("order of");
    }

    @Test
    void messageAtAnotherPlaceThanWasPromisedIsNoticed() {
        hold(ada, SECOND, FIRST, THIRD);
        hold(bea, SECOND, FIRST, THIRD);
        assertNoticed("where " + FIRST + " is");
    }

    @Test
    void messageThatNobodySaidIsNoticed() {
        hold(ada, FIRST, SECOND, THIRD, "ada.1:2:9:40:9");
        hold(bea, FIRST, SECOND, THIRD, "ada.1:2:9:40:9");
        assertNoticed("never said");
    }

    @Test
    void messageToldTwiceOrOtherwiseIsNoticed() {
        bea.journal().note("told", "ada", 3, THIRD);
        assertNoticed("told after 3");
    }

    @Test
    void messageToldOtherwiseThanItIsHeldIsNoticed() {
        ada.journal().note("told", "bea", 4, FIRST);
        hold(ada, FIRST, SECOND, THIRD, "control:65281");
        hold(bea, FIRST, SECOND, THIRD, "control:65281");
        assertNoticed("told of position 4");
    }

    /** A receipt is sent alone when it is due, which may be while the reports are read. */
    @Test
    void receiptThatCameBehindTheReportsIsNone() throws Exception {
        bea.journal().note("told", "ada", 4, "control:65282");
        assertThat(new Agreement(List.of(ada, bea)).require()).isEqualTo(3);
    }

    @Test
    void textThatCameBehindTheReportsIsNoticed() {
        bea.journal().note("told", "ada", 4, "ada.1:2:2:40:9");
        assertNoticed("told of position 4");
    }

    @Test
    void findingAndAlarmAreNoticed() {
        bea.journal().note("alarm", "ada", "the keys are others");
        assertNoticed("the keys are others");
        bea.report().note("ada", 4, "d0", "ada", "ada.1:2:2:40:9", "[GAP]");
        ada.report().note("bea", 4, "d0", "ada", "ada.1:2:2:40:9", "[GAP]");
        assertNoticed("GAP");
    }
}
