package dev.codexlsp.exec.server;

import static dev.codexlsp.exec.server.FakeClient.json;
import static org.assertj.core.api.Assertions.assertThat;

import java.lang.management.ManagementFactory;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// Messages that nobody would send, of a seed: the server answers, or drops the connection, and
/// goes on.
class FuzzTest {
  private static final int FRAMES = 100_000;
  private static final int WINDOW = 100;
  private static final long HEAP_GROWTH = 48L * 1024 * 1024;
  private static final String START =
      "{'processId':'p','argv':['x'],'cwd':'file:///w','env':{},'tty':false,'pipeStdin':true}";

  /// What is taken apart and put together again. Nothing here touches a file or a network.
  private static final List<String> SEEDS =
      List.of(
          "{'id':1,'method':'initialize','params':{'clientName':'x','resumeSessionId':null}}",
          "{'method':'initialized','params':{}}",
          "{'id':'a','method':'environment/status','trace':{'traceparent':'00-1-2-01'}}",
          "{'id':2,'method':'process/start','params':" + START + "}",
          "{'id':3,'method':'process/read','params':{'processId':'p','afterSeq':0,'maxBytes':9}}",
          "{'id':4,'method':'process/write','params':"
              + "{'processId':'p','chunk':'aGk=','writeId':'1'}}",
          "{'id':5,'method':'process/signal','params':{'processId':'p','signal':'interrupt'}}",
          "{'id':6,'method':'process/resize','params':{'processId':'p','rows':5,'columns':7}}",
          "{'id':7,'method':'process/terminate','params':{'processId':'p'}}",
          "{'id':8,'method':'fs/getMetadata','params':{'path':'file:///no/such/file'}}",
          "{'id':9,'method':'fs/readBlock','params':{'handleId':'h','offset':0,'len':5}}",
          "{'id':10,'result':{}}",
          "{'id':11,'error':{'code':1,'message':'m'}}");

  private final Random random = new Random(11);
  private final FakePlace place = new FakePlace();
  private final ExecServer server = place.server(ExecObserver.NONE);

  @AfterEach
  void close() {
    server.close();
  }

  @Test
  void aServerSurvivesAnything() throws Exception {
    FakeClient client = FakeClient.ready(server);
    long before = used();
    int connections = 1;
    for (int i = 0; i < FRAMES; i++) {
      if (!client.isServed()) {
        client = FakeClient.ready(server);
        connections++;
      }
      client.send(frame());
      if (i % WINDOW == 0) {
        client.drain();
        place.forget();
      }
    }
    assertThat(connections).isGreaterThan(100);
    assertThat(used() - before).isLessThan(HEAP_GROWTH);
    FakeClient last = FakeClient.ready(server);
    assertThat(last.call("environment/status", "{}")).isEqualTo(json("{'status':'ready'}"));
  }

  private static long used() {
    System.gc();
    return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
  }

  private ByteBuffer frame() {
    byte[] seed = seed().replace('\'', '"').getBytes(StandardCharsets.UTF_8);
    return ByteBuffer.wrap(
        switch (random.nextInt(8)) {
          case 0 -> noise();
          case 1 -> nested();
          case 2 -> spliced(seed, seed().replace('\'', '"').getBytes(StandardCharsets.UTF_8));
          case 3 -> Arrays.copyOf(seed, random.nextInt(seed.length + 1));
          case 4, 5 -> flipped(seed);
          default -> swapped(seed);
        });
  }

  private String seed() {
    return SEEDS.get(random.nextInt(SEEDS.size()));
  }

  private byte[] noise() {
    byte[] bytes = new byte[random.nextInt(200)];
    random.nextBytes(bytes);
    return bytes;
  }

  private byte[] nested() {
    String open = random.nextBoolean() ? "[" : "{\"a\":";
    return open.repeat(random.nextInt(400)).getBytes(StandardCharsets.UTF_8);
  }

  private byte[] spliced(byte[] one, byte[] other) {
    int head = random.nextInt(one.length);
    int tail = random.nextInt(other.length);
    return ByteBuffer.allocate(head + tail)
        .put(one, 0, head)
        .put(other, other.length - tail, tail)
        .array();
  }

  private byte[] flipped(byte[] bytes) {
    for (int count = 1 + random.nextInt(3); count > 0; count--) {
      bytes[random.nextInt(bytes.length)] ^= (byte) (1 << random.nextInt(8));
    }
    return bytes;
  }

  /// Another value where one was.
  private byte[] swapped(byte[] bytes) {
    List<String> values =
        List.of("null", "-1", "9223372036854775808", "1e999", "\"\"", "[]", "{}", "true", "0.5");
    String value = values.get(random.nextInt(values.size()));
    String text = new String(bytes, StandardCharsets.UTF_8);
    int nth = random.nextInt(6);
    int colon = -1;
    for (int i = 0; i <= nth; i++) {
      int next = text.indexOf(':', colon + 1);
      colon = next < 0 ? colon : next;
    }
    String rest = text.substring(colon + 1).replaceFirst("^(\"[^\"]*\"|[^,}\\]]*)", value);
    return (text.substring(0, colon + 1) + rest).getBytes(StandardCharsets.UTF_8);
  }
}
