package dev.pychat.benchmarks;

import dev.pychat.benchmarks.load.Directories;
import dev.pychat.benchmarks.load.Proc;
import dev.pychat.benchmarks.load.ServerProcess;
import dev.pychat.model.PychatException;
import dev.pychat.store.memory.MemoryClientStores;
import java.io.IOException;
import java.io.PrintStream;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * What many clients in one JVM need: memory and threads. They are real ones, each a device that is new to its account, over TLS to the reference
 * server in a process of its own; each pair talks in both directions. What a device keeps is kept in memory here, and counted with the rest.
 */
final class ManyClients {

    private static final int MIB = 1 << 20;
    private static final int COLLECTIONS = 3;

    /**
     * How much is done.
     *
     * @param clients how many clients, two for each pair
     * @param texts how many texts each of them writes
     */
    record Scale(int clients, int texts) {

        static final Scale REAL = new Scale(200, 20);
    }

    private final PrintStream out;

    private ManyClients(PrintStream out) {
        this.out = out;
    }

    /**
     * Measures on a temporary data directory.
     *
     * @param arguments none
     * @throws IOException if the directory can't be made, or the server does not start
     * @throws PychatException if the server refuses something
     * @throws InterruptedException if it was interrupted
     */
    public static void main(String[] arguments) throws IOException, PychatException, InterruptedException {
        // Without it the library would tell all that it does.
        System.setProperty("logback.configurationFile", "dev/pychat/ref/server/logback.xml");
        run(Scale.REAL, System.out);
    }

    static void run(Scale scale, PrintStream out) throws IOException, PychatException, InterruptedException {
        Path data = Files.createTempDirectory("pychat-many-clients");
        try {
            LaidAccounts.lay(data, scale.clients());
            try (ServerProcess server = ServerProcess.start(data, List.of())) {
                new ManyClients(out).measure(server, scale);
            }
        } finally {
            Directories.delete(data);
        }
    }

    private void measure(ServerProcess server, Scale scale) throws IOException, PychatException, InterruptedException {
        out.println("Java " + System.getProperty("java.version") + ", at most "
                + Runtime.getRuntime().maxMemory() / MIB + " MiB of heap");
        report("before");
        List<ChatDevice> devices = new ArrayList<>();
        try {
            for (int i = 0; i < scale.clients(); i++) {
                devices.add(ChatDevice.logIn(LaidAccounts.name(i), server.transport(), new MemoryClientStores()));
            }
            report(scale.clients() + " clients connected");
            talk(devices, scale.texts());
            report(scale.clients() + " clients, " + scale.clients() * scale.texts() + " texts written");
        } finally {
            devices.forEach(ChatDevice::close);
        }
    }

    private static void talk(List<ChatDevice> devices, int texts) throws PychatException, InterruptedException {
        for (int text = 0; text < texts; text++) {
            for (int i = 0; i < devices.size(); i++) {
                devices.get(i).say(devices.get(i ^ 1).user(), "text " + text);
            }
        }
        for (ChatDevice device : devices) {
            // Its own ones, too, once the server has them.
            device.awaitTold(2 * texts);
        }
    }

    private void report(String when) throws IOException {
        for (int i = 0; i < COLLECTIONS; i++) {
            System.gc();
        }
        long heap = ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
        int threads = ManagementFactory.getThreadMXBean().getThreadCount();
        out.println(String.format(
                Locale.ROOT,
                "%s: heap %.1f MiB after a full collection, resident %.1f MiB, at most %.1f MiB so far; %d platform threads %s",
                when,
                (double) heap / MIB,
                resident("VmRSS"),
                resident("VmHWM"),
                threads,
                ours()));
    }

    /** How many platform threads of each of the library's pools there are; virtual threads are not among them. */
    private static Map<String, Long> ours() {
        return Thread.getAllStackTraces().keySet().stream()
                .map(Thread::getName)
                .filter(name -> name.startsWith("pychat-"))
                .collect(Collectors.groupingBy(
                        name -> name.replaceAll("-[0-9]+$", ""), TreeMap::new, Collectors.counting()));
    }

    /** What Linux says of this process, in MiB. */
    private static double resident(String field) throws IOException {
        return Proc.of(ProcessHandle.current().pid()).status(field) / 1024.0;
    }
}
