package dev.pychat.endtoend.attack;

import dev.pychat.endtoend.Checkout;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/**
 * Who attacks, in a process of their own, and at full size at the lowest priority. Real attackers have machines of their own: what these compute takes
 * nothing from the pair and the server, neither by a collector of garbage nor by the processors that they share, and what they make the
 * server do does. In a build, where other tests run beside it, some attacks would have no processor in time for what they check. One attack
 * at a time; thread-safe.
 */
final class Attackers implements AutoCloseable {

    private static final String ANSWERED = "answered ";
    private static final String FAILED = "failed ";

    private final Process process;
    private final PrintStream to;
    private final BufferedReader from;

    private Attackers(Process process) {
        this.process = process;
        this.to = new PrintStream(process.getOutputStream(), true, StandardCharsets.UTF_8);
        this.from = process.inputReader(StandardCharsets.UTF_8);
    }

    static Attackers of(AttackedServer server, Scale scale) throws IOException {
        boolean full = scale.equals(Scale.FULL);
        List<String> words = new ArrayList<>();
        if (full) {
            words.addAll(List.of("nice", "-n", "19"));
        }
        words.addAll(List.of(
                Checkout.testJava(),
                "-cp",
                Checkout.property("java.class.path"),
                Attackers.class.getName(),
                Integer.toString(server.target().port()),
                server.certificate().toString(),
                full ? "full" : "short"));
        return new Attackers(new ProcessBuilder(words)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start());
    }

    /** Begins an attack; completed with what the server did about it, in a few words. */
    CompletableFuture<String> begin(Attack attack) {
        CompletableFuture<String> outcome = new CompletableFuture<>();
        to.println(attack.name());
        Thread thread = new Thread(() -> listen(outcome), "attackers");
        thread.setDaemon(true);
        thread.start();
        return outcome;
    }

    private void listen(CompletableFuture<String> outcome) {
        try {
            String line = from.readLine();
            if (line != null && line.startsWith(ANSWERED)) {
                outcome.complete(line.substring(ANSWERED.length()));
            } else {
                outcome.completeExceptionally(new AssertionError("the attackers said: " + line));
            }
        } catch (IOException e) {
            outcome.completeExceptionally(e);
        }
    }

    @Override
    public void close() {
        process.destroyForcibly();
    }

    /** The process: attacks as each line of its input says. */
    public static void main(String[] args) throws Exception {
        Target target = new Target(Integer.parseInt(args[0]), certificate(Path.of(args[1])));
        Scale scale = args[2].equals("full") ? Scale.FULL : Scale.SHORT;
        BufferedReader in = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        for (String name = in.readLine(); name != null; name = in.readLine()) {
            System.out.println(outcome(named(name), target, scale));
        }
    }

    private static X509Certificate certificate(Path pem) throws Exception {
        try (var in = Files.newInputStream(pem)) {
            return (X509Certificate) CertificateFactory.getInstance("X.509").generateCertificate(in);
        }
    }

    private static Attack named(String name) {
        List<Attack> named = Attack.all().stream()
                .filter(attack -> attack.name().equals(name))
                .toList();
        return named.get(0);
    }

    private static String outcome(Attack attack, Target target, Scale scale) {
        try {
            long end = System.nanoTime() + scale.attack().toNanos();
            return ANSWERED + attack.attack(new Attack.Field(target, scale, end));
        } catch (Exception | AssertionError e) {
            e.printStackTrace();
            return FAILED + e.toString().replaceAll("\\s+", " ");
        }
    }
}
