package dev.pychat.endtoend.attack;

import java.time.Duration;
import java.util.List;

/**
 * How much is attacked, and what the server is told to bear.
 *
 * @param quiet how long the pair is measured before each attack
 * @param attack how long an attack goes on at the least
 * @param users how many accounts there are to be listed
 * @param connects how many connections are tried from one address
 * @param ofAnAddress how many of them the server lets an address have
 * @param slow how many connections do something slowly
 * @param busy how many connections ask as much as they can
 * @param handshake how long the server waits for a handshake
 * @param frame how long it waits for the end of a frame
 * @param hashWaiting how many log-ins it lets wait
 * @param signUps how many accounts it lets an address make
 */
record Scale(
        Duration quiet,
        Duration attack,
        int users,
        int connects,
        int ofAnAddress,
        int slow,
        int busy,
        Duration handshake,
        Duration frame,
        int hashWaiting,
        int signUps) {

    /** For each build. The server has narrower limits, so that they are reached soon. */
    static final Scale SHORT = new Scale(
            Duration.ofMillis(500),
            Duration.ofMillis(900),
            20_000,
            1_200,
            200,
            40,
            4,
            Duration.ofSeconds(4),
            Duration.ofSeconds(3),
            8,
            20);

    /** For whoever wants to know. The server has its defaults. */
    static final Scale FULL = new Scale(
            Duration.ofSeconds(20),
            Duration.ofSeconds(20),
            1_000_000,
            10_000,
            1_000,
            500,
            24,
            Duration.ofSeconds(10),
            Duration.ofSeconds(30),
            64,
            100);

    /** The options of the server that make it so. */
    List<String> options() {
        return List.of(
                "--limit-address-connections=" + ofAnAddress,
                "--limit-handshake-seconds=" + handshake.toSeconds(),
                "--limit-frame-seconds=" + frame.toSeconds(),
                "--limit-hash-waiting=" + hashWaiting,
                "--limit-sign-ups=" + signUps);
    }
}
