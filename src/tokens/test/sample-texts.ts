/** Texts of about a megabyte each, the same on every run, for counts known from the reference tokenizer. */

const englishWords =
  'the of and to in a is that it was for on are as with his they at be this have from or one had by word but not ' +
  'what all were we when your can said there use an each which she do how their if will up other about out many ' +
  "then them these so some her would make like him into time has look two more don't it's we'll they've I'm you're " +
  'international understanding tokenization Elizabeth Whale harbour schoolmaster unquestionably melancholy';
const chineseCharacters =
  '的一是不了人我在有他这为之大来以个中上们到说国和地也子时道出而要于就下得可你年生自会那后能对着事其里所去行过家十用发天如然作方成者多日都三小军二无同么经法当起与好看学进种将还分此心前面又定见只主没公从';
const codeLines = [
  'export function parse(source: string, options: Options = {}): Node[] {',
  '  const tokens = tokenize(source).filter(token => token.kind !== "space");',
  '    if (tokens.length === 0) throw new SyntaxError(`empty at \u0024{offset}`);',
  '\tfor (let i = 0; i < tokens.length; i++) {',
  '      out[i] = (table[i] ?? 0x7fff_ffff) >>> 1; // 32-bit',
  '}',
  '',
  '#include <stdio.h>\r',
  'SELECT id, name FROM users WHERE created_at >= 20240131 ORDER BY 1;',
  'https://example.org/a/b?c=d&e=%20f#g',
];
const emoji = [
  '👍',
  '🎉',
  '👨\u200d👩\u200d👧\u200d👦',
  '🇩🇪',
  '🤷🏽\u200d♀️',
  '❤️',
  '🧑🏿\u200d🚀',
  '¯\\_(ツ)_/¯',
  ' 😀😀 ',
  '\u{1fae0}',
];
const specials = [
  '<|endoftext|>',
  '<|im_start|>',
  '<|endofprompt|>',
  '<|fim_prefix|>',
  '</s>',
  '[INST]',
  ' and ',
  '\n',
];
const halves = ['\ud83d', '\ude00', '\ud83d\ude00', 'text ', '\udfff\ud800', '漢'];

export const sampleTexts = {
  english: joined(englishWords.split(' '), 190_000, ' ', { every: 17, with: '. ' }),
  chinese: joined([...chineseCharacters], 330_000, '', { every: 23, with: '，' }),
  code: joined(codeLines, 24_000, '\n', { every: 40, with: '\n\n' }),
  emoji: joined(emoji, 80_000, '', { every: 11, with: ' ' }),
  specials: joined(specials, 110_000, '', { every: 9, with: '  ' }),
  loneSurrogates: joined(halves, 300_000, '', { every: 13, with: '\n' }),
};

interface Break {
  readonly every: number;
  readonly with: string;
}

function joined(items: readonly string[], count: number, between: string, pause: Break): string {
  const parts: string[] = [];
  let state = 2024;
  for (let i = 0; i < count; i += 1) {
    state = (state * 1_103_515_245 + 12_345) % 2_147_483_648;
    parts.push(items[(state >>> 8) % items.length]!, i % pause.every === 0 ? pause.with : between);
  }
  return parts.join('');
}
