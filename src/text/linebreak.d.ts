/** Types of the `linebreak` package (UAX #14), which ships none. Only tests use it, to check `break-pairs.ts`. */
declare module 'linebreak' {
  class LineBreaker {
    constructor(text: string);
    nextBreak(): { readonly position: number; readonly required: boolean } | null;
  }

  // biome-ignore lint/style/noDefaultExport: it is what the package exports
  export { LineBreaker as default };
}
