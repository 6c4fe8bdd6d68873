package dev.pychat.client;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

class ToldTest {

    private final AtomicReference<String> present = new AtomicReference<>("none");
    private final List<String> told = new ArrayList<>();

    @Test
    void whoIsOvertakenOnTheWayTellsNothingOld() {
        Told<String> link = new Told<>("none", present::get, told::add);
        present.set("first");
        // The thread that has set it is overtaken here by two others.
        present.set("none");
        link.tell();
        present.set("second");
        link.tell();
        link.tell();
        assertThat(told).containsExactly("second");
    }

    @Test
    void whatTheReaderBringsAboutIsToldBehindWhatItWasTold() {
        AtomicReference<Told<String>> link = new AtomicReference<>();
        link.set(new Told<>("none", present::get, now -> {
            present.compareAndSet("first", "none");
            link.get().tell();
            told.add(now);
        }));
        present.set("first");
        link.get().tell();
        assertThat(told).containsExactly("first", "none");
    }
}
