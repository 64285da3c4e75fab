export interface Task {
  readonly id: string;
  readonly payload: string;
}

export interface Broker {
  reserve(limit: number): Task[];
  acknowledge(id: string): Promise<void>;
}

/** A task taken from the broker; disposing the lease tells the broker that it is handled. */
export class Lease implements AsyncDisposable {
  readonly task: Task;
  readonly #broker: Broker;

  constructor(task: Task, broker: Broker) {
    this.task = task;
    this.#broker = broker;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#broker.acknowledge(this.task.id);
  }
}

export function* leases(broker: Broker): Generator<Lease, void, undefined> {
  for (const task of broker.reserve(10)) {
    yield new Lease(task, broker);
  }
}
