async function openChannel() {
  return { async [Symbol.asyncDispose]() {} };
}

export function View() {
  return (
    <button
      onClick={async () => {
        await using channel = openChannel(); // ✗ no-unawaited-acquisition: channel, await
        channel.send?.();
      }}
    />
  );
}
