/** Types of what is used of the `html-to-text` package, which ships none. */
declare module 'html-to-text' {
  export interface HtmlNode {
    /** e.g. "tag", "text" */
    readonly type: string;
    /** Of a tag. */
    readonly name?: string;
    /** Of a text. */
    readonly data?: string;
    readonly children?: readonly HtmlNode[];
    readonly attribs?: Readonly<Record<string, string>>;
  }
  interface TextBuilder {
    openBlock(options: { readonly leadingLineBreaks: number }): void;
    closeBlock(options: { readonly trailingLineBreaks: number }): void;
    addInline(text: string): void;
  }
  export type Formatter = (
    element: HtmlNode,
    walk: (nodes: readonly HtmlNode[], builder: TextBuilder) => void,
    builder: TextBuilder,
  ) => void;
  interface Options {
    readonly wordwrap: false;
    readonly formatters: Readonly<Record<string, Formatter>>;
    readonly selectors: readonly {
      readonly selector: string;
      readonly format?: string;
      readonly options?: Readonly<Record<string, unknown>>;
    }[];
    readonly limits: {
      readonly maxDepth: number;
      /** Put in place of what lies deeper. */
      readonly ellipsis: string;
      readonly maxInputLength: undefined;
    };
  }
  export function compile(options: Options): (html: string) => string;
}
