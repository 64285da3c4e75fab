// @ts-check
// Stands in for the native log-file module @vscode/spdlog, which would have to be compiled. Files do not rotate.
"use strict";
const fs = require("node:fs");
const path = require("node:path");

const names = ["trace", "debug", "info", "warning", "error", "critical"];

class Logger {
  #file;
  #level = 2;
  #raw = false;

  /** @param {string} _type @param {string} _name @param {string} file */
  constructor(_type, _name, file) {
    fs.mkdirSync(path.dirname(file), { recursive: true });
    this.#file = file;
    fs.appendFileSync(file, "");
  }

  /** @param {number} level @param {string} message */
  #write(level, message) {
    if (level < this.#level) return;
    const stamp = new Date().toISOString().replace("T", " ").replace("Z", "");
    try {
      fs.appendFileSync(this.#file, this.#raw ? message : `${stamp} [${names[level]}] ${message}\n`);
    } catch {
      // The folder is gone: the host is ending.
    }
  }

  trace(/** @type {string} */ message) { this.#write(0, message); }
  debug(/** @type {string} */ message) { this.#write(1, message); }
  info(/** @type {string} */ message) { this.#write(2, message); }
  warn(/** @type {string} */ message) { this.#write(3, message); }
  error(/** @type {string} */ message) { this.#write(4, message); }
  critical(/** @type {string} */ message) { this.#write(5, message); }
  getLevel() { return this.#level; }
  setLevel(/** @type {number} */ level) { this.#level = level; }
  setPattern() { this.#raw = false; }
  clearFormatters() { this.#raw = true; }
  flush() {}
  drop() {}
}

/** @param {string} name @param {string} file */
const create = async (name, file) => new Logger("rotating", name, file);

// One by one: the server imports these by name, and Node finds a CommonJS module's names in such lines only.
exports.version = 0;
exports.setLevel = () => {};
exports.setFlushOn = () => {};
exports.Logger = Logger;
exports.createRotatingLogger = create;
exports.createAsyncRotatingLogger = create;
