/** How to draw with what a search found: the command as a person would type it. */

/** A line; INPUT stands for the texts where none is given. */
export const renderHint = (texts: readonly string[], config: string): string =>
  `draw with it: glyph render ${texts.length === 0 ? 'INPUT' : texts.map(quoted).join(' ')} --config ${quoted(config)} -o pages\n`;

/** As a shell takes it for one word. */
const quoted = (word: string): string =>
  /^[\w./:@%+=,~-]+$/.test(word) ? word : `'${word.replaceAll("'", "'\\''")}'`;
