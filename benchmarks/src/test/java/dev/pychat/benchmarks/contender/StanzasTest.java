package dev.pychat.benchmarks.contender;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** An XMPP stream is cut in the same places whatever chunks it comes in. */
class StanzasTest {

    private static final String OPEN = "<?xml version='1.0'?><stream:stream xmlns='jabber:client' from='a>b'>";
    private static final List<String> STANZAS = List.of(
            "<stream:features><mechanisms><mechanism>PLAIN</mechanism></mechanisms></stream:features>",
            "<r xmlns='urn:xmpp:sm:3'/>",
            "<message from='/>'><body>a &lt; b</body><x/></message>",
            "<a h=\"3\"/>");

    private final Stanzas stanzas = new Stanzas();
    private final ByteBuf in = Unpooled.buffer();

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 7, 1_000})
    void streamIsCutBelowItsRoot(int chunk) {
        List<String> first = cut(OPEN + String.join("", STANZAS), chunk);
        assertThat(first).isEqualTo(STANZAS);
        stanzas.restart();
        List<String> second = cut(OPEN + String.join("\n", STANZAS) + "</stream:stream>", chunk);
        assertThat(second).isEqualTo(STANZAS);
    }

    private List<String> cut(String stream, int chunk) {
        List<String> found = new ArrayList<>();
        byte[] bytes = stream.getBytes(StandardCharsets.UTF_8);
        for (int from = 0; from < bytes.length; from += chunk) {
            in.writeBytes(bytes, from, Math.min(chunk, bytes.length - from));
            for (String stanza = stanzas.next(in); !stanza.isEmpty(); stanza = stanzas.next(in)) {
                found.add(stanza);
            }
        }
        return found;
    }
}
