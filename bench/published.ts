/**
 * The published renderer (github.com/thu-coai/Glyph) as a contender: its `text_to_images`, imported and warmed up in
 * one Python process that stays, so that start-up does not count. Needs python3 with reportlab, PIL and numpy, and
 * poppler-utils; `pdf2image` and `tqdm` are replaced where they are not installed.
 */
import { type ChildProcess, spawn } from 'node:child_process';
import { rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { createInterface, type Interface } from 'node:readline';
import { type Contender, folderWork } from './harness.ts';

const server = String.raw`
import io, json, subprocess, sys, types
def info(data):
    out = subprocess.run(['pdfinfo', '-'], input=data, stdout=subprocess.PIPE, check=True).stdout.decode()
    return {'Pages': int([l for l in out.splitlines() if l.startswith('Pages:')][0].split()[1])}
def convert(data, dpi=72, first_page=1, last_page=None):
    from PIL import Image
    args = ['pdftoppm', '-r', str(dpi), '-f', str(first_page), '-l', str(last_page), '-']
    raw = subprocess.run(args, input=data, stdout=subprocess.PIPE, check=True).stdout
    images, at = [], 0
    while at < len(raw):
        parts, end = [], at
        while len(parts) < 4:
            stop = end
            while raw[stop] not in b' \n': stop += 1
            parts.append(raw[end:stop]); end = stop + 1
        size = int(parts[1]) * int(parts[2]) * 3
        images.append(Image.open(io.BytesIO(raw[at:end + size]))); images[-1].load()
        at = end + size
    return images
try:
    import pdf2image
except ImportError:
    stand_in = types.ModuleType('pdf2image')
    stand_in.pdfinfo_from_bytes, stand_in.convert_from_bytes = info, convert
    sys.modules['pdf2image'] = stand_in
try:
    import tqdm
except ImportError:
    stand_in = types.ModuleType('tqdm'); stand_in.tqdm = lambda x, **k: x; sys.modules['tqdm'] = stand_in
sys.path.insert(0, sys.argv[1])
from word2png_function import text_to_images
config = json.loads(sys.argv[2])
print('ready', flush=True)
for line in sys.stdin:
    text, out = json.loads(line)
    text_to_images(open(text, encoding='utf-8').read(), out, config_dict=dict(config), unique_id='pages')
    print('done', flush=True)
`;

const config = {
  'page-size': '595,842',
  dpi: 72,
  'margin-x': 10,
  'margin-y': 10,
  'font-path': join(process.cwd(), 'fonts/DejaVuSans.ttf'),
  'font-size': 9,
  'line-height': 10,
  alignment: 'LEFT',
  'auto-crop-width': true,
  'auto-crop-last-page': true,
};

interface Server {
  readonly child: ChildProcess;
  readonly lines: Interface;
}

let running: Server | undefined;

async function request(message: string): Promise<void> {
  const directory = join(process.env['GLYPH_REFERENCE_DIR']!, 'scripts');
  if (running === undefined) {
    const child = spawn(
      process.env['PYTHON'] ?? '/usr/bin/python3',
      ['-c', server, directory, JSON.stringify(config)],
      {
        stdio: ['pipe', 'pipe', 'inherit'],
      },
    );
    running = { child, lines: createInterface({ input: child.stdout! }) };
    child.unref();
    child.setMaxListeners(0);
    await new Promise<void>(resolve => running!.lines.once('line', () => resolve()));
  }
  const answered = new Promise<void>((resolve, reject) => {
    running!.lines.once('line', () => resolve());
    running!.child.once('exit', code => reject(new Error(`the published renderer exited with ${code}`)));
  });
  running.child.stdin!.write(`${message}\n`);
  await answered;
}

/** None where `GLYPH_REFERENCE_DIR` is not set. */
export function publishedRenderer(text: string, folder: string): Contender[] {
  if (process.env['GLYPH_REFERENCE_DIR'] === undefined) return [];
  const file = join(folder, 'published.txt');
  const out = join(folder, 'published');
  return [
    {
      name: 'published renderer, files',
      prepare() {
        writeFileSync(file, text);
        rmSync(out, { recursive: true, force: true });
      },
      async run() {
        await request(JSON.stringify([file, out]));
        return () => folderWork(out, text.length);
      },
    },
  ];
}

/** Ends the Python process. */
export function closePublishedRenderer(): void {
  running?.child.stdin?.end();
  running?.child.kill();
  running = undefined;
}
