package dev.codexlsp.server.rpc;

import com.google.gson.JsonElement;
import com.google.gson.JsonParseException;
import com.google.gson.JsonParser;
import com.google.gson.Strictness;
import com.google.gson.stream.JsonReader;
import com.google.gson.stream.JsonToken;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.StringReader;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import org.eclipse.lsp4j.jsonrpc.JsonRpcException;
import org.eclipse.lsp4j.jsonrpc.MessageConsumer;
import org.eclipse.lsp4j.jsonrpc.MessageProducer;
import org.eclipse.lsp4j.jsonrpc.messages.Either;
import org.eclipse.lsp4j.jsonrpc.messages.Message;
import org.eclipse.lsp4j.jsonrpc.messages.ResponseError;
import org.eclipse.lsp4j.jsonrpc.messages.ResponseMessage;
import org.jspecify.annotations.Nullable;

/// Reads `Content-Length` frames and hands on the messages in them.
///
/// Whatever is wrong with a frame is answered, and the next one is read: the connection survives.
/// It ends with the stream, also in the middle of a frame. Belongs to the thread that calls
/// [#listen].
final class FrameReader implements MessageProducer {
  /// Larger frames are drained and answered with an error.
  static final int FRAME_LIMIT = 64 * 1024 * 1024;

  private final InputStream in;
  private final HeaderReader headers;
  private final int frameLimit;
  private final MessageCodec codec;
  private final MessageConsumer answers;
  private boolean stopped;

  /// @param in a buffered stream
  /// @param answers where errors go that belong to no handler
  FrameReader(InputStream in, int frameLimit, MessageCodec codec, MessageConsumer answers) {
    this.in = in;
    this.headers = new HeaderReader(in);
    this.frameLimit = frameLimit;
    this.codec = codec;
    this.answers = answers;
  }

  /// Reads until the stream ends or [#stop] is called.
  ///
  /// @throws JsonRpcException when the stream fails
  @Override
  public void listen(MessageConsumer messages) {
    try {
      while (!stopped) {
        @Nullable Message message = next();
        if (message != null) {
          messages.consume(message);
        }
      }
    } catch (EOFException end) {
      stopped = true;
    } catch (IOException failure) {
      throw new JsonRpcException(failure);
    }
  }

  /// Makes [#listen] return after the message at hand. Called on the reader thread.
  void stop() {
    stopped = true;
  }

  /// The next message; null when the frame held none and that has been answered.
  private @Nullable Message next() throws IOException {
    @Nullable JsonElement json = null;
    try {
      json = parse(body(headers.contentLength()));
      return codec.decode(json);
    } catch (Refusal refusal) {
      answer(json == null ? null : MessageCodec.id(json), refusal);
      return null;
    }
  }

  private byte[] body(long length) throws IOException {
    if (length > frameLimit) {
      in.skipNBytes(length);
      throw Refusal.invalidRequest(
          "frame of " + length + " bytes exceeds the limit of " + frameLimit + " bytes");
    }
    byte[] body = in.readNBytes((int) length);
    if (body.length < length) {
      throw new EOFException();
    }
    return body;
  }

  private static JsonElement parse(byte[] body) throws IOException {
    try {
      String text = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(body)).toString();
      JsonReader reader = new JsonReader(new StringReader(text));
      reader.setStrictness(Strictness.STRICT);
      JsonElement json = JsonParser.parseReader(reader);
      if (reader.peek() != JsonToken.END_DOCUMENT) {
        throw Refusal.parseError("malformed JSON");
      }
      return json;
    } catch (CharacterCodingException notText) {
      throw Refusal.parseError("the frame is not UTF-8");
    } catch (JsonParseException | IOException malformed) {
      throw Refusal.parseError("malformed JSON");
    }
  }

  private void answer(@Nullable Either<String, Number> id, Refusal refusal) {
    ResponseMessage answer = new ResponseMessage();
    if (id != null) {
      answer.setRawId(id);
    }
    answer.setError(new ResponseError(refusal.code(), refusal.getMessage(), null));
    answers.consume(answer);
  }
}
