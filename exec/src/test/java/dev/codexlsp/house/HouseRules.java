package dev.codexlsp.house;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.fields;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchRule;
import java.nio.file.Files;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.assertj.core.api.Assertions;
import org.junit.jupiter.api.DynamicTest;

/// The rules of the house that a machine can check, numbered as in `docs/ARCHITECTURE.md`. Each
/// module runs all of them over its own classes.
public final class HouseRules {
  private HouseRules() {}

  private record Rule(String name, ArchRule rule) {}

  /// One test per rule, and one that makes sure the rules had something to read.
  public static Stream<DynamicTest> over(String rootPackage) {
    JavaClasses classes =
        new ClassFileImporter()
            .withImportOption(new ImportOption.DoNotIncludeTests())
            .withImportOption(new ImportOption.DoNotIncludeJars())
            .importPackages(rootPackage);
    Stream<DynamicTest> rules =
        RULES.stream()
            .map(rule -> DynamicTest.dynamicTest(rule.name(), () -> rule.rule().check(classes)));
    return Stream.concat(
        Stream.of(
            DynamicTest.dynamicTest(
                "classes were imported", () -> Assertions.assertThat(classes.size()).isPositive())),
        rules);
  }

  private static final Set<String> CLIENT_MAKERS = Set.of("newBuilder", "newHttpClient");

  private static final List<Rule> RULES =
      List.of(
          new Rule(
              "R1 no cycles between packages",
              slices()
                  .matching("dev.codexlsp.(**)")
                  .should()
                  .beFreeOfCycles()
                  .allowEmptyShould(true)),
          new Rule(
              "R2 exec knows neither core nor server",
              packageNotUsing(
                  "dev.codexlsp.exec..", "dev.codexlsp.core..", "dev.codexlsp.server..")),
          new Rule(
              "R2 core does not know server",
              packageNotUsing("dev.codexlsp.core..", "dev.codexlsp.server..")),
          new Rule(
              "R3 LSP4J only in server", onlyIn("org.eclipse.lsp4j..", "dev.codexlsp.server..")),
          new Rule(
              "R4 Gson only where JSON is spoken",
              onlyIn(
                  "com.google.gson..",
                  "dev.codexlsp.exec.json..",
                  "dev.codexlsp.exec.protocol..",
                  "dev.codexlsp.core.account..",
                  "dev.codexlsp.core.model..",
                  "dev.codexlsp.core.store..",
                  "dev.codexlsp.core.tool..",
                  "dev.codexlsp.core.turn..",
                  "dev.codexlsp.server..")),
          new Rule(
              "R5 OpenTelemetry SDK only in Main's package",
              onlyIn("io.opentelemetry.sdk..", "dev.codexlsp.server")),
          new Rule(
              "R5 OpenTelemetry exporters only in Main's package",
              onlyIn("io.opentelemetry.exporter..", "dev.codexlsp.server")),
          new Rule(
              "R7 no mutable static fields",
              fields()
                  .that()
                  .areStatic()
                  .and()
                  .doNotHaveModifier(JavaModifier.SYNTHETIC)
                  .should()
                  .beFinal()
                  .allowEmptyShould(true)),
          new Rule(
              "R7 no ThreadLocal",
              noClasses()
                  .should()
                  .dependOnClassesThat()
                  .areAssignableTo(ThreadLocal.class)
                  .allowEmptyShould(true)),
          new Rule(
              "R7 standard streams only in Main",
              noClasses()
                  .that()
                  .doNotHaveFullyQualifiedName("dev.codexlsp.server.Main")
                  .should()
                  .accessField(System.class, "out")
                  .orShould()
                  .accessField(System.class, "in")
                  .allowEmptyShould(true)),
          new Rule(
              "R8 the understanding of commands is pure",
              noClasses()
                  .that()
                  .resideInAPackage("dev.codexlsp.core.command..")
                  .should()
                  .dependOnClassesThat()
                  .resideInAnyPackage(
                      "java.io..",
                      "java.nio.file.attribute..",
                      "java.nio.channels..",
                      "java.net..",
                      "com.google.gson..",
                      "dev.codexlsp.exec..")
                  .orShould()
                  .dependOnClassesThat()
                  .areAssignableTo(Files.class)
                  .allowEmptyShould(true)),
          new Rule(
              "R9 ProcessBuilder only where processes are started",
              noClasses()
                  .that()
                  .resideOutsideOfPackages(
                      "dev.codexlsp.exec.local..",
                      "dev.codexlsp.exec.remote..",
                      "dev.codexlsp.server.demo..")
                  .should()
                  .dependOnClassesThat()
                  .areAssignableTo(ProcessBuilder.class)
                  .allowEmptyShould(true)),
          new Rule(
              "R9 foreign functions only in exec.local",
              onlyIn("java.lang.foreign..", "dev.codexlsp.exec.local..")),
          new Rule(
              "R9 HTTP clients come from exec.http",
              noClasses()
                  .that()
                  .resideOutsideOfPackage("dev.codexlsp.exec.http..")
                  .should()
                  .callMethodWhere(
                      DescribedPredicate.describe(
                          "builds an HttpClient",
                          call ->
                              call.getTargetOwner().getName().equals("java.net.http.HttpClient")
                                  && CLIENT_MAKERS.contains(call.getTarget().getName())))
                  .allowEmptyShould(true)));

  private static ArchRule onlyIn(String library, String... homes) {
    return noClasses()
        .that()
        .resideOutsideOfPackages(homes)
        .should()
        .dependOnClassesThat()
        .resideInAPackage(library)
        .allowEmptyShould(true);
  }

  private static ArchRule packageNotUsing(String from, String... forbidden) {
    return noClasses()
        .that()
        .resideInAPackage(from)
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(forbidden)
        .allowEmptyShould(true);
  }
}
