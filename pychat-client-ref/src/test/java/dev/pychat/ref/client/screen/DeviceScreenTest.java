package dev.pychat.ref.client.screen;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Somebody looks at the own devices and removes one. */
class DeviceScreenTest {
    private House house;

    @BeforeEach
    void open() throws Exception {
        house = new House();
        house.signUp("alice");
        assertThat(on("phone", "!list").done()).isTrue();
    }

    @AfterEach
    void close() {
        house.close();
    }

    /** On another device of alice's than the first. */
    private House.Result on(String device, String... lines) throws Exception {
        List<String> all = new ArrayList<>(List.of("!login", "alice", House.PASSPHRASE));
        all.addAll(List.of(lines));
        return house.script(device, all.toArray(String[]::new));
    }

    private static List<String> rows(House.Result result) {
        return result.lines().stream()
                .filter(row -> row.matches(" ?\\d+ {2}[0-9a-f]{8} {2}.*"))
                .toList();
    }

    @Test
    void devicesAreListedWithWhatIsKnownOfThem() throws Exception {
        House.Result result = on("alice", "!devices");
        assertThat(result.done()).isTrue();
        assertThat(rows(result)).hasSize(2);
        assertThat(rows(result).get(0))
                .matches(" 1  [0-9a-f]{8}  listed, keys made on \\d{4}-\\d\\d-\\d\\d \\(this device\\)");
        assertThat(rows(result).get(1)).matches(" 2  [0-9a-f]{8}  listed, keys made on \\d{4}-\\d\\d-\\d\\d");
    }

    @Test
    void scriptRemovesWithAWordBehindTheNumberOnly() throws Exception {
        House.Result unsure = on("alice", "!remove-device 2");
        assertThat(unsure.done()).isFalse();
        assertThat(unsure.output()).contains("!RESET-IDENTITY is what helps", "Nothing was removed");
        assertThat(rows(on("alice", "!devices"))).allMatch(row -> row.contains("  listed"));
        House.Result sure = on("alice", "!remove-device 2 yes", "!devices");
        assertThat(sure.done()).isTrue();
        assertThat(rows(sure).get(1)).matches(" 2  [0-9a-f]{8}  removed, not listed");
    }

    @Test
    void removedDeviceIsToldAndComesBackOnlyByACommand() throws Exception {
        String id = rows(on("alice", "!devices")).get(1).substring(4, 12);
        assertThat(on("alice", "!remove-device " + id + " yes").output()).contains("The device " + id + " is removed.");
        House.Result phone = on("phone", "!devices");
        assertThat(phone.output()).contains("this device was removed from the account alice", "as a new device");
        assertThat(rows(phone).get(0)).isEqualTo(" 1  " + id + "  removed, not listed (this device)");
        assertThat(on("phone", "!rejoin", "!devices").output()).contains("This device is one of the account's again");
        assertThat(rows(on("alice", "!devices"))).allMatch(row -> row.contains("  listed"));
        assertThat(on("phone", "!rejoin").done()).isFalse();
    }

    @Test
    void whatNamesNoOtherDeviceRemovesNothing() throws Exception {
        for (String name : List.of("", " 3 yes", " 0 yes", " zzzz yes", " 1 yes")) {
            House.Result result = on("alice", "!remove-device" + name, "!devices");
            assertThat(result.done()).as(name).isFalse();
            assertThat(rows(result)).as(name).hasSize(2).allMatch(row -> row.contains("  listed"));
        }
        assertThat(on("alice", "!remove-device 1 yes").output()).contains("the device that you are using");
    }

    @Test
    void personIsAsked() throws Exception {
        try (Person alice = house.person("alice")) {
            alice.logsIn("alice").types("!remove-device 2").sees("Remove this device?");
            alice.types("no").sees("Nothing was removed");
            alice.types("!remove-device 2").sees("Remove this device?");
            alice.types("yes").sees("is removed.");
            assertThat(alice.leaves()).isTrue();
        }
    }
}
