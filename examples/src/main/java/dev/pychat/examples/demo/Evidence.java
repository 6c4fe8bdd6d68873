package dev.pychat.examples.demo;

import dev.pychat.key.ConversationIds;
import dev.pychat.model.Bytes;
import dev.pychat.model.Position;
import dev.pychat.model.StoredMessage;
import dev.pychat.model.Username;
import dev.pychat.ref.server.store.XodusServerStores;
import dev.pychat.store.directory.DirectoryServerStores;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.List;
import java.util.stream.Stream;

/** Shows what the server stored beside what was typed, and looks for the typed text in everything that it keeps. */
final class Evidence {

    private static final int SHOWN_BYTES = 20;
    private static final int TEXT_WIDTH = 40;

    private final Path data;
    private final Stage stage;

    Evidence(Path data, Stage stage) {
        this.data = data;
        this.stage = stage;
    }

    /** Compares the stopped server's data with the conversation. */
    void show(List<Line> typed) throws Exception {
        List<StoredMessage> stored = stored();
        if (stored.size() != typed.size()) {
            throw new DemoFailure("the server stored " + stored.size() + " messages, typed were " + typed.size());
        }
        stage.say("");
        stage.say("%-" + TEXT_WIDTH + "s | %s", "what was typed", "what the server stored of it");
        stage.say("%s | %s", "-".repeat(TEXT_WIDTH), "-".repeat(72));
        for (int i = 0; i < stored.size(); i++) {
            show(typed.get(i), stored.get(i));
        }
        requireNowhere(typed);
    }

    private void show(Line line, StoredMessage message) throws DemoFailure {
        if (!message.sender().value().equals(line.side().user())) {
            throw new DemoFailure("message " + message.position() + " was stored as one of " + message.sender()
                    + ", typed by " + line.side());
        }
        Bytes envelope = message.envelope().value();
        Bytes cipher = envelope.slice(envelope.size() - SHOWN_BYTES, SHOWN_BYTES);
        String text = line.side() + ": " + line.text();
        stage.say(
                "%-" + TEXT_WIDTH + "s | #%s %-5s id %s.. %5d bytes ..%s",
                text.length() > TEXT_WIDTH ? text.substring(0, TEXT_WIDTH - 2) + ".." : text,
                message.position(),
                message.sender(),
                message.id().value().slice(0, 4).hex(),
                envelope.size(),
                cipher.hex());
    }

    private List<StoredMessage> stored() throws Exception {
        try (DirectoryServerStores stores = XodusServerStores.open(data, new SecureRandom())) {
            var conversation =
                    ConversationIds.of(stores.realm(), new Username(Side.ALICE.user()), new Username(Side.BOB.user()));
            return stores.messages().since(conversation, Position.NONE, 100).messages();
        }
    }

    private void requireNowhere(List<Line> typed) throws IOException, DemoFailure {
        int searched = 0;
        try (Stream<Path> files = Files.walk(data).filter(Files::isRegularFile)) {
            for (Path file : files.toList()) {
                String content = Files.readString(file, StandardCharsets.ISO_8859_1);
                searched += content.length();
                for (Line line : typed) {
                    requireAbsent(line.text(), content, file);
                }
                requireAbsent(Play.passphrase(Side.ALICE), content, file);
                requireAbsent(Play.passphrase(Side.BOB), content, file);
            }
        }
        stage.say("");
        stage.say(
                "All %,d bytes that the server keeps were searched for the typed text and the passphrases: none is there.",
                searched);
    }

    private static void requireAbsent(String secret, String content, Path file) throws DemoFailure {
        String encoded = new String(secret.getBytes(StandardCharsets.UTF_8), StandardCharsets.ISO_8859_1);
        if (content.contains(encoded)) {
            throw new DemoFailure("\"" + secret + "\" can be read in the server's file " + file.getFileName());
        }
    }
}
