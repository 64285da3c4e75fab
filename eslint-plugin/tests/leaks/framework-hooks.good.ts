import { Component } from "@angular/core";
import { Injectable, type OnModuleInit } from "@nestjs/common";
import { DatabaseSync } from "node:sqlite";
import { connect, type NatsConnection } from "@nats-io/transport-node";
import { MongoClient } from "mongodb";

/** Nest makes one of it, and tells it when to end. */
@Injectable()
export class OrderRepository {
  private readonly client = new MongoClient("mongodb://localhost");

  async count(): Promise<number> {
    return await this.client.db().collection("orders").countDocuments();
  }

  async onModuleDestroy(): Promise<void> {
    await this.client.close();
  }
}

export class OrderEvents implements OnModuleInit {
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

  async onModuleDestroy(): Promise<void> {
    await this.#connection?.drain();
    this.#sent.close();
  }
}

@Component({ selector: "app-history", template: "" })
export class History {
  readonly #pages = new DatabaseSync(":memory:");

  visit(url: string): void {
    this.#pages.prepare("insert into pages values (?)").run(url);
  }

  ngOnDestroy(): void {
    this.#pages[Symbol.dispose]();
  }
}
