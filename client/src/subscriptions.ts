/** Something that goes on until it is disposed. */
export interface Subscription {
  dispose(): unknown;
}

/** Many as one. */
export function together(...subscriptions: readonly Subscription[]): Subscription {
  return {
    dispose: () => {
      for (const subscription of subscriptions) subscription.dispose();
    },
  };
}
