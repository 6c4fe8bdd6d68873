package dev.pychat.client;

/** Tells a person of what goes wrong, once, however often the same is tried in vain. Confined to the chat's queue. */
final class Trouble {

    private final Listeners listeners;
    private String told = "";

    Trouble(Listeners listeners) {
        this.listeners = listeners;
    }

    void tell(String sentence) {
        if (!sentence.equals(told)) {
            told = sentence;
            listeners.notice(sentence);
        }
    }

    /** It works again; the same would be news. */
    void over() {
        told = "";
    }
}
