import { GenericContainer } from "testcontainers";

/** The status of the health route of a freshly built image. */
export async function healthOf(image: string): Promise<number> {
  const container = await new GenericContainer(image).withExposedPorts(8080).start(); // ✗ no-leak-on-throw: container, StartedTestContainer, start(), line 7, await using
  const port = container.getMappedPort(8080);
  const response = await fetch(`http://${container.getHost()}:${port}/health`);
  await container.stop({ timeout: 10_000 });
  return response.status;
}

/** What the image says when it is asked for its version. */
export async function versionOf(image: string): Promise<string> {
  const container = await new GenericContainer(image).withCommand(["sleep", "60"]).start();
  try {
    const { output, exitCode } = await container.exec(["app", "--version"]);
    if (exitCode !== 0) throw new Error(`${image} --version: exit code ${exitCode}`);
    return output.trim();
  } finally {
    container.stop(); // ✗ no-floating-dispose: container, StartedTestContainer, await
  }
}
