package dev.pychat.ref.client.screen;

import dev.pychat.client.Device;
import dev.pychat.model.PychatException;
import dev.pychat.ref.client.terminal.Answer;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * The devices of the own account: shows them, removes one, and takes this one in again that was removed. A person is asked; in a script the answer
 * stands behind the number. Confined to the thread that reads lines.
 */
final class DeviceScreen {
    private static final DateTimeFormatter DAY =
            DateTimeFormatter.ofPattern("uuuu-MM-dd", Locale.ROOT).withZone(ZoneOffset.UTC);
    private static final int SHORT = 8;
    private static final int LEAST_OF_AN_ID = 4;

    private final Session session;

    DeviceScreen(Session session) {
        this.session = session;
    }

    void list() throws PychatException, InterruptedException {
        List<Device> devices = session.client().devices().list();
        for (int i = 0; i < devices.size(); i++) {
            session.output().say(line(i + 1, devices.get(i)));
        }
        session.output()
                .say(
                        "Peers seal to those that are listed, 8 at most. A device in use makes new keys about every 30 days.");
    }

    private static String line(int number, Device device) {
        return String.format(Locale.ROOT, "%2d  %s  %s", number, brief(device), state(device));
    }

    private static String brief(Device device) {
        return device.id().toString().substring(0, SHORT);
    }

    private static String state(Device device) {
        String keys =
                device.keysMade().map(made -> ", keys made on " + day(made)).orElse("");
        String listed = device.isListed() ? "listed" + keys : "not listed";
        return (device.isRemoved() ? "removed, " + listed : listed) + (device.isThisOne() ? " (this device)" : "");
    }

    private static String day(Instant time) {
        return DAY.format(time);
    }

    void remove(String argument) throws PychatException, InterruptedException {
        String[] words = argument.split("\\s+", 2);
        Optional<Device> device = named(words[0], session.client().devices().list());
        if (device.isEmpty()) {
            session.output()
                    .trouble(
                            "Nothing was removed: !REMOVE-DEVICE and a number that !DEVICES shows, or how an id begins,"
                                    + " with " + LEAST_OF_AN_ID + " digits at least.");
            return;
        }
        session.output()
                .say("Device " + brief(device.get()) + ", " + state(device.get())
                        + ". When it is removed, nothing new is sealed to it by itself, and it can't come back by itself."
                        + " It keeps what it has, and with your passphrase it reads what comes, too: if it was stolen,"
                        + " !RESET-IDENTITY is what helps.");
        if (isWanted("Remove this device? (yes/no) ", words.length > 1 ? words[1] : "")) {
            session.client().devices().remove(device.get().id());
            session.output().say("The device " + brief(device.get()) + " is removed.");
        }
    }

    /** By its number, or by the beginning of its id if no other begins so. */
    private static Optional<Device> named(String word, List<Device> devices) {
        if (word.matches("[1-9][0-9]{0,3}") && Integer.parseInt(word) <= devices.size()) {
            return Optional.of(devices.get(Integer.parseInt(word) - 1));
        }
        List<Device> found = devices.stream()
                .filter(device -> word.length() >= LEAST_OF_AN_ID
                        && device.id().toString().startsWith(word.toLowerCase(Locale.ROOT)))
                .toList();
        return found.size() == 1 ? Optional.of(found.get(0)) : Optional.empty();
    }

    void rejoin() throws PychatException, InterruptedException {
        session.client().devices().rejoin();
        session.output().say("This device is one of the account's again, with new keys.");
    }

    private boolean isWanted(String question, String given) {
        String answer = given.isEmpty() && session.console().interactive() ? asked(question) : given;
        boolean wanted = answer.strip().equalsIgnoreCase("yes");
        if (!wanted) {
            session.output().trouble("Nothing was removed: the answer \"yes\" removes the device.");
        }
        return wanted;
    }

    private String asked(String question) {
        Answer answer = session.console().word(question);
        return !session.isCommand(answer) && answer instanceof Answer.Line line ? line.text() : "";
    }
}
