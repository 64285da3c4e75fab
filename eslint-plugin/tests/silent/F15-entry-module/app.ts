// F15: the modules behind an entry; they export what the entry wires up and keep one client per process.
import express, { type Express, type NextFunction, type Request, type Response } from "express";
import { MongoClient } from "mongodb";
import { createPool } from "mysql2/promise";
import { Piscina } from "piscina";

export const mongo = new MongoClient(process.env.MONGODB_URI ?? "mongodb://localhost:27017", { maxPoolSize: 20 });
export const thumbnails = new Piscina({ filename: new URL("./thumbnail.js", import.meta.url).href, idleTimeout: 30_000 });

const mysql = createPool({ uri: process.env.MYSQL_URI, waitForConnections: true });
mysql.on("connection", (connection) => connection.on("error", (error) => console.error("connection lost", error)));

export async function balance(account: string): Promise<number> {
  const [rows] = await mysql.execute("select balance from account where id = ?", [account]);
  return (rows as Array<{ balance: number }>)[0]?.balance ?? 0;
}

export function createApp(): Express {
  const app = express();
  app.disable("x-powered-by").use(express.json({ limit: "100kb" }));
  app.get("/accounts/:id", async (request, response) => {
    response.json({ balance: await balance(request.params.id) });
  });
  app.get("/images/:name", async (request, response) => {
    const image = await thumbnails.run({ name: request.params.name });
    response.type("webp").send(image);
  });
  app.use((error: Error, _request: Request, response: Response, next: NextFunction) => {
    if (response.headersSent) return next(error);
    response.status(500).json({ error: error.message });
  });
  return app;
}

export async function shutdown(): Promise<void> {
  const results = await Promise.allSettled([mongo.close(), thumbnails.close(), mysql.end()]);
  for (const result of results) {
    if (result.status === "rejected") console.error("shutdown", result.reason);
  }
}
