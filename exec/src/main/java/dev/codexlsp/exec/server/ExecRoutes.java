package dev.codexlsp.exec.server;

import dev.codexlsp.exec.json.WireException;
import dev.codexlsp.exec.protocol.ExecCodec;
import dev.codexlsp.exec.protocol.ExecError;
import dev.codexlsp.exec.protocol.ExecMessage;
import dev.codexlsp.exec.protocol.ExecMethods;
import dev.codexlsp.exec.protocol.Payload;
import dev.codexlsp.exec.protocol.RequestId;
import dev.codexlsp.exec.protocol.Row;
import dev.codexlsp.exec.server.ExecObserver.Outcome;
import java.nio.ByteBuffer;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.jspecify.annotations.Nullable;

/// Takes each request to its handler, if it comes at a time when it may. Immutable.
final class ExecRoutes {
  private static final Logger LOG = Logger.getLogger(ExecRoutes.class.getName());

  private final Map<String, Binding<?, ?>> bindings = new HashMap<>();

  /// Answers one method.
  interface Handler<P, R> {
    R answer(P params, Call call) throws Refused, InterruptedException;
  }

  /// The classes that answer.
  record Handlers(
      SessionHandlers session,
      EnvironmentHandlers environment,
      ProcessHandlers process,
      FileHandlers file,
      HttpHandlers http) {}

  ExecRoutes(Handlers handlers) {
    bind(ExecMethods.INITIALIZE, handlers.session()::initialize);
    bind(ExecMethods.ENVIRONMENT_INFO, handlers.environment()::info);
    bind(ExecMethods.ENVIRONMENT_STATUS, handlers.environment()::status);
    bind(ExecMethods.PROCESS_START, handlers.process()::start);
    bind(ExecMethods.PROCESS_READ, handlers.process()::read);
    bind(ExecMethods.PROCESS_WRITE, handlers.process()::write);
    bind(ExecMethods.PROCESS_SIGNAL, handlers.process()::signal);
    bind(ExecMethods.PROCESS_TERMINATE, handlers.process()::terminate);
    bind(ExecMethods.PROCESS_RESIZE, handlers.process()::resize);
    bind(ExecMethods.FS_READ_FILE, handlers.file()::readFile);
    bind(ExecMethods.FS_WRITE_FILE, handlers.file()::writeFile);
    bind(ExecMethods.FS_CREATE_DIRECTORY, handlers.file()::createDirectory);
    bind(ExecMethods.FS_GET_METADATA, handlers.file()::metadata);
    bind(ExecMethods.FS_CANONICALIZE, handlers.file()::canonicalize);
    bind(ExecMethods.FS_READ_DIRECTORY, handlers.file()::readDirectory);
    bind(ExecMethods.FS_WALK, handlers.file()::walk);
    bind(ExecMethods.FS_REMOVE, handlers.file()::remove);
    bind(ExecMethods.FS_COPY, handlers.file()::copy);
    bind(ExecMethods.FS_OPEN, handlers.file()::open);
    bind(ExecMethods.FS_READ_BLOCK, handlers.file()::readBlock);
    bind(ExecMethods.FS_WRITE_BLOCK, handlers.file()::writeBlock);
    bind(ExecMethods.FS_CLOSE, handlers.file()::close);
    bind(ExecMethods.HTTP_REQUEST, handlers.http()::request);
    requireExactly(ExecMethods.REQUESTS);
  }

  private record Binding<P, R>(Row.Request<P, R> row, Handler<P, R> handler) {
    Payload answer(Payload params, Call call) throws Refused, InterruptedException {
      P decoded;
      try {
        decoded = params.as(row.params());
      } catch (WireException bad) {
        throw Refused.invalidParams(String.valueOf(bad.getMessage()));
      }
      call.connection().require(row.family());
      return Payload.of((Record) handler.answer(decoded, call));
    }
  }

  private <P, R> void bind(Row.Request<P, R> row, Handler<P, R> handler) {
    if (bindings.putIfAbsent(row.name(), new Binding<>(row, handler)) != null) {
      throw new IllegalStateException("bound twice: " + row.name());
    }
  }

  /// Fails unless every row has its handler.
  private void requireExactly(List<Row.Request<?, ?>> rows) {
    Set<String> table = new HashSet<>();
    rows.forEach(row -> table.add(row.name()));
    if (!bindings.keySet().equals(table)) {
      throw new IllegalStateException(
          "bound " + bindings.keySet() + ", but the table has " + table);
    }
  }

  /// An answer, ready to be sent.
  record Encoded(ByteBuffer bytes, Outcome outcome) {
    static Encoded failure(RequestId id, ExecError error) {
      return new Encoded(ExecCodec.encode(new ExecMessage.Failure(id, error)), Outcome.ERROR);
    }
  }

  /// The answer of the request, whatever happens; the fence around a bug in a handler, and around
  /// an answer that there is no memory for.
  Encoded answer(ExecMessage.Request request, Call call) throws InterruptedException {
    try {
      @Nullable Binding<?, ?> binding = bindings.get(request.method());
      if (binding == null) {
        throw Refused.methodNotFound(request.method());
      }
      Payload result = binding.answer(request.params(), call);
      return new Encoded(
          ExecCodec.encode(new ExecMessage.Answer(request.id(), result)), Outcome.SUCCESS);
    } catch (Refused refused) {
      return Encoded.failure(request.id(), refused.error());
    } catch (RuntimeException | OutOfMemoryError bug) {
      LOG.log(Level.SEVERE, request.method() + " failed", bug);
      return Encoded.failure(request.id(), new ExecError(ExecError.INTERNAL, "internal error"));
    }
  }
}
