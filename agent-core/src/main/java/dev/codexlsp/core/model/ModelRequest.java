package dev.codexlsp.core.model;

import com.google.gson.JsonObject;
import dev.codexlsp.core.thread.ThreadId;
import dev.codexlsp.core.thread.TurnId;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// One sampling step: the whole conversation so far, and what the model may call.
///
/// @param credential null for a provider without one
/// @param originator the program that asks, as the service knows it
/// @param effort the reasoning effort; null leaves it to the server
/// @param input the conversation, the base instructions first
/// @param tools the tools as the Responses API describes them
/// @param outputSchema what the answer has to look like; null for words
/// @param threadSource what the conversation is for, when it is not the user's own
public record ModelRequest(
    ModelProvider provider,
    @Nullable Credential credential,
    String originator,
    String userAgent,
    ThreadId threadId,
    TurnId turnId,
    ModelInfo model,
    @Nullable String effort,
    List<ResponseItem> input,
    List<JsonObject> tools,
    @Nullable JsonObject outputSchema,
    @Nullable String threadSource) {
  public ModelRequest {
    input = List.copyOf(input);
    tools = List.copyOf(tools);
  }

  /// A step of a conversation with the user.
  public ModelRequest(
      ModelProvider provider,
      @Nullable Credential credential,
      String originator,
      String userAgent,
      ThreadId threadId,
      TurnId turnId,
      ModelInfo model,
      @Nullable String effort,
      List<ResponseItem> input,
      List<JsonObject> tools) {
    this(
        provider,
        credential,
        originator,
        userAgent,
        threadId,
        turnId,
        model,
        effort,
        input,
        tools,
        null,
        null);
  }

  /// The same with a credential.
  public ModelRequest with(Credential other) {
    return new ModelRequest(
        provider,
        other,
        originator,
        userAgent,
        threadId,
        turnId,
        model,
        effort,
        input,
        tools,
        outputSchema,
        threadSource);
  }
}
