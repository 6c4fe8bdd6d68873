package dev.pychat.benchmarks;

import dev.pychat.benchmarks.load.ServerProcess;
import dev.pychat.model.PychatException;
import dev.pychat.ref.server.store.XodusStoreKind;
import dev.pychat.server.ChatServer;
import dev.pychat.server.HashCost;
import dev.pychat.server.ServerLimits;
import dev.pychat.server.ServerOptions;
import dev.pychat.store.memory.MemoryClientStores;
import dev.pychat.transport.InProcessTransport;
import java.io.IOException;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.List;
import java.util.Locale;

/**
 * Makes accounts in the data directory of a server that does not run: real ones, by signing up in this process, but with passphrases that
 * cost next to nothing, which the program {@code pychat server} refuses to take.
 */
final class LaidAccounts {

    private LaidAccounts() {}

    /**
     * Makes them and ends. What {@link #lay} does with a process of its own, so that nothing of it is left in the one that is measured.
     *
     * @param arguments the data directory, and how many accounts
     * @throws PychatException if something refuses
     * @throws InterruptedException if it was interrupted
     */
    public static void main(String[] arguments) throws PychatException, InterruptedException {
        make(Path.of(arguments[0]), Integer.parseInt(arguments[1]));
    }

    /** Makes so many accounts. */
    static void lay(Path data, int count) throws IOException, InterruptedException {
        // Its first start makes the server's key, without which it does not start on a directory with accounts.
        ServerProcess.start(data, List.of()).close();
        Process process = ServerProcess.java(
                List.of("-Dlogback.configurationFile=dev/pychat/ref/server/logback.xml"),
                LaidAccounts.class.getName(),
                data.toString(),
                Integer.toString(count));
        process.getInputStream().transferTo(System.err);
        if (process.waitFor() != 0) {
            throw new IOException("the accounts could not be made: exit code " + process.exitValue());
        }
    }

    /** The name of one of them, from 0. */
    static String name(int number) {
        return String.format(Locale.ROOT, "client%05d", number);
    }

    @SuppressWarnings("try") // the server is only there to be asked
    private static void make(Path data, int count) throws PychatException, InterruptedException {
        InProcessTransport transport = InProcessTransport.create();
        try (ChatServer server =
                ChatServer.start(ServerOptions.builder(new XodusStoreKind().open(data, new SecureRandom()))
                        .transport(transport)
                        .hashCost(new HashCost(HashCost.MIN))
                        .passwordFloor(ChatDevice.CHEAP)
                        .limits(ServerLimits.builder().freeSignUps(100_000).build())
                        .build())) {
            for (int i = 0; i < count; i++) {
                ChatDevice.signUp(name(i), transport.client(), new MemoryClientStores())
                        .close();
            }
        }
    }
}
