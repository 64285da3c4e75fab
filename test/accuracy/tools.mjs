// @ts-check

/**
 * Servers, command-line programs and tools, drawn (2026-11-30) from a list of
 * packages on npm in a shuffled order: those that ship six or more files of
 * TypeScript, or of JavaScript that a person wrote, in
 * which something is opened, connected, launched, watched or served at least twice;
 * not more than two of one scope or prefix; under 15 MB; half in TypeScript. Few
 * packages ship what they are written in, so that the lot was not drawn from all
 * alike: of 160 whose name or summary speaks of a server, a proxy, a queue, a
 * crawler, a bot, MCP, SSH, MQTT and the like, 60 of them from families that ship
 * their TypeScript, 16 are here; to look at no more, the other 24 were drawn from 48
 * that whoever drew them took for shipping their sources, of which 41 were looked at.
 * Left out: four whose dependencies are not on npm any more, two that need a
 * dependency from git, and one that the parser refuses.
 *
 * @type {readonly import("./packages.mjs").Package[]}
 */
export const tools = /** @type {import("./packages.mjs").Package[]} */ ([
  { name: "@chainsafe/libp2p-gossipsub", sources: ["src"] },
  { name: "@chainsafe/libp2p-noise", sources: ["src"] },
  { name: "@colyseus/core", sources: ["src"] },
  { name: "@eclipse-glsp/server", sources: ["src"] },
  { name: "@fluidframework/server-lambdas", sources: ["src"] },
  { name: "@fluidframework/server-services", sources: ["src"] },
  { name: "@instantdb/platform", sources: ["__tests__", "src"] },
  { name: "@libp2p/peer-store", sources: ["src"] },
  { name: "@libp2p/tcp", sources: ["src"] },
  { name: "@magento/upward-js", sources: ["lib"], isJavaScript: true },
  { name: "@plaited/development-skills", sources: ["bin", "src"] },
  { name: "@sap/site-app-server", sources: ["index.js", "lib"], isJavaScript: true },
  { name: "@theia/filesystem", sources: ["src"] },
  { name: "@theia/process", sources: ["src"] },
  { name: "@thzero/library_server_fastify", sources: ["boot", "middleware", "openSource.js", "plugins", "routes"], isJavaScript: true },
  { name: "@web/dev-server-rollup", sources: ["src"] },
  { name: "aedes", sources: ["aedes.js", "benchmarks", "checkVersion.js", "example.js", "examples", "lib", "test"], isJavaScript: true },
  { name: "bittorrent-tracker", sources: ["bin", "client.js", "index.js", "lib", "server.js"], isJavaScript: true },
  { name: "bull", sources: ["lib"], isJavaScript: true },
  { name: "bunrest", sources: ["index.ts", "src", "test"] },
  { name: "chat-service", sources: ["example", "index.js", "src", "test"], isJavaScript: true },
  { name: "cloudron-surfer", sources: ["cli", "frontend", "server.js", "src", "test"], isJavaScript: true },
  { name: "ftp-srv", sources: ["bin", "src"], isJavaScript: true },
  { name: "http-server", sources: ["lib"], isJavaScript: true },
  { name: "ipfs-grpc-server", sources: ["src"], isJavaScript: true },
  { name: "karma", sources: ["common", "context", "cucumber.js", "lib", "scripts"], isJavaScript: true },
  { name: "ldapjs", sources: ["examples", "lib", "scripts", "test-integration/client", "test/client.test.js", "test/controls", "test/corked_emitter.test.js", "test/errors.test.js", "test/issue-845.test.js", "test/issue-890.test.js", "test/laundry.test.js", "test/lib", "test/messages", "test/server.test.js", "test/url.test.js", "test/utils.js"], isJavaScript: true },
  { name: "live-server", sources: ["index.js", "live-server.js", "middleware", "test"], isJavaScript: true },
  { name: "matrix-js-sdk", sources: ["src"] },
  { name: "message-relay-services", sources: ["client-producer", "index.js", "json-message-queue", "lib", "path-handler", "response-vector", "test"], isJavaScript: true },
  { name: "minikin", sources: ["dist", "flagpole", "src"] },
  { name: "moleculer", sources: ["bin", "index.mjs", "src"], isJavaScript: true },
  { name: "nodemon", sources: ["bin", "lib"], isJavaScript: true },
  { name: "opencode-pty", sources: ["index.ts", "src"] },
  { name: "pi-mcp-adapter", sources: ["abort.ts", "agent-dir.ts", "agent-plugin-loader.ts", "agent-plugin-provenance.ts", "bearer-command-resolver.ts", "claude-plugin-loader.ts", "commands.ts", "config.ts", "consent-manager.ts", "direct-tool-surface.ts", "direct-tools.ts", "elicitation-handler.ts", "error-signal.ts", "errors.ts", "failure-backoff.ts", "glimpse-ui.ts", "host-html-template.ts", "http-ca.ts", "index.ts", "init.ts", "jev-client.ts", "jev-contracts.ts", "jev-key-store.ts", "json-schema-validator.ts", "lazy-loader.ts", "lifecycle.ts", "logger.ts", "mcp-auth-fetch.ts", "mcp-auth-flow.ts", "mcp-auth.ts", "mcp-bearer-store.ts", "mcp-callback-server.ts", "mcp-code.ts", "mcp-install.ts", "mcp-oauth-provider.ts", "mcp-output-guard.ts", "mcp-panel-theme.ts", "mcp-panel.ts", "mcp-probe.ts", "mcp-references.ts", "mcp-setup-panel.ts", "mcp-status.ts", "mcp-tasks.ts", "mcp-trace.ts", "metadata-cache.ts", "namespace-tools.ts", "npx-resolver.ts", "oauth-handler.ts", "oauth.ts", "onboarding-state.ts", "package-mcp-loader.ts", "panel-keys.ts", "prompts.ts", "proxy-modes.ts", "request-headers-command.ts", "resource-tools.ts", "runtime-owner.ts", "sampling-handler.ts", "sandbox-proxy-template.ts", "search-ranking.ts", "secure-keyring.ts", "semantic-search.ts", "server-manager.ts", "session-approvals.ts", "session-recovery.ts", "state.ts", "tool-approval.ts", "tool-metadata.ts", "tool-registrar.ts", "tool-result-renderer.ts", "ts-shape.ts", "types.ts", "ui-app-bridge-helpers.ts", "ui-resource-handler.ts", "ui-server.ts", "ui-session.ts", "ui-stream-types.ts", "ui-tool-visibility.ts", "unix-socket-transport.ts", "utils.ts"] },
  { name: "pi-subagents", sources: ["index.ts", "src"] },
  { name: "protoo-server", sources: ["lib"], isJavaScript: true },
  { name: "testem", sources: ["lib", "testem.js"], isJavaScript: true },
  { name: "tinylicious", sources: ["src"] },
  { name: "webtorrent", sources: ["index.js", "lib", "polyfills", "version.cjs"], isJavaScript: true },
]).map((each) => ({ ...each, install: "install-tools" }));
