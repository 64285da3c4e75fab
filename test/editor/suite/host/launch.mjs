// @ts-check
/** @type {import("../../launches.mjs").Launch} */
export default { project: "test/fixtures/demo", open: "planted", ours: "none" };
