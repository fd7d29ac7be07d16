package dev.codexlsp.server.handler;

import com.google.gson.JsonObject;
import dev.codexlsp.core.config.ConfigException;
import dev.codexlsp.core.config.ConfigLoader;
import dev.codexlsp.core.config.ConfigWriteException;
import dev.codexlsp.core.config.ConfigWriter;
import dev.codexlsp.core.config.SkillSwitches;
import dev.codexlsp.server.protocol.ConfigBatchWriteParams;
import dev.codexlsp.server.protocol.ConfigEdit;
import dev.codexlsp.server.protocol.ConfigReadParams;
import dev.codexlsp.server.protocol.ConfigReadResponse;
import dev.codexlsp.server.protocol.ConfigValueWriteParams;
import dev.codexlsp.server.protocol.ConfigWriteResponse;
import dev.codexlsp.server.protocol.SkillsConfigWriteParams;
import dev.codexlsp.server.protocol.SkillsConfigWriteResponse;
import dev.codexlsp.server.rpc.HandOff;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import org.eclipse.lsp4j.jsonrpc.ResponseErrorException;
import org.eclipse.lsp4j.jsonrpc.messages.ResponseError;
import org.eclipse.lsp4j.jsonrpc.messages.ResponseErrorCode;
import org.jspecify.annotations.Nullable;

/// `config/*` and `skills/config/write`. Files are read and written on a virtual thread of each
/// request's own.
public final class ConfigHandlers {
  private final AgentSource agents;
  private final HandOff handOff;

  public ConfigHandlers(AgentSource agents, HandOff handOff) {
    this.agents = agents;
    this.handOff = handOff;
  }

  public CompletableFuture<ConfigReadResponse> read(ConfigReadParams params) {
    ConfigLoader configs = configs();
    return answered(() -> {
      try {
        return ConfigReadResponse.of(configs.layers(params.cwd()), params.includeLayers());
      } catch (ConfigException broken) {
        throw error(
            ResponseErrorCode.InternalError,
            "failed to read configuration layers: " + broken.getMessage(),
            null);
      }
    });
  }

  public CompletableFuture<ConfigWriteResponse> writeValue(ConfigValueWriteParams params) {
    return write(List.of(params.edit()), params.filePath(), params.expectedVersion());
  }

  public CompletableFuture<ConfigWriteResponse> writeBatch(ConfigBatchWriteParams params) {
    return write(params.edits(), params.filePath(), params.expectedVersion());
  }

  public CompletableFuture<SkillsConfigWriteResponse> writeSkill(SkillsConfigWriteParams params) {
    SkillSwitches switches = new SkillSwitches(configs());
    return answered(() -> {
      try {
        return new SkillsConfigWriteResponse(switches.turn(params.choice(), params.enabled()));
      } catch (ConfigWriteException refused) {
        throw error(refused);
      } catch (ConfigException broken) {
        throw error(ResponseErrorCode.InternalError, String.valueOf(broken.getMessage()), null);
      }
    });
  }

  private CompletableFuture<ConfigWriteResponse> write(
      List<ConfigEdit> edits, @Nullable String file, @Nullable String version) {
    ConfigWriter writer = new ConfigWriter(configs());
    return answered(() -> {
      try {
        return ConfigWriteResponse.of(
            writer.write(edits.stream().map(ConfigEdit::edit).toList(), file, version));
      } catch (ConfigWriteException refused) {
        throw error(refused);
      }
    });
  }

  private ConfigLoader configs() {
    return agents.codex().configs();
  }

  private <T> CompletableFuture<T> answered(Callable<T> work) {
    return Aside.answer("config", handOff, work);
  }

  private static ResponseErrorException error(ConfigWriteException refused) {
    ConfigWriteException.Code code = refused.code();
    String message = String.valueOf(refused.getMessage());
    if (code == null) {
      return error(ResponseErrorCode.InternalError, message, null);
    }
    JsonObject data = new JsonObject();
    data.addProperty("config_write_error_code", word(code));
    return error(ResponseErrorCode.InvalidRequest, message, data);
  }

  private static String word(ConfigWriteException.Code code) {
    StringBuilder word = new StringBuilder();
    for (String part : code.name().toLowerCase(Locale.ROOT).split("_", -1)) {
      word.append(
          word.isEmpty() ? part : Character.toUpperCase(part.charAt(0)) + part.substring(1));
    }
    return word.toString();
  }

  private static ResponseErrorException error(
      ResponseErrorCode code, String message, @Nullable JsonObject data) {
    return new ResponseErrorException(new ResponseError(code, message, data));
  }
}
