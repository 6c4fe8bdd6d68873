package dev.pychat.endtoend.programs;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pychat.client.ChatClient;
import dev.pychat.client.ClientOptions;
import dev.pychat.crypto.secret.Passphrase;
import dev.pychat.endtoend.Command;
import dev.pychat.endtoend.Finished;
import dev.pychat.model.Username;
import dev.pychat.ref.client.home.DeviceHome;
import dev.pychat.store.ClientStores;
import dev.pychat.transport.ServerTrust;
import dev.pychat.transport.TlsSocketTransport;
import dev.pychat.transport.TransportOptions;
import java.io.IOException;
import java.nio.file.Files;
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
    /** Makes an account on a new device, as the program does, but in this process, which has made keys before and is fast at it. */
    static Person signUp(ServerProcess server, String name) throws Exception {
        Person person = unknown(server, name);
        ServerTrust trust = ServerTrust.pem(Files.readString(server.data().resolve("tls-cert.pem")));
        try (DeviceHome home = DeviceHome.open(person.home());
                ClientStores stores = home.stores();
                ChatClient client = ChatClient.connect(ClientOptions.of(
                        TlsSocketTransport.client("localhost", server.port(), trust, TransportOptions.DEFAULT),
                        stores));
                Passphrase passphrase = Passphrase.of(person.passphrase().toCharArray())) {
            client.signUp(new Username(name), passphrase);
        }
        return person;
    }

    /** Makes an account on a new device with the program. */
    static Person signUpByProgram(ServerProcess server, String name) throws Exception {
        Person person = unknown(server, name);
        Finished signUp = ClientProcess.script(person.newClient(), "!signup", name, person.passphrase());
        assertThat(signUp.exit()).as("%s", signUp).isZero();
        return person;
    }

    /** Somebody who has a device but no account yet. */
    static Person unknown(ServerProcess server, String name) throws IOException {
        Path home = server.installation().directory("device-of-" + name).resolve("home");
        return new Person(server, name, "the passphrase of " + name, home);
    }

    /** A start of the client on the device that is soon done with the making of keys. */
    Command newClient(String... more) {
        return client(more)
                .with("JAVA_HOME", server.installation().thoroughJava().toString());
    }

    /** The same, which takes the server for what it is. */
    Command newClient() {
        return newClient("--accept-fingerprint", server.fingerprint());
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
