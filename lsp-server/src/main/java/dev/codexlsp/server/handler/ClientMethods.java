package dev.codexlsp.server.handler;

import com.google.gson.JsonElement;
import dev.codexlsp.server.lsp.EditorSettings;
import dev.codexlsp.server.lsp.LifecycleHandlers;
import dev.codexlsp.server.protocol.ExecuteCommandParams;
import dev.codexlsp.server.protocol.Methods;
import dev.codexlsp.server.rpc.Connection;

/// Which handler each method goes to.
public final class ClientMethods {
  private ClientMethods() {}

  /// The bindings of one connection: what LSP defines, and every row of [Methods].
  public static Bindings bindings(
      Connection connection,
      LifecycleHandlers session,
      EditorSettings settings,
      AgentSource agents) {
    ConfigHandlers config = new ConfigHandlers(agents, connection.handOff());
    ThreadHandlers threads = new ThreadHandlers(agents, connection.handOff());
    ReviewHandlers reviews = new ReviewHandlers(agents, connection.handOff());
    AccountHandlers accounts = new AccountHandlers(agents, connection.handOff());
    ModelProviderHandlers providers = new ModelProviderHandlers(agents, connection.handOff());
    TerminalHandlers terminals = new TerminalHandlers(agents, connection.handOff());
    CompactionHandlers compactions = new CompactionHandlers(agents, connection.handOff());
    TurnHandlers turns = new TurnHandlers(agents, connection.handOff());
    ModelHandlers models = new ModelHandlers(agents, connection.handOff());
    SkillHandlers skills = new SkillHandlers(agents, connection.handOff());
    CommandHandlers commands = new CommandHandlers(agents, connection.handOff());
    return new Bindings()
        .lspRequest(
            "initialize",
            JsonElement.class,
            params -> {
              settings.initialize(params);
              return session.initialize(params);
            })
        .lspNotification(
            "initialized",
            JsonElement.class,
            params -> {
              session.initialized(params);
              settings.initialized();
            })
        .lspRequest("shutdown", JsonElement.class, session::shutdown)
        .lspNotification("exit", JsonElement.class, session::exit)
        .lspRequest("workspace/executeCommand", ExecuteCommandParams.class, commands::execute)
        .lspNotification(
            "window/workDoneProgress/cancel", JsonElement.class, agents::cancelProgress)
        .lspNotification("workspace/didChangeConfiguration", JsonElement.class, settings::changed)
        .request(Methods.ACCOUNT_READ, accounts::read)
        .request(Methods.COLLABORATION_MODE_LIST, new ModeHandlers()::list)
        .request(Methods.COMPACT_START, compactions::start)
        .request(Methods.CONFIG_BATCH_WRITE, config::writeBatch)
        .request(Methods.CONFIG_READ, config::read)
        .request(Methods.CONFIG_VALUE_WRITE, config::writeValue)
        .request(Methods.LOGIN_CANCEL, accounts::cancel)
        .request(Methods.LOGIN_START, accounts::start)
        .request(Methods.LOGOUT, accounts::logout)
        .request(Methods.MODEL_LIST, models::list)
        .request(Methods.MODEL_PROVIDER_LIST, providers::list)
        .request(Methods.REVIEW_START, reviews::start)
        .request(Methods.SKILLS_CONFIG_WRITE, config::writeSkill)
        .request(Methods.SKILLS_EXTRA_ROOTS_SET, skills::setExtraRoots)
        .request(Methods.SKILLS_LIST, skills::list)
        .request(Methods.TERMINALS_CLEAN, terminals::clean)
        .request(Methods.TERMINALS_LIST, terminals::list)
        .request(Methods.TERMINALS_TERMINATE, terminals::terminate)
        .request(Methods.THREAD_SETTINGS_UPDATE, threads::updateSettings)
        .request(Methods.THREAD_START, threads::start)
        .request(Methods.TURN_INTERRUPT, turns::interrupt)
        .request(Methods.TURN_START, turns::start)
        .request(Methods.TURN_STEER, turns::steer)
        .requireExactly(Methods.CLIENT_REQUESTS);
  }
}
