/** A tiny writer of PDF files for tests: pages of drawing operators in Helvetica, with a valid cross-reference table. */

export interface PdfPageSource {
  readonly widthPt?: number;
  readonly heightPt?: number;
  /** Operators, e.g. `BT /F1 12 Tf (text) Tj ET`; /F1 is Helvetica, /F2 the same with `toUnicode`. */
  readonly content: string;
}

export interface PdfOptions {
  /** Unicode of character codes in /F2, as hex digits of UTF-16, e.g. `{ 65: 'D800' }`. */
  readonly toUnicode?: Readonly<Record<number, string>>;
  /** Entries of the encryption dictionary; what is written stays plain. */
  readonly encrypt?: string;
}

/** Operators that write lines of text down from the top of a page of 842 pt. */
export function textLines(lines: readonly string[], font = 'F1'): string {
  const escaped = lines.map(line => `(${line.replace(/[\\()]/g, '\\$&')}) Tj T*`);
  return `BT /${font} 12 Tf 16 TL 50 780 Td ${escaped.join(' ')} ET`;
}

export function buildPdf(pages: readonly PdfPageSource[], options: PdfOptions = {}): Uint8Array {
  const font = '<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding';
  const kids = pages.map((_, i) => `${6 + 2 * i} 0 R`);
  const objects = [
    '<< /Type /Catalog /Pages 2 0 R >>',
    `<< /Type /Pages /Kids [${kids.join(' ')}] /Count ${pages.length} >>`,
    `${font} >>`,
    `${font} /ToUnicode 5 0 R >>`,
    stream(characterMap(options.toUnicode ?? {})),
    ...pages.flatMap(({ widthPt = 595, heightPt = 842, content }, i) => [
      `<< /Type /Page /Parent 2 0 R /MediaBox [0 0 ${widthPt} ${heightPt}] ` +
        `/Resources << /Font << /F1 3 0 R /F2 4 0 R >> >> /Contents ${7 + 2 * i} 0 R >>`,
      stream(content),
    ]),
  ];
  let file = '%PDF-1.4\n';
  const offsets = objects.map((object, i) => {
    const offset = file.length;
    file += `${i + 1} 0 obj\n${object}\nendobj\n`;
    return offset;
  });
  const rows = offsets.map(offset => `${String(offset).padStart(10, '0')} 00000 n \n`);
  const encrypt = options.encrypt === undefined ? '' : ` /Encrypt << ${options.encrypt} >> /ID [<00> <00>]`;
  const trailer = `<< /Size ${objects.length + 1} /Root 1 0 R${encrypt} >>`;
  const table = `xref\n0 ${objects.length + 1}\n0000000000 65535 f \n${rows.join('')}`;
  return Buffer.from(`${file}${table}trailer\n${trailer}\nstartxref\n${file.length}\n%%EOF\n`, 'latin1');
}

const stream = (content: string) => `<< /Length ${content.length} >>\nstream\n${content}\nendstream`;

function characterMap(toUnicode: Readonly<Record<number, string>>): string {
  const rows = Object.entries(toUnicode).map(
    ([code, hex]) => `<${Number(code).toString(16).padStart(2, '0')}> <${hex}>`,
  );
  return [
    '/CIDInit /ProcSet findresource begin 12 dict begin begincmap /CMapName /T def /CMapType 2 def',
    '1 begincodespacerange <00> <FF> endcodespacerange',
    `${rows.length} beginbfchar`,
    ...rows,
    'endbfchar endcmap CMapName currentdict /CMap defineresource pop end end',
  ].join('\n');
}
