declare namespace JSX {
  type Element = object;
  interface IntrinsicElements {
    readonly [tag: string]: object;
  }
}
