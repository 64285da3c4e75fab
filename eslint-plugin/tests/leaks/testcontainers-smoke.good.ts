import { GenericContainer } from "testcontainers";

/** The status of the health route of a freshly built image. */
export async function healthOf(image: string): Promise<number> {
  await using container = await new GenericContainer(image).withExposedPorts(8080).start();
  const port = container.getMappedPort(8080);
  const response = await fetch(`http://${container.getHost()}:${port}/health`);
  return response.status;
}

/** What the image says when it is asked for its version. */
export async function versionOf(image: string): Promise<string> {
  await using container = await new GenericContainer(image).withCommand(["sleep", "60"]).start();
  const { output, exitCode } = await container.exec(["app", "--version"]);
  if (exitCode !== 0) throw new Error(`${image} --version: exit code ${exitCode}`);
  return output.trim();
}
