package dev.codexlsp.server.protocol;

import dev.codexlsp.core.model.ModelProvider;
import java.net.URI;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Where models can be asked.
///
/// @param canChangeDefault whether another one can be configured
public record ModelProviderListResponse(
    List<Summary> data, String defaultProviderId, boolean canChangeDefault) {

  /// One of them.
  ///
  /// @param canEdit whether a method of this protocol changes its description; none does
  /// @param baseUrl null when it holds a secret
  public record Summary(
      String id, String name, boolean canEdit, @Nullable URI baseUrl, Settings settings) {}

  /// How we are known there.
  public sealed interface Settings {

    /// By the login with OpenAI.
    record Openai() implements Settings {}

    /// By something of its own, or not at all.
    record CustomGateway(GatewayAuth auth) implements Settings {}
  }

  /// The credential of a provider.
  ///
  /// @param mode `none`, `environmentVariable`, or `externallyConfigured` for anything else
  public record GatewayAuth(String mode, @Nullable String envKey) {}

  public static Summary summary(ModelProvider provider) {
    URI url = provider.baseUrl();
    return new Summary(
        provider.id(),
        provider.name(),
        false,
        url.getRawUserInfo() == null ? url : null,
        provider.access().requiresOpenaiAuth()
            ? new Settings.Openai()
            : new Settings.CustomGateway(auth(provider.access())));
  }

  private static GatewayAuth auth(ModelProvider.Access access) {
    if (access.envKey() != null) {
      return new GatewayAuth("environmentVariable", access.envKey());
    }
    boolean isNone = access.bearerToken() == null && access.envHttpHeaders().isEmpty();
    return new GatewayAuth(isNone ? "none" : "externallyConfigured", null);
  }
}
