package dev.pychat.ref.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pychat.server.ServerLimits;
import dev.pychat.testkit.server.RawClient;
import dev.pychat.transport.TransportOptions;
import dev.pychat.wire.Welcome;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The limits as an operator sets them. */
class LimitTest {

    @TempDir
    Path directory;

    @Test
    void withoutAnyTheLibrarysOwnHold() throws Exception {
        Configuration settings = Configuration.of(Map.of(), Map.of());
        assertThat(Limit.transport(settings)).isEqualTo(TransportOptions.DEFAULT);
        assertThat(Limit.server(settings)).isEqualTo(ServerLimits.DEFAULT);
    }

    @ParameterizedTest
    @EnumSource(Limit.class)
    void eachIsSetByFlagOrVariableAndChangesItsOwnThingOnly(Limit limit) throws Exception {
        Setting setting = Setting.valueOf("LIMIT_" + limit.name());
        int usualValue = Integer.parseInt(Limit.defaults().get(setting));
        String value = limit == Limit.HASH_THREADS ? "17" : Integer.toString(usualValue / 2 + 1);
        Configuration byFlag = Configuration.of(Map.of(setting, value), Map.of());
        Configuration byVariable = Configuration.of(Map.of(), Map.of(setting.variable(), value));
        assertThat(Limit.transport(byFlag)).isEqualTo(Limit.transport(byVariable));
        assertThat(Limit.server(byFlag)).isEqualTo(Limit.server(byVariable));
        Map<String, String> changed = values(byFlag);
        Map<String, String> usual = values(Configuration.of(Map.of(), Map.of()));
        assertThat(changed.keySet().stream()
                        .filter(name -> !changed.get(name).equals(usual.get(name)))
                        .toList())
                .singleElement()
                .satisfies(name -> assertThat(changed.get(name)).isIn(value, "PT" + value + "S"));
    }

    private static Map<String, String> values(Configuration settings) throws Exception {
        Map<String, String> values = new HashMap<>();
        for (Record one : new Record[] {
            Limit.transport(settings),
            Limit.server(settings),
            Limit.server(settings).wire()
        }) {
            for (var component : one.getClass().getRecordComponents()) {
                if (!component.getName().equals("wire")) {
                    values.put(
                            component.getName(),
                            String.valueOf(component.getAccessor().invoke(one)));
                }
            }
        }
        return values;
    }

    @ParameterizedTest
    @EnumSource(Limit.class)
    void whatIsOutOfRangeOrNoNumberNamesItselfAndWhatIsAllowed(Limit limit) throws Exception {
        Setting setting = Setting.valueOf("LIMIT_" + limit.name());
        for (String given : Stream.of("0", "-1", "2000000000", "many", "").toList()) {
            Configuration settings = Configuration.of(Map.of(setting, given), Map.of());
            assertThatThrownBy(() -> {
                        Limit.transport(settings);
                        Limit.server(settings);
                    })
                    .isInstanceOfSatisfying(
                            StartException.class, e -> assertThat(e.exitCode()).isEqualTo(ExitCode.USAGE))
                    .hasMessageContainingAll(setting.key(), "\"" + given + "\"", setting.flag(), "a number ", " to ");
        }
    }

    @Test
    void clientsAreToldWhatIsSetAndItHolds() throws Exception {
        Map<Setting, String> less = Map.of(Setting.LIMIT_HEADER_BYTES, "1024", Setting.LIMIT_IN_FLIGHT, "3");
        try (Started server = Started.with(directory.resolve("data"), less);
                RawClient client = server.client()) {
            Welcome welcome = client.hello();
            assertThat(welcome.limits().header()).isEqualTo(1_024);
            assertThat(welcome.limits().inFlight()).isEqualTo(3);
            try (RawTls raw = RawTls.connect(server.port())) {
                String padding = "x".repeat(1_100);
                raw.write(dev.pychat.model.Bytes.fromHex(
                        BadInputTest.frame("{\"t\":\"ping\",\"id\":1,\"later\":\"" + padding + "\"}")));
                assertThat(raw.readToEnd()).contains("malformed_frame", "header length", "2 to 1024");
            }
        }
    }
}
