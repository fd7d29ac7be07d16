package dev.codexlsp.core.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.codexlsp.core.model.ModelInfo.Effort;
import dev.codexlsp.core.model.ModelInfo.PatchForm;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ModelCatalogTest {
  @Test
  void aModelThatComesWithTheProgram() {
    ModelInfo model = ModelCatalog.bundled().find("gpt-5.5");
    assertThat(model)
        .isEqualTo(
            new ModelInfo(
                "gpt-5.5",
                "GPT-5.5",
                "For everyday coding; widely available",
                true,
                false,
                258_400,
                "medium",
                List.of(
                    new Effort("low", "Answers soon; thinks little"),
                    new Effort("medium", "For everyday work"),
                    new Effort("high", "For hard problems"),
                    new Effort("xhigh", "For very hard problems")),
                null,
                "low",
                PatchForm.FREEFORM,
                false,
                true,
                null));
  }

  @Test
  void whatNobodyHasDescribedIsGuessedAndPatchesByAFunction() {
    assertThat(ModelCatalog.bundled().find("llama"))
        .isEqualTo(
            new ModelInfo(
                "llama",
                "llama",
                "",
                false,
                true,
                258_400,
                null,
                List.of(),
                "auto",
                null,
                PatchForm.FUNCTION,
                false,
                true,
                null));
  }

  @Test
  void everyBundledModelIsWhole() {
    assertThat(ModelCatalog.bundled().models())
        .isNotEmpty()
        .allSatisfy(model -> {
          assertThat(model.description()).isNotBlank();
          assertThat(model.contextWindow()).isGreaterThan(100_000);
          assertThat(model.efforts()).extracting(Effort::effort).contains(model.reasoningEffort());
        });
  }

  @Test
  void theUsersModelsComeFirstByPriorityAndTakeThePlaceOfOurs() {
    ModelCatalog catalog =
        ModelCatalog.bundled()
            .extended(
                """
                {"models": [
                  {"slug": "later"},
                  {"slug": "gpt-5.5", "priority": 9, "context_window": 1000, "new": {}},
                  {"slug": "first", "priority": 1, "effective_context_window_percent": 50,
                   "context_window": 1000, "input_modalities": ["text"],
                   "apply_patch_tool_type": "none", "base_instructions": "Be brief.",
                   "support_verbosity": true, "default_verbosity": "high", "visibility": "hide",
                   "default_reasoning_summary": "none", "plan_tool": true}
                ]}
                """);
    assertThat(catalog.models())
        .extracting(ModelInfo::slug)
        .startsWith("first", "gpt-5.5", "later")
        .hasSize(ModelCatalog.bundled().models().size() + 2);
    assertThat(catalog.find("gpt-5.5").contextWindow()).isEqualTo(950);
    assertThat(catalog.find("first"))
        .isEqualTo(
            new ModelInfo(
                "first",
                "first",
                "",
                true,
                true,
                500,
                null,
                List.of(),
                null,
                "high",
                PatchForm.NONE,
                true,
                false,
                "Be brief."));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "[] | not an object with a list `models`",
        "{\"models\": {}} | not an object with a list `models`",
        "{\"models\": [1]} | models[0] is not an object",
        "{\"models\": [{\"slug\": \"a\"}, {\"slug\": \" \"}]} | models[1] has no slug",
        "{\"models\": [{\"slug\": \"a\", \"apply_patch_tool_type\": \"x\"}]} |"
            + " models[0].apply_patch_tool_type is x, not freeform, function or none",
      })
  void whatIsNoCatalogueIsSaid(String text, String message) {
    assertThatThrownBy(() -> ModelCatalog.bundled().extended(text))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(message);
  }

  @Test
  void theUserDecidesWhatAModelIsAskedFor() {
    ModelInfo known = ModelCatalog.bundled().find("gpt-5.5");
    assertThat(known.with(null, null, null)).isEqualTo(known);
    ModelInfo changed = known.with(1_000L, "detailed", "high");
    assertThat(changed.contextWindow()).isEqualTo(950);
    assertThat(changed.summary()).isEqualTo("detailed");
    assertThat(changed.verbosity()).isEqualTo("high");
    ModelInfo unknown = ModelCatalog.bundled().find("llama").with(null, "none", "high");
    assertThat(unknown.summary()).isNull();
    assertThat(unknown.verbosity()).isNull();
  }
}
