package dev.pychat.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pychat.model.Bytes;
import java.nio.ByteBuffer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class MalformedFrameTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '#',
            value = {
                "{'t':'ping'} | ping.id | nothing",
                "{'t':'ping','id':'12'} | ping.id | the string \"12\"",
                "{'t':'ping','id':null} | ping.id | null",
                "{'t':'ping','id':0} | ping.id | 0",
                "{'t':'ping','id':-1} | ping.id | -1",
                "{'t':'ping','id':1.0} | ping.id | 1.0",
                "{'t':'ping','id':1e3} | ping.id | 1e3",
                "{'t':'ping','id':9007199254740992} | ping.id | 9007199254740992",
                "{'t':'ping','id':99999999999999999999999999} | ping.id | 99999999999999999999999999",
                "{'t':'ping','id':[1]} | ping.id | an array",
                "{'t':'ping','id':{}} | ping.id | an object",
                "{'t':'ping','id':true} | ping.id | true",
                "{'t':'ping','id':1,'id':1} | ping.id | the same name twice",
                "{'t':'ping','t':'ping','id':1} | ping.t | the same name twice",
                "{'id':1,'t':'ping','t':'ping'} | ping.t | the same name twice",
                "{'t':'ping','id':1,'x':{'a':1,'a':2}} | ping.x.a | the same name twice",
                "{'t':'ping','id':1,'x':1,'x':1} | ping.x | the same name twice",
                "{'t':'ping','id':1,'x':null} | ping.x | null",
                "{'t':'ping','id':1,'x':[{'a':null}]} | ping.x[0].a | null",
                "{'id':1,'x':null,'t':'ping'} | header.x | null",
                "{'id':1} | header.t | nothing",
                "{'t':7,'id':1} | header.t | the number 7",
                "{'t':'get-bundle','id':1,'user':'Bob'} | get-bundle.user | Bob",
                "{'t':'get-bundle','id':1,'user':'b'} | get-bundle.user | b",
                "{'t':'get-epochs','id':1,'with':'bob','epochs':[]} | get-epochs.epochs | 0 elements",
                "{'t':'get-epochs','id':1,'with':'bob','epochs':['AA']} | get-epochs.epochs[0] | \"AA\"",
                "{'t':'hello','id':1,'versions':[1,'2'],'agent':'x'} | hello.versions[1] | the string \"2\"",
                "{'t':'later','id':'x'} | later.id | the string \"x\"",
            })
    void aWrongFieldIsNamedWithWhatWasGiven(String header, String where, String given) {
        assertThatThrownBy(() -> Frames.fromClient(header.replace('\'', '"'), Bytes.EMPTY))
                .isInstanceOfSatisfying(MalformedFrameException.class, e -> {
                    assertThat(e.where()).isEqualTo(where);
                    assertThat(e.given()).contains(given);
                    assertThat(e.getMessage()).contains(e.allowed());
                });
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "[]",
                "12",
                "nonsense",
                "{\"t\":\"ping\",\"id\":1}}",
                "{\"t\":\"ping\",\"id\":1} {}",
                "{\"t\":\"ping\",\"id\":1",
                "{'t':'ping','id':1}",
                "{t:\"ping\",\"id\":1}",
                "{\"t\":\"ping\",\"id\":1,}",
                "{\"t\":\"ping\",\"id\":01}",
                "{\"t\":\"ping\";\"id\":1}",
                "{\"t\":\"ping\",\"id\":NaN}",
                "/*x*/{\"t\":\"ping\",\"id\":1}",
                "\uFEFF{\"t\":\"ping\",\"id\":1}",
                "{\"t\":\"ping\",\"id\":1,\"x\":[[[[1]]]]}",
                "{\"t\":\"hello\",\"id\":1,\"versions\":[1],\"agent\":\"\\ud800\"}",
                "{\"t\":\"hello\",\"id\":1,\"versions\":[1],\"agent\":\"\u0001\"}",
                "{\"t\":\"ping\",\"id\":1,\"x\":\"\u0001\"}",
                "{\"t\":\"ping\",\"id\":1,\"x\":[\"a\nb\"]}",
                "{\"t\":\"ping\",\"id\":1,\"x\":[\"\u001f\"]}",
                "{\"t\":\"ping\",\"id\":1,\"\u0001\":1}",
                "{\"t\":\"ping\",\"id\":1,\"x\":\"\\q\"}",
                "{\"t\":\"ping\",\"id\":1,\"x\":\"\\u12g4\"}",
                "{\"t\":\"ping\",\"id\":1,\"x\":TRUE}",
                "{\"t\":\"ping\",\"id\":1,\"x\":-}",
                "{\"t\":\"ping\",\"id\":1,\"x\":1.}"
            })
    void onlyStrictJsonIsAHeader(String header) {
        assertThatThrownBy(() -> Frames.fromClient(header, Bytes.EMPTY)).isInstanceOf(MalformedFrameException.class);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '#',
            value = {
                "nonsense | header: text that is no JSON at column 1, allowed: one JSON object (RFC 8259)",
                "{'t':'ping','id':1,} | header: text that is no JSON at column 21, allowed: one JSON object (RFC 8259)",
                "{'t':'ping','id':1 | header: text that is no JSON at column 19, allowed: one JSON object (RFC 8259)",
                "{'t':'ping','id':1,'x':[[[[1]]]]} | header: text nested deeper than 4 objects and arrays at column 28, allowed: one JSON object (RFC 8259)",
                "{'t':'get-bundle','id':1,'user':'Bob'} | get-bundle.user: #Bob# is not a user name: allowed are 2 to 32"
                        + " characters out of a-z 0-9 . _ - and the first must be a letter or digit",
                "{'t':'sign-up','id':1,'kdf':{'m':8,'t':1,'p':2}} | sign-up.kdf: Argon2id memory (KiB) is 8, allowed"
                        + " are 16 to 1048576",
            })
    void aFaultIsToldInOneSentenceOfOurs(String header, String text) {
        assertThatThrownBy(() -> Frames.fromClient(header.replace('\'', '"'), Bytes.EMPTY))
                .isInstanceOf(MalformedFrameException.class)
                .hasMessage(text.replace('#', '"'));
    }

    @Test
    void anEmptyEnvelopeIsToldInOneSentence() {
        String header = "{\"t\":\"submit\",\"id\":1,\"to\":\"bob\",\"mid\":\"ID\",\"hash\":\"HASH\",\"epoch\":\"HASH\","
                + "\"lane\":\"ID\",\"seen\":0}";
        String filled = header.replace("ID", "A".repeat(22)).replace("HASH", "A".repeat(43));
        assertThatThrownBy(() -> Frames.fromClient(filled, Bytes.EMPTY))
                .hasMessage("submit: an envelope of 0 bytes, allowed are 1 to 73728");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{'t':'resume','id':1,'user':'bob','device':'AA','token':'SECRET'}",
                "{'t':'resume','id':1,'token':12SECRET12}",
                "{'t':'resume','id':1,'token':123456789}",
                "{'t':'log-in','id':1,'secret':'SECRET'}",
                "{'t':'log-in','id':1,'secret':'SECRET",
                "{'t':'change-password','id':1,'next':'SECRET'}",
            })
    void aSecretIsNotRepeatedInTheFault(String header) {
        assertThatThrownBy(() -> Frames.fromClient(header.replace('\'', '"'), Bytes.EMPTY))
                .isInstanceOfSatisfying(
                        MalformedFrameException.class,
                        e -> assertThat(e + e.where() + e.given() + e.allowed() + e.getCause())
                                .doesNotContain("SECRET", "123456789"));
    }

    @Test
    void aTokenThatAServerGaveIsNotRepeatedInTheFault() {
        String header = "{'t':'session','re':1,'user':'bob','token':'SECRET','expires':1}".replace('\'', '"');
        assertThatThrownBy(() -> Frames.fromServer(header, Bytes.EMPTY))
                .isInstanceOf(MalformedFrameException.class)
                .hasMessageStartingWith("session.token: given ")
                .hasMessageNotContaining("SECRET");
    }

    @ParameterizedTest
    @ValueSource(strings = {"80000000", "ffffffff", "00000000", "00000001", "00100001", "7fffffff"})
    void aLengthOutsideTheLimitIsRefusedWhenItsFourBytesAreThere(String length) {
        FrameDecoder<ClientFrame> decoder = FrameDecoder.ofClientFrames(WireLimits.MAX_FRAME, WireLimits.MAX_HEADER);
        assertThatThrownBy(() -> decoder.decode(Bytes.fromHex(length).asByteBuffer()))
                .isInstanceOf(MalformedFrameException.class)
                .hasMessageContaining("2 to 1048576");
    }

    @Test
    void aHeaderLongerThanItsFrameOrTheLimitIsRefused() {
        byte[] frame = Frames.raw("{\"t\":\"ping\",\"id\":1}", Bytes.EMPTY);
        frame[5]++;
        assertThatThrownBy(() -> Frames.decoder(Direction.TO_SERVER).decode(ByteBuffer.wrap(frame)))
                .isInstanceOf(MalformedFrameException.class)
                .hasMessageStartingWith("header length");
        String padded = "{\"t\":\"ping\",\"id\":1" + " ".repeat(WireLimits.MAX_HEADER) + "}";
        assertThatThrownBy(() -> Frames.fromClient(padded, Bytes.EMPTY))
                .isInstanceOf(MalformedFrameException.class)
                .hasMessageStartingWith("header length");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "AAAAAAAAAAAAAAAAAAAAAB",
                "AAAAAAAAAAAAAAAAAAAAAA==",
                "AAAAAAAAAAAAAAAAAAAAA/",
                "AAAA",
                "",
                "AAAAAAAAAAAAAAAAAAAAA "
            })
    void bytesHaveOneSpellingOnly(String device) throws Exception {
        String header = "{\"t\":\"resume\",\"id\":1,\"user\":\"bob\",\"device\":\"DEVICE\",\"token\":\""
                + "A".repeat(43) + "\"}";
        assertThat(Frames.fromClient(header.replace("DEVICE", "A".repeat(22)), Bytes.EMPTY))
                .isInstanceOf(Resume.class);
        assertThatThrownBy(() -> Frames.fromClient(header.replace("DEVICE", device), Bytes.EMPTY))
                .isInstanceOf(MalformedFrameException.class)
                .hasMessageStartingWith("resume.device: given")
                .hasMessageEndingWith("allowed: base64url without padding of 16 bytes");
    }

    @Test
    void headersThatAreNotUtf8AreRefused() {
        byte[] frame = Frames.raw("{\"t\":\"ping\",\"id\":1,\"x\":\"y\"}", Bytes.EMPTY);
        frame[frame.length - 3] = (byte) 0xff;
        assertThatThrownBy(() -> Frames.decoder(Direction.TO_SERVER).decode(ByteBuffer.wrap(frame)))
                .isInstanceOf(MalformedFrameException.class)
                .hasMessageContaining("UTF-8");
    }

    @ParameterizedTest
    @CsvSource({"00000001", "00000002aa", "0000", "ffffffff", "00000001aa00000001bb"})
    void partsThatDoNotFitAreRefused(String body) {
        String header = "{\"t\":\"epochs\",\"re\":1,\"epochs\":[\"" + "A".repeat(43) + "\"]}";
        assertThatThrownBy(() -> Frames.fromServer(header, Bytes.fromHex(body)))
                .isInstanceOf(MalformedFrameException.class)
                .hasMessageStartingWith("epochs body");
    }

    @Test
    void aBodyWhereThereIsNoneIsRefused() {
        assertThatThrownBy(() -> Frames.fromClient("{\"t\":\"ping\",\"id\":1}", Bytes.fromHex("00")))
                .isInstanceOf(MalformedFrameException.class)
                .hasMessageStartingWith("ping body");
        assertThatThrownBy(() ->
                        Frames.fromClient("{\"t\":\"put-bundle\",\"id\":1,\"serial\":1,\"previous\":0}", Bytes.EMPTY))
                .isInstanceOf(MalformedFrameException.class)
                .hasMessageContaining("allowed are 1 to");
    }
}
