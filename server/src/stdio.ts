import { ErrorCodes, StreamMessageReader, StreamMessageWriter, type MessageReader, type MessageWriter } from "vscode-languageserver/node";

/**
 * The protocol over standard input and output. A message that is no JSON is
 * answered by a ParseError; where the frame itself is broken nobody knows where
 * the next message begins, so the process says so and ends.
 */
export function standardStreams(): { readonly reader: MessageReader; readonly writer: MessageWriter } {
  const reader = new StreamMessageReader(process.stdin);
  const writer = new StreamMessageWriter(process.stdout);
  reader.onError((error) => {
    if (error instanceof SyntaxError) {
      // The protocol answers a message whose id cannot be read with an id of null, for which the library has no type.
      const answer = { jsonrpc: "2.0", id: null, error: { code: ErrorCodes.ParseError, message: `The message is no JSON: ${error.message}` } };
      void writer.write(answer);
      return;
    }
    console.error(`await-using-language-server: ${error.message} A message begins with "Content-Length: <bytes>", an empty line, and that many bytes of JSON. The server ends, because it cannot tell where the next one begins.`);
    process.exit(1);
  });
  for (const end of ["close", "end"]) process.stdin.on(end, () => process.exit(1));
  return { reader, writer };
}
