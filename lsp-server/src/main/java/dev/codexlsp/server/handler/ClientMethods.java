package dev.codexlsp.server.handler;

import com.google.gson.JsonElement;
import dev.codexlsp.server.lsp.EditorSettings;
import dev.codexlsp.server.lsp.LifecycleHandlers;
import dev.codexlsp.server.protocol.ExecuteCommandParams;
import dev.codexlsp.server.protocol.Methods;
import dev.codexlsp.server.rpc.HandOff;

/// Which handler each method goes to, in two tables: an editor waits for the first, and the second
/// loads every record of the protocol, so it is made when somebody asks the agent something.
public final class ClientMethods {
  private ClientMethods() {}

  /// What LSP defines, but for requests to the agent.
  public static Bindings session(
      LifecycleHandlers session, EditorSettings settings, AgentSource agents) {
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
        .lspNotification(
            "window/workDoneProgress/cancel", JsonElement.class, agents::cancelProgress)
        .lspNotification("workspace/didChangeConfiguration", JsonElement.class, settings::changed);
  }

  /// Every request of [Methods], and LSP's way to ask the agent.
  public static Bindings agent(AgentSource agents, HandOff handOff) {
    ConfigHandlers config = new ConfigHandlers(agents, handOff);
    ThreadHandlers threads = new ThreadHandlers(agents, handOff);
    ReviewHandlers reviews = new ReviewHandlers(agents, handOff);
    AccountHandlers accounts = new AccountHandlers(agents, handOff);
    ModelProviderHandlers providers = new ModelProviderHandlers(agents, handOff);
    TerminalHandlers terminals = new TerminalHandlers(agents, handOff);
    CompactionHandlers compactions = new CompactionHandlers(agents, handOff);
    TurnHandlers turns = new TurnHandlers(agents, handOff);
    ModelHandlers models = new ModelHandlers(agents, handOff);
    SkillHandlers skills = new SkillHandlers(agents, handOff);
    CommandHandlers commands = new CommandHandlers(agents, handOff);
    return new Bindings()
        .lspRequest("workspace/executeCommand", ExecuteCommandParams.class, commands::execute)
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
