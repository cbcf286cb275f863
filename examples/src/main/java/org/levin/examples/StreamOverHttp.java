package org.levin.examples;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.concurrent.Executors;
import org.levin.SequenceModel;
import org.levin.sampling.GenerationOptions;
import org.levin.sampling.GenerationSession;
import org.levin.sampling.Sampler;
import org.levin.text.UnknownSymbols;

/**
 * Serves texts as they are written: {@code curl -N "localhost:8080/?Anna"}. Many readers share one
 * model. Arguments: the model, and the port.
 */
public final class StreamOverHttp {
  private StreamOverHttp() {}

  /** Runs the example until the process is ended. */
  public static void main(String[] arguments) throws IOException {
    SequenceModel model = SequenceModel.load(Path.of(arguments[0]));
    serve(model, Integer.parseInt(arguments[1]));
  }

  /** Starts to serve; port 0 takes one that is free. */
  static HttpServer serve(SequenceModel model, int port) throws IOException {
    InetSocketAddress address = new InetSocketAddress(InetAddress.getLoopbackAddress(), port);
    HttpServer server = HttpServer.create(address, 0);
    server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
    server.createContext("/", exchange -> answer(exchange, model));
    server.start();
    return server;
  }

  private static void answer(HttpExchange exchange, SequenceModel model) throws IOException {
    String query = exchange.getRequestURI().getQuery();
    GenerationOptions options =
        GenerationOptions.of(Sampler.topK(5)).unknownSymbols(UnknownSymbols.skip());
    exchange.getResponseHeaders().set("Content-Type", "text/plain; charset=utf-8");
    exchange.sendResponseHeaders(200, 0);
    // A reader who goes away makes the write fail, which ends the session too.
    try (OutputStream body = exchange.getResponseBody();
        GenerationSession session = model.session(options)) {
      session.feed(query == null ? "" : query);
      while (session.hasNext()) {
        body.write(session.next().text().getBytes(StandardCharsets.UTF_8));
        body.flush();
      }
    }
  }
}
