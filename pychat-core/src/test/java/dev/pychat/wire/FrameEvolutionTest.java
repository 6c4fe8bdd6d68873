package dev.pychat.wire;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pychat.model.Bytes;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.FieldSource;

class FrameEvolutionTest {

    @Test
    void unknownFieldsAreIgnoredAtAnyDepth() throws Exception {
        assertThat(Frames.fromClient("{\"t\":\"ping\",\"x\":[{\"a\":\"\\u0001\"}],\"id\":5,\"y\":1e999}", Bytes.EMPTY))
                .isEqualTo(new Ping(5));
        assertThat(Frames.fromServer(
                        "{\"t\":\"inbox-page\",\"re\":1,\"entries\":[{\"with\":\"bob\",\"head\":1,\"unread\":1,"
                                + "\"later\":{},\"read\":0,\"time\":7}]}",
                        Bytes.EMPTY))
                .isInstanceOf(InboxPage.class);
    }

    @Test
    void fieldsMayComeInAnyOrder() throws Exception {
        assertThat(Frames.fromClient("{ \"x\":{\"t\":1}, \"id\" : 5 , \"t\" : \"ping\" }", Bytes.EMPTY))
                .isEqualTo(new Ping(5));
    }

    @Test
    void unknownTypesAreValues() throws Exception {
        assertThat(Frames.fromClient("{\"t\":\"dance\",\"id\":5}", Bytes.fromHex("0102")))
                .isEqualTo(new UnknownRequest(5, "dance"));
        assertThat(Frames.fromServer("{\"re\":6,\"t\":\"dance\"}", Bytes.EMPTY))
                .isEqualTo(new UnknownReply(6, "dance"));
        assertThat(Frames.fromClient("{\"t\":\"welcome\"}", Bytes.EMPTY)).isEqualTo(new UnknownRequest(0, "welcome"));
    }

    @ParameterizedTest
    @FieldSource("dev.pychat.wire.FrameType#RESERVED")
    void reservedTypesAreUnknownStill(String name) throws Exception {
        assertThat(Frames.fromClient("{\"t\":\"" + name + "\",\"id\":5}", Bytes.EMPTY))
                .isEqualTo(new UnknownRequest(5, name));
    }

    @Test
    void unknownErrorCodesAreReadAsInternal() throws Exception {
        assertThat(Frames.fromServer("{\"t\":\"error\",\"re\":5,\"code\":\"moon_phase\",\"text\":\"x\"}", Bytes.EMPTY))
                .isEqualTo(new Failure(5, ErrorCode.INTERNAL, "x"));
    }

    @ParameterizedTest
    @EnumSource(FrameType.class)
    void eachTypeIsFoundByItsName(FrameType type) {
        assertThat(FrameType.named(type.direction(), type.wireName())).isEqualTo(Optional.of(type));
        assertThat(type.wireName()).matches("[a-z]+(-[a-z]+)*");
        assertThat(FrameType.RESERVED).doesNotContain(type.wireName());
    }

    @ParameterizedTest
    @EnumSource(ErrorCode.class)
    void eachErrorCodeIsFoundByItsName(ErrorCode code) {
        assertThat(ErrorCode.of(code.code())).isEqualTo(code);
        assertThat(code.code()).matches("[a-z]+(_[a-z]+)*");
    }
}
