package dev.pychat.endtoend.programs;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pychat.endtoend.Command;
import dev.pychat.endtoend.Finished;
import java.io.IOException;
import java.nio.file.Path;
import java.util.stream.Stream;

/**
 * Somebody with an account on a server and a device that holds its keys.
 *
 * @param server the server
 * @param name the account's name
 * @param passphrase its passphrase
 * @param home the device's files
 */
record Person(ServerProcess server, String name, String passphrase, Path home) {
    /** Makes an account on a new device. */
    static Person signUp(ServerProcess server, String name) throws Exception {
        Person person = unknown(server, name);
        Command client = person.client()
                .with("JAVA_HOME", server.installation().thoroughJava().toString());
        Finished signUp = ClientProcess.script(client, "!signup", name, person.passphrase());
        assertThat(signUp.exit()).as("%s", signUp).isZero();
        return person;
    }

    /** Somebody who has a device but no account yet. */
    static Person unknown(ServerProcess server, String name) throws IOException {
        Path home = server.installation().directory("device-of-" + name).resolve("home");
        return new Person(server, name, "the passphrase of " + name, home);
    }

    /** A start of the client on the device, which takes the server for what it is. */
    Command client() {
        return client("--accept-fingerprint", server.fingerprint());
    }

    /** A start of the client on the device. */
    Command client(String... more) {
        String[] words = Stream.concat(
                        Stream.of("client", "--server", server.address(), "--home", home.toString()), Stream.of(more))
                .toArray(String[]::new);
        return server.installation().pychat(words);
    }

    /** Logs in, types these lines and leaves. */
    Finished types(String... lines) throws IOException, InterruptedException {
        return ClientProcess.script(
                client(),
                Stream.concat(Stream.of("!login", name, passphrase), Stream.of(lines))
                        .toArray(String[]::new));
    }

    /** Logs in, types these lines and stays. */
    ClientProcess stays(String... lines) throws IOException {
        ClientProcess client = ClientProcess.start(client());
        return client.type("!login", name, passphrase).type(lines);
    }
}
