// @ts-check

/** @type {import("../../launches.mjs").Launch} */
export default { web: true };
