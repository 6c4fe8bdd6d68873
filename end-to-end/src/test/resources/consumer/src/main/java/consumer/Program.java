package consumer;

import dev.pychat.model.Content;
import dev.pychat.model.Username;

/** What a stranger's program may do with the library's vocabulary. */
public final class Program {
    private Program() {}

    public static void main(String[] args) {
        Username name = Username.parse("Alice");
        Content text = Content.text("hello");
        System.out.println(name + " says " + text.asText().orElseThrow());
    }
}
