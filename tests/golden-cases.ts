/** The pages kept as pictures in `tests/golden/`: one for each script, alignment, theme and colour mode. */
import { defaultConfig, parseConfig, preset, type RenderConfig } from '../src/config/index.ts';

const english = `It was a quiet morning in the harbour, and the three boats that had come in before dawn lay side by side with their
nets hung out to dry. "Nobody sails today," said the old man; he counted 1,482 crates, wrote €3.50 on each — twice — and went home.

A second paragraph follows: naïve café, 50 % off, v2.0-rc.1, e-mail: a.b@example.org, O0 l1I rn/m.`;

const scripts: Readonly<Record<string, string>> = {
  latin: english,
  arabic:
    'كان الصباح هادئًا في الميناء، وعادت ثلاثة قوارب قبل الفجر. كتب الرجل 123 رقمًا (بخط صغير) ثم قال: hello وذهب إلى البيت.\nسَلَامٌ عَلَيْكُمْ',
  hebrew: 'הבוקר היה שקט בנמל, ושלוש סירות חזרו לפני השחר. הזקן כתב 123 (מספרים) ואמר: hello.\nשָׁלוֹם עֲלֵיכֶם',
  devanagari:
    'बंदरगाह में सुबह शांत थी और तीन नावें भोर से पहले लौट आई थीं। क्षत्रिय, द्वितीय, किताब, श्रीमान् — सब ने १२३ गिने।',
  thai: 'เช้าวันนั้นท่าเรือเงียบสงบ เรือสามลำกลับมาก่อนรุ่งสาง ชายชราเขียนตัวเลขแล้วเดินกลับบ้าน น้ำผึ้ง ที่นี่ กู้',
  chinese:
    '那天早晨港口很安静，三条船在黎明之前就回来了。老人说：“今天没有人出海。”他数了1482个箱子，写下价钱，然后回家（走得很慢）。骨直漢字，己已巳。',
  japanese:
    'その朝、港は静かだった。三隻の船は夜明け前に戻っていた。「今日は誰も海に出ない」と老人は言い、ちょっと笑って家に帰った。データ・センター。',
  korean:
    '그날 아침 항구는 조용했다. 배 세 척이 동트기 전에 돌아왔다. 노인은 “오늘은 아무도 바다에 나가지 않는다”고 말했다.',
  cyrillic:
    'Утро в гавани было тихим, три лодки вернулись до рассвета. Старик сказал: «Сегодня никто не выйдет в море», — и пошёл домой.',
  greek:
    'Το πρωί στο λιμάνι ήταν ήσυχο· τρεις βάρκες είχαν γυρίσει πριν από την αυγή. Ο γέρος είπε: «Σήμερα κανείς».',
  emoji:
    'Boats 🚤🚤🚤 at dawn 🌅, thumbs 👍🏽, a family 👨‍👩‍👧, a heart ❤️, flags 🇩🇪, keys 1️⃣ and faces 😀😴🎉.',
  symbols: '∑ x² ≤ √2 ≠ ∞, a → b ⇒ c, ½ ¾ ±5 °C, ✓ ✗ ☐ ☑, ┌─┬─┐ │ ░▒▓ │, ♠♥♦♣ ♪ ☀ ☂, 𝒳 ∈ 𝔽, ⌘ ⏎',
  missing: 'Bengali \u09ac\u09be\u0982, a private \u{10fffe}, a control \u0007 and a lone \ud800 surrogate.',
};

const page = { pageSize: [300, 90], marginX: 6, marginY: 4 };
const withPage = (patch: object, base: RenderConfig = defaultConfig) =>
  parseConfig({ ...page, ...patch }, base);

export interface GoldenCase {
  readonly name: string;
  readonly text: string;
  readonly config: RenderConfig;
  readonly title?: string;
}

const alignments = ['left', 'right', 'center', 'justify'].map(
  (alignment): GoldenCase => ({
    name: `align-${alignment}`,
    text: english,
    config: withPage({ alignment, firstLineIndent: 12 }),
  }),
);

const themes = ['document', 'web', 'dark', 'code', 'pixel'].map(
  (name): GoldenCase => ({
    name: `theme-${name}`,
    text: english,
    config: withPage({ pageSize: [320, 130] }, preset(name)),
  }),
);

const depths = [1, 2, 4, 8].map(
  (bitDepth): GoldenCase => ({ name: `depth-${bitDepth}`, text: english, config: withPage({ bitDepth }) }),
);

const code = 'function add(a, b) {\n\tif (a > 0) {\n\t\treturn a + b; // sum\n\t}\n\treturn b;\n}\n';

const others: readonly GoldenCase[] = [
  {
    name: 'newline-red',
    text: code,
    config: withPage({ newlineMark: ' \\n ', newlineMarkColor: '#FF0000' }),
  },
  {
    name: 'paragraph-boxes',
    text: english,
    config: withPage({
      pageSize: [300, 120],
      paraBgColor: '#FFF4D6',
      pageBgColor: '#F0F0F0',
      borderWidth: 1,
      borderPadding: 2,
      paraBorderColor: '#8060C0',
      spaceAfter: 8,
      leftIndent: 4,
      rightIndent: 4,
    }),
  },
  { name: 'tabs', text: code, config: withPage({ tabWidth: 4 }, preset('code')) },
  { name: 'columns', text: english, config: withPage({ columns: 2, columnGap: 10 }) },
  {
    name: 'header',
    text: english,
    title: 'harbour.txt',
    config: withPage({
      header: '{title} · page {page} · lines {firstLine}-{lastLine} · {checksum}',
      reflow: 'off',
    }),
  },
  { name: 'squeezed-95dpi', text: english, config: withPage({ dpi: 95, horizontalScale: 0.8 }) },
  { name: 'reference', text: english, config: withPage({ compat: 'reference', alignment: 'justify' }) },
];

export const goldenCases: readonly GoldenCase[] = [
  ...Object.entries(scripts).map(
    ([name, text]): GoldenCase => ({ name: `script-${name}`, text, config: withPage({}) }),
  ),
  ...alignments,
  ...themes,
  ...depths,
  ...others,
];
