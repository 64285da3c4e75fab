// @ts-check
/** @type {import("../../launches.mjs").Launch} */
export default { project: "test/fixtures/editor", open: "app" };
