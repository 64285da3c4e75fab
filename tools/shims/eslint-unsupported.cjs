// Stands for `eslint/use-at-your-own-risk` in the bundles, where nothing uses it.
module.exports = {};
