package org.stereo4d.videoloop.export;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.jspecify.annotations.Nullable;

/**
 * Serves an exported folder to browsers of this machine, and nothing outside the folder. Runs until
 * it is closed.
 */
public final class ViewerServer implements AutoCloseable {
  private static final String HTML = "text/html; charset=utf-8";
  private static final Map<String, String> TYPES =
      Map.of(
          "html", HTML,
          "js", "text/javascript; charset=utf-8",
          "json", "application/json",
          "png", "image/png",
          "obj", "text/plain; charset=utf-8");
  private static final int THREADS = 4;

  private final Path folder;
  private final HttpServer server;
  private final ExecutorService threads;

  private ViewerServer(Path folder, HttpServer server, ExecutorService threads) {
    this.folder = folder;
    this.server = server;
    this.threads = threads;
  }

  /**
   * Starts serving.
   *
   * @param folder of a {@link ViewerExport}
   * @param port 0 for any free one
   */
  public static ViewerServer start(Path folder, int port) throws IOException {
    if (!Files.isRegularFile(folder.resolve("meta.json"))) {
      throw new IOException(folder + ": has no meta.json, expected an exported loop");
    }
    HttpServer server =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 0);
    ExecutorService threads =
        Executors.newFixedThreadPool(
            THREADS,
            task -> {
              Thread thread = new Thread(task, "loop-viewer");
              thread.setDaemon(true);
              return thread;
            });
    ViewerServer out = new ViewerServer(folder.toRealPath(), server, threads);
    server.createContext("/", out::answer);
    server.setExecutor(threads);
    server.start();
    return out;
  }

  /** Where the page is. */
  public URI address() {
    return URI.create(
        "http://"
            + InetAddress.getLoopbackAddress().getHostAddress()
            + ":"
            + server.getAddress().getPort()
            + "/");
  }

  private void answer(HttpExchange exchange) throws IOException {
    try (exchange) {
      String method = exchange.getRequestMethod();
      if (!method.equals("GET") && !method.equals("HEAD")) {
        exchange.sendResponseHeaders(405, -1);
        return;
      }
      String wanted = exchange.getRequestURI().getPath().substring(1);
      String name = wanted.isEmpty() ? ViewerExport.PAGE : wanted;
      if (name.equals("favicon.ico")) {
        exchange.sendResponseHeaders(204, -1);
        return;
      }
      if (name.equals(ViewerExport.PAGE) && !Files.exists(folder.resolve(name))) {
        send(exchange, HTML, ViewerExport.page().getBytes(java.nio.charset.StandardCharsets.UTF_8));
        return;
      }
      file(exchange, name);
    }
  }

  private void file(HttpExchange exchange, String name) throws IOException {
    Path file = inside(name);
    if (file == null || !Files.isRegularFile(file)) {
      exchange.sendResponseHeaders(404, -1);
      return;
    }
    exchange.getResponseHeaders().set("Content-Type", type(name));
    exchange.getResponseHeaders().set("Cache-Control", "no-cache");
    boolean head = exchange.getRequestMethod().equals("HEAD");
    exchange.sendResponseHeaders(200, head ? -1 : Math.max(0, Files.size(file)));
    if (!head) {
      try (InputStream in = Files.newInputStream(file);
          OutputStream out = exchange.getResponseBody()) {
        in.transferTo(out);
      }
    }
  }

  /** The file of a name, or null when it would lie outside, also through links. */
  private @Nullable Path inside(String name) throws IOException {
    try {
      Path file = folder.resolve(name).normalize();
      if (!file.startsWith(folder) || !Files.exists(file)) {
        return null;
      }
      return file.toRealPath().startsWith(folder) ? file : null;
    } catch (InvalidPathException e) {
      return null;
    }
  }

  private static String type(String name) {
    String suffix = name.substring(name.lastIndexOf('.') + 1).toLowerCase(Locale.ROOT);
    return TYPES.getOrDefault(suffix, "application/octet-stream");
  }

  private static void send(HttpExchange exchange, String type, byte[] bytes) throws IOException {
    exchange.getResponseHeaders().set("Content-Type", type);
    exchange.sendResponseHeaders(200, bytes.length);
    try (OutputStream out = exchange.getResponseBody()) {
      out.write(bytes);
    }
  }

  @Override
  public void close() {
    server.stop(0);
    threads.shutdownNow();
  }
}
