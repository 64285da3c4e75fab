// F13: what frameworks make and end, known by what it imports; and ends by methods of other names.
import { Component, type OnDestroy } from "@angular/core";
import { Injectable, type OnApplicationShutdown } from "@nestjs/common";
import type { ReactiveController } from "lit";
import { DatabaseSync } from "node:sqlite";
import { open, type FileHandle } from "node:fs/promises";
import { connect, type NatsConnection } from "@nats-io/transport-node";

/** A pool whose graceful end has a name of its own; its disposer ends it at once. */
class WorkerPool implements AsyncDisposable {
  readonly size: number;
  #waiting = 0;

  constructor(size: number) {
    this.size = size;
  }

  getLoad(): number {
    return this.#waiting / this.size;
  }

  run(task: () => void): void {
    this.#waiting += 1;
    queueMicrotask(() => {
      task();
      this.#waiting -= 1;
    });
  }

  async drainAndPark(milliseconds = 1000): Promise<boolean> {
    for (let left = milliseconds; left > 0 && this.#waiting > 0; left -= 10) await new Promise((resolve) => setTimeout(resolve, 10));
    return this.#waiting === 0;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#waiting = 0;
    await this.drainAndPark(0);
  }
}

@Injectable()
export class EventService implements OnApplicationShutdown {
  #connection: NatsConnection | null = null;

  async publish(subject: string): Promise<void> {
    this.#connection ??= await connect({ name: "events" });
    this.#connection.publish(subject);
  }

  async onApplicationShutdown(): Promise<void> {
    await this.#connection?.close();
  }
}

@Injectable()
export class ThumbnailService {
  readonly #pool = new WorkerPool(4);

  make(path: string): void {
    this.#pool.run(() => console.log(path));
  }

  async onModuleDestroy(): Promise<void> {
    await this.#end("Nest");
  }

  async #end(by: string): Promise<void> {
    console.log(by, this.#pool.getLoad());
    if (!(await this.#pool.drainAndPark())) console.warn("thumbnails were dropped");
  }
}

export class Importer implements AsyncDisposable {
  #pool: WorkerPool | undefined = new WorkerPool(2);
  #protocol?: FileHandle;

  async load(path: string): Promise<void> {
    this.#protocol ??= await open("import.log", "a");
    await this.#protocol.appendFile(`${path}\n`);
    this.#pool?.run(() => console.log(path));
  }

  async [Symbol.asyncDispose](): Promise<void> {
    const pool = this.#pool;
    this.#pool = undefined;
    await pool?.drainAndPark(5000);
    await this.#protocol?.close();
  }
}

@Component({ selector: "app-notes", template: "" })
export class Notes implements OnDestroy {
  readonly #notes = new DatabaseSync(":memory:");

  add(text: string): void {
    this.#notes.prepare("insert into notes values (?)").run(text);
  }

  ngOnDestroy(): void {
    this.#notes.close();
  }
}

export class NotesController implements ReactiveController {
  #notes?: DatabaseSync;

  hostConnected(): void {
    this.#notes = new DatabaseSync(":memory:");
  }

  hostDisconnected(): void {
    this.#notes?.close();
    this.#notes = undefined;
  }
}
