package dev.pychat.examples.demo;

import dev.pychat.ref.server.RunningServer;
import dev.pychat.transport.ServerTrust;
import dev.pychat.transport.TlsSocketTransport;
import dev.pychat.transport.TransportOptions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.CertificateException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** The conversation: who types what when, and what the other must see before it goes on. */
final class Play {

    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final Path directory;
    private final Path data;
    private final Stage stage;
    private final List<Line> said = new ArrayList<>();

    Play(Path directory, Path data, Stage stage) {
        this.directory = directory;
        this.data = data;
        this.stage = stage;
    }

    /** A passphrase of the demo. */
    static String passphrase(Side side) {
        return "demo passphrase of " + side;
    }

    /** Plays everything; returns what was said, in order. */
    List<Line> perform() throws Exception {
        try (RunningServer server = RunningServer.start(data, "localhost", 0)) {
            stage.say("The server listens on %s, fingerprint %s", server.address(), server.fingerprint());
            stage.say("");
            stage.open();
            Seat bob = sit(Side.BOB, server);
            signUp(bob.person());
            bob.person().sees("You have no new messages");
            leave(bob);

            Seat alices = sit(Side.ALICE, server);
            Person alice = alices.person();
            signUp(alice);
            alice.sees("You have no new messages");
            alice.types("!LIST");
            alice.sees("bob");
            alice.types("!TALK bob");
            alice.sees("Chat with bob");
            say(alices, "Hello Bob, are you there?");
            say(alices, "Then read this later: dinner at 8?");

            bob = sit(Side.BOB, server);
            logIn(bob.person());
            bob.person().sees("alice sent you 2 messages");
            bob.person().types("!TALK alice");
            bob.person().sees("[alice]: Hello Bob, are you there?");
            bob.person().sees("[alice]: Then read this later: dinner at 8?");
            say(bob, "Just came home. Dinner at 8 it is \u2014 caf\u00e9 or pizza?");
            alice.sees("[bob]: Just came home.");
            say(alices, "Pizza! And after it a walk \u2014 d\u2019accord?");
            bob.person().sees("[alice]: Pizza!");
            leave(bob);
            leave(alices);
        }
        return said;
    }

    private static void signUp(Person person) {
        person.types("!signup");
        person.types(person.side().user());
        person.types(passphrase(person.side()));
        person.types(passphrase(person.side()));
    }

    private static void logIn(Person person) {
        person.types("!login");
        person.types(person.side().user());
        person.types(passphrase(person.side()));
    }

    private void say(Seat seat, String text) throws InterruptedException, DemoFailure {
        seat.person().types(text);
        said.add(new Line(seat.person().side(), text));
        seat.person().isAskedAgain();
        seat.requireAccepted();
    }

    private static void leave(Seat seat) throws InterruptedException, DemoFailure {
        seat.person().types("!DISCONNECT");
        seat.requireGoodEnd();
    }

    private Seat sit(Side side, RunningServer server) throws IOException, CertificateException {
        ServerTrust trust = ServerTrust.pem(Files.readString(data.resolve("tls-cert.pem")));
        var transport = TlsSocketTransport.client("localhost", server.port(), trust, TransportOptions.DEFAULT);
        Person person = new Person(side, stage, PATIENCE);
        return Seat.take(person, PATIENCE, directory.resolve(side.user()), transport, server.address());
    }
}
