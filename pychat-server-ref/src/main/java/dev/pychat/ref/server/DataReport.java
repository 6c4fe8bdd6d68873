package dev.pychat.ref.server;

import com.google.gson.GsonBuilder;
import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import dev.pychat.ref.server.operation.DirectorySize;
import dev.pychat.store.directory.DataDirectoryException;
import dev.pychat.store.directory.StoreCheck;
import dev.pychat.store.directory.StoreFigures;
import dev.pychat.store.directory.StoreKind;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/**
 * What is said about a data directory, for people or for programs.
 *
 * <p>Immutable and thread-safe.
 *
 * @param json one JSON object
 * @param text lines
 * @param exitCode with what the command ends
 * @param failure why that is not 0; empty where it is
 */
record DataReport(String json, String text, ExitCode exitCode, String failure) {

    static DataReport stats(StoreFigures figures, StoreKind kind, Path data)
            throws IOException, DataDirectoryException {
        JsonObject json = about(figures, kind, data);
        return new DataReport(print(json), lines(json), ExitCode.DONE, "");
    }

    static DataReport check(StoreCheck check, StoreKind kind, Path data) throws IOException, DataDirectoryException {
        JsonObject json = about(check.figures(), kind, data);
        json.addProperty("records", check.records());
        json.addProperty("faults", check.faultCount());
        String lines = lines(json);
        JsonArray found = new JsonArray();
        check.faults().forEach(found::add);
        json.add("found", found);
        String more = check.faultCount() > check.faults().size()
                ? "and " + (check.faultCount() - check.faults().size()) + " more\n"
                : "";
        String text = lines
                + String.join(
                        "",
                        check.faults().stream()
                                .map(fault -> "fault: " + fault + "\n")
                                .toList())
                + more;
        return check.isSound()
                ? new DataReport(print(json), text + "sound: everything is what was written\n", ExitCode.DONE, "")
                : new DataReport(print(json), text, ExitCode.DAMAGED, damaged(check, data));
    }

    private static String damaged(StoreCheck check, Path data) {
        return "the data directory " + data + " is damaged in " + check.faultCount()
                + (check.faultCount() == 1 ? " place" : " places") + ", first: "
                + check.faults().get(0)
                + "; restore it from a backup";
    }

    private static JsonObject about(StoreFigures figures, StoreKind kind, Path data)
            throws IOException, DataDirectoryException {
        JsonObject json = new JsonObject();
        json.addProperty("data", data.toAbsolutePath().toString());
        json.addProperty("store", kind.name());
        json.addProperty("format", DataStores.formatIn(data));
        json.addProperty("accounts", figures.accounts());
        json.addProperty("conversations", figures.conversations());
        json.addProperty("messages", figures.messages());
        json.addProperty("bytes", DirectorySize.bytes(data));
        return json;
    }

    /** The same words as in JSON, one a line. */
    static String lines(JsonObject json) {
        List<String> lines = json.entrySet().stream()
                .map(field -> field.getKey() + ": " + field.getValue().getAsString() + "\n")
                .toList();
        return String.join("", lines);
    }

    static String print(JsonObject json) {
        return new GsonBuilder()
                        .setPrettyPrinting()
                        .disableHtmlEscaping()
                        .create()
                        .toJson(json) + "\n";
    }
}
