package dev.pychat.endtoend.chaos;

import java.util.List;

/**
 * One of those who talk: a device of an account.
 *
 * @param name the account's name
 * @param device 1 for the one that signs up, 2 for another one
 * @param key the number of the published key that it makes its account with
 * @param peers with whom it talks
 */
record Who(String name, int device, int key, List<String> peers) {

    /** As one argument of a command line. */
    String words() {
        return name + "/" + device + "/" + key + "/" + String.join(",", peers);
    }

    static Who of(String words) {
        String[] parts = words.split("/", -1);
        return new Who(
                parts[0], Integer.parseInt(parts[1]), Integer.parseInt(parts[2]), List.of(parts[3].split(",", -1)));
    }

    boolean signsUp() {
        return device == 1;
    }

    /** What its texts name as who said them. */
    String voice() {
        return name + "." + device;
    }

    String passphrase() {
        return "the whole passphrase of " + name;
    }

    /** What both sides call the conversation with a peer. */
    String conversation(String peer) {
        return name.compareTo(peer) < 0 ? name + "-" + peer : peer + "-" + name;
    }
}
