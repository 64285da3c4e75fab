// @ts-check

/**
 * Packages that dispose by the symbols, most of them with `using` throughout:
 * looked for when the other two sets were judged, in which such code is rare.
 *
 * @type {readonly import("./packages.mjs").Package[]}
 */
export const users = [
  { name: "@evolu/common", sources: ["src"] },
  { name: "@matter/general", sources: ["src"] },
  { name: "@matter/node", sources: ["src"] },
  { name: "@matter/nodejs", sources: ["src"] },
  { name: "@matter/protocol", sources: ["src"] },
  { name: "@mswjs/interceptors", sources: ["src"] },
  { name: "@trpc/client", sources: ["src"] },
  { name: "mediabunny", sources: ["src"], compilerOptions: { types: ["dom-mediacapture-transform", "dom-webcodecs", "node"] } },
];
