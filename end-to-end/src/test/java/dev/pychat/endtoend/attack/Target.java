package dev.pychat.endtoend.attack;

import dev.pychat.model.Bytes;
import dev.pychat.model.Username;
import dev.pychat.testkit.server.RawClient;
import dev.pychat.transport.ServerTrust;
import dev.pychat.transport.TlsSocketTransport;
import dev.pychat.transport.TransportOptions;
import dev.pychat.wire.Credential;
import dev.pychat.wire.LogIn;
import dev.pychat.wire.Session;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Locale;

/**
 * What is known of the attacked server: where it listens, and who has an account.
 *
 * @param port its port on this machine
 * @param certificate what it shows
 */
record Target(int port, X509Certificate certificate) {

    /** Of every account: what is attacked is the server, not this. */
    static final Credential SECRET = new Credential(Bytes.copyOf(new byte[Credential.SIZE]));

    /** Who has an account besides those that are only listed. */
    static final List<String> PEOPLE = List.of("alice", "bob", "mallory", "oscar", "victim");

    /** The name of one of those that are there to be listed. */
    static Username listed(int number) {
        return new Username(String.format(Locale.ROOT, "user%07d", number));
    }

    /** A well-behaved client that has logged in. */
    RawClient loggedIn(String name) throws Exception {
        RawClient client = RawClient.connect(TlsSocketTransport.client(
                "localhost", port, ServerTrust.certificates(List.of(certificate)), TransportOptions.DEFAULT));
        client.hello();
        client.ask(Session.class, id -> new LogIn(id, new Username(name), RawClient.device(name), SECRET));
        return client;
    }
}
