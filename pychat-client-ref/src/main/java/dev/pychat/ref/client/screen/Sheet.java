package dev.pychat.ref.client.screen;

import dev.pychat.crypto.secret.RecoverySecret;
import dev.pychat.model.Username;
import dev.pychat.ref.client.text.QrRows;
import java.util.Arrays;
import java.util.Locale;

/** The sheet with a recovery secret: its text and the QR code of ENVELOPE.md, section 14.2, shown once. Stateless. */
final class Sheet {
    private static final String BEGINNING = "PYCHAT:R:1:";

    private Sheet() {}

    static void show(Output output, Username user, RecoverySecret secret) {
        char[] characters = secret.text();
        String text = new String(characters);
        Arrays.fill(characters, '\0');
        output.say("----- recovery secret of " + user + " -----");
        output.code(QrRows.of(BEGINNING + text.replace("-", "").toUpperCase(Locale.ROOT)));
        output.say("    " + text);
        output.say(
                "A new device needs it beside the passphrase. Print this or write it down, and keep it where nobody finds both:"
                        + " it is not shown again, and nobody can bring it back.");
        output.say("----- end of the sheet -----");
    }
}
