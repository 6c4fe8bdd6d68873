package dev.pychat.endtoend.programs;

import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.ExtensionContext.Store;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolutionException;
import org.junit.jupiter.api.extension.ParameterResolver;

/**
 * Gives tests, as parameters, what is made once for all classes: the {@link Installation}, and a {@link ServerProcess} that
 * no test may stop. They are gone when the last test has ended.
 */
public final class Shared implements ParameterResolver {
    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
        Class<?> type = parameter.getParameter().getType();
        return type == Installation.class || type == ServerProcess.class;
    }

    @Override
    public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
        Store store = context.getRoot().getStore(Namespace.create(Shared.class));
        Installation pychat =
                store.getOrComputeIfAbsent(Installation.class, key -> made(Installation::unpack), Installation.class);
        return parameter.getParameter().getType() == Installation.class
                ? pychat
                : store.getOrComputeIfAbsent(
                        ServerProcess.class, key -> made(() -> server(pychat)), ServerProcess.class);
    }

    private static ServerProcess server(Installation pychat) throws Exception {
        return ServerProcess.start(pychat, pychat.directory("shared").resolve("data"));
    }

    private static <T> T made(java.util.concurrent.Callable<T> making) {
        try {
            return making.call();
        } catch (Exception e) {
            throw new ParameterResolutionException("cannot be started", e);
        }
    }
}
