/** The same five short sentences over and over: a haystack in which nothing but the needle is worth reading. */
const sentences = [
  'The lamp is lit.',
  'The door is shut.',
  'The kettle is warm.',
  'Off we go.',
  'Home and out again.',
];

/** Lines of five sentences, `count` sentences in all. */
export function noise(count: number): string[] {
  const lines: string[] = [];
  for (let left = count; left > 0; left -= sentences.length) {
    lines.push(sentences.slice(0, left).join(' '));
  }
  return lines;
}
