package dev.codexlsp.core.model;

import com.google.gson.JsonObject;
import dev.codexlsp.core.thread.ThreadId;
import dev.codexlsp.core.thread.TurnId;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// One sampling step: the whole conversation so far, and what the model may call.
///
/// @param credential null for a provider without one
/// @param input the conversation, the base instructions first
/// @param tools the tools as the Responses API describes them
public record ModelRequest(
    ModelProvider provider,
    @Nullable Credential credential,
    Caller caller,
    ModelInfo model,
    Manner manner,
    List<ResponseItem> input,
    List<JsonObject> tools,
    Occasion occasion) {
  public ModelRequest {
    input = List.copyOf(input);
    tools = List.copyOf(tools);
  }

  /// What of the conversation is sent, and why.
  ///
  /// @param window how much of the conversation the input is
  public record Occasion(ContextWindow window, Purpose purpose) {

    /// A step of a conversation that is still whole.
    public static Occasion ofWhole(ThreadId threadId) {
      return new Occasion(ContextWindow.first(threadId.value()), new Purpose.Step());
    }
  }

  /// Who asks.
  ///
  /// @param originator the program that asks, as the service knows it
  /// @param threadSource what the conversation is for, when it is not the user's own
  /// @param metadata what the client wants the service to know besides
  public record Caller(
      String originator,
      String userAgent,
      ThreadId threadId,
      TurnId turnId,
      @Nullable String threadSource,
      Map<String, String> metadata) {
    public Caller {
      metadata = Map.copyOf(metadata);
    }

    /// A caller of whom there is nothing more to say.
    public Caller(String originator, String userAgent, ThreadId threadId, TurnId turnId) {
      this(originator, userAgent, threadId, turnId, null, Map.of());
    }
  }

  /// How the model shall answer.
  ///
  /// @param effort the reasoning effort; null leaves it to the server
  /// @param summary of its thoughts: auto, concise, detailed or none; null for auto
  /// @param serviceTier null and `default` for the service's usual one
  /// @param outputSchema what the answer has to look like; null for words
  public record Manner(
      @Nullable String effort,
      @Nullable String summary,
      @Nullable String serviceTier,
      @Nullable JsonObject outputSchema) {

    /// In words, and else as usual.
    public static Manner ofEffort(@Nullable String effort) {
      return new Manner(effort, null, null, null);
    }
  }

  public ThreadId threadId() {
    return caller.threadId();
  }

  public TurnId turnId() {
    return caller.turnId();
  }

  public ContextWindow window() {
    return occasion.window();
  }

  public Purpose purpose() {
    return occasion.purpose();
  }

  /// The same with a credential.
  public ModelRequest with(Credential other) {
    return new ModelRequest(provider, other, caller, model, manner, input, tools, occasion);
  }
}
