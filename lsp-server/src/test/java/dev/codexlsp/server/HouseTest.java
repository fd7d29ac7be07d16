package dev.codexlsp.server;

import dev.codexlsp.house.HouseRules;
import dev.codexlsp.house.SourceFormat;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

class HouseTest {
  @TestFactory
  Stream<DynamicTest> rules() {
    return HouseRules.over("dev.codexlsp.server");
  }

  @Test
  void formatted() throws Exception {
    SourceFormat.check();
  }

  @Test
  void sizes() throws Exception {
    SourceFormat.checkSizes();
  }
}
