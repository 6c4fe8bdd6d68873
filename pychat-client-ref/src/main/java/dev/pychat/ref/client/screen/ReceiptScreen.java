package dev.pychat.ref.client.screen;

import dev.pychat.model.PychatException;
import java.util.Locale;

/** Shows and changes whether those the account talks to are told what it has got and read. Confined to the thread that reads lines. */
final class ReceiptScreen {
    private final Session session;

    ReceiptScreen(Session session) {
        this.session = session;
    }

    /** Behind the command nothing, "on" or "off". */
    void order(String argument) throws PychatException, InterruptedException {
        switch (argument.toLowerCase(Locale.ROOT)) {
            case "" -> show();
            case "on" -> change(true);
            case "off" -> change(false);
            default ->
                session.output()
                        .trouble("Nothing was changed: \"on\" or \"off\" is understood, and not \"" + argument + "\".");
        }
    }

    private void show() throws PychatException {
        session.output()
                .say(
                        session.client().receipts().areSent()
                                ? "Receipts are on: those you talk to are told what has reached your devices and what you have"
                                        + " read. " + Command.RECEIPTS + " off ends that."
                                : "Receipts are off: nobody is told what you have read. A message that you write still tells what"
                                        + " had reached the device that you wrote it on. " + Command.RECEIPTS
                                        + " on sends them again.");
    }

    private void change(boolean sent) throws PychatException, InterruptedException {
        session.client().receipts().send(sent);
        session.output()
                .say(
                        sent
                                ? "Receipts are on, on all your devices: those you talk to are told what has reached them and what"
                                        + " you have read."
                                : "Receipts are off, on all your devices: nobody is told any more what you have read. What was"
                                        + " told before stays told, and a message that you write tells what had reached the device"
                                        + " that you wrote it on.");
    }
}
