package dev.codexlsp.core.turn;

import dev.codexlsp.core.config.Config;
import dev.codexlsp.core.config.ModelCatalogs;
import dev.codexlsp.core.context.ProjectDocFinder;
import dev.codexlsp.core.skill.SkillLoader;
import dev.codexlsp.core.tool.ExecEnvironment;
import dev.codexlsp.exec.FileSystem;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Where it is found out what models are told, and what they are.
public record PromptSources(ModelCatalogs catalogs, ProjectDocFinder docs, SkillLoader skills) {

  /// The `AGENTS.md` files that a thread begins with. Those of another place are not known before
  /// its first turn.
  public List<Path> instructionSources(Path cwd, @Nullable ExecEnvironment place, Config config)
      throws InterruptedException {
    FileSystem files = place instanceof ExecEnvironment.Local here ? here.backend().files() : null;
    return docs.find(cwd, files, config.docs()).sources();
  }

  public static PromptSources of(Path codexHome, Path userHome) {
    return new PromptSources(
        new ModelCatalogs(), new ProjectDocFinder(codexHome), new SkillLoader(codexHome, userHome));
  }
}
