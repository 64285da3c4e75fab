import { Component } from "@angular/core";
import { Injectable, type OnModuleInit } from "@nestjs/common";
import { DatabaseSync } from "node:sqlite";
import { connect, type NatsConnection } from "@nats-io/transport-node";
import { MongoClient } from "mongodb";

/** Nest makes one of it, and never disposes it. */
@Injectable()
export class OrderRepository { // ✗ require-disposable-owner: OrderRepository, MongoClient, client, onModuleDestroy(), which Nest calls and awaits
  private readonly client = new MongoClient("mongodb://localhost");

  async count(): Promise<number> {
    return await this.client.db().collection("orders").countDocuments();
  }
}

export class OrderEvents implements OnModuleInit { // ✗ require-disposable-owner: OrderEvents, DatabaseSync, #sent, others in `#connection`, onModuleDestroy()
  readonly #sent = new DatabaseSync(":memory:");
  #connection?: NatsConnection;

  async onModuleInit(): Promise<void> {
    this.#sent.exec("create table sent (subject text)");
    this.#connection = await connect({ name: "orders" });
  }

  publish(subject: string): void {
    this.#connection?.publish(subject);
    this.#sent.prepare("insert into sent values (?)").run(subject);
  }
}

@Component({ selector: "app-history", template: "" })
export class History { // ✗ require-disposable-owner: History, DatabaseSync, ngOnDestroy(), which Angular calls.
  readonly #pages = new DatabaseSync(":memory:");

  visit(url: string): void {
    this.#pages.prepare("insert into pages values (?)").run(url);
  }
}
