/** The config as controls: sliders redraw the pages as they move. */
import { computed } from '@preact/signals';
import type { JSX } from 'preact';
import {
  type Alignment,
  type BitDepth,
  configHash,
  defaultConfig,
  palettes,
  preset,
  presetNames,
  type Reflow,
  type RenderConfig,
  type ThemeName,
} from '../../../config/index.ts';
import { builtinFonts } from '../../../font/index.ts';
import { Choice, Slider } from '../parts/fields.tsx';
import { config } from '../state.ts';
import { say } from '../text/words.ts';

/** Where a config is a preset, its name. */
const presetInForce = computed(() => {
  const hash = configHash(config.value);
  return presetNames.find(name => configHash(preset(name)) === hash);
});

const change = (patch: Partial<RenderConfig>) => {
  config.value = { ...config.value, ...patch };
};

export function Panel(): JSX.Element {
  const words = say.value.panel;
  const chosen = presetInForce.value;
  const presets = [
    ...(chosen === undefined ? [{ value: '', label: words.custom }] : []),
    ...presetNames.map(name => ({ value: name, label: name })),
  ];
  return (
    <section class="panel" aria-label={words.title}>
      <div class="panel-head">
        <h2>{words.title}</h2>
        <button type="button" class="link-button" onClick={() => change(defaultConfig)}>
          {words.reset}
        </button>
      </div>
      <Choice
        label={words.preset}
        value={chosen ?? ''}
        options={presets}
        onValue={name => name !== '' && change(preset(name))}
      />
      {chosen !== undefined && <p class="quiet reason">{words.reason(chosen)}</p>}
      <TypeGroup />
      <PageGroup />
      <InkGroup />
      <TextGroup />
    </section>
  );
}

function TypeGroup(): JSX.Element {
  const words = say.value.panel;
  const { fontFamily, fontSize, lineHeight, horizontalScale } = config.value;
  const families = [...new Set([fontFamily, ...Object.keys(builtinFonts)])].map(name => ({
    value: name,
    label: name,
  }));
  // Lines stay as far apart as they were.
  const resize = (size: number) => {
    const bounded = clamp(size, 1, 200);
    change({ fontSize: bounded, lineHeight: clamp(lineHeight + bounded - fontSize, 1, 400) });
  };
  return (
    <fieldset>
      <legend>{words.groups.type}</legend>
      <Choice
        label={words.fontFamily}
        value={fontFamily}
        options={families}
        onValue={family => change({ fontFamily: family, fontPath: '' })}
      />
      <Slider
        label={words.fontSize}
        value={fontSize}
        min={5}
        max={20}
        step={0.5}
        unit="pt"
        onValue={resize}
      />
      <Slider
        label={words.lineHeight}
        value={lineHeight}
        min={5}
        max={30}
        step={0.5}
        unit="pt"
        onValue={value => change({ lineHeight: clamp(value, 1, 400) })}
      />
      <Slider
        label={words.horizontalScale}
        value={horizontalScale}
        min={0.6}
        max={1.2}
        step={0.01}
        unit="×"
        onValue={value => change({ horizontalScale: clamp(value, 0.1, 4) })}
      />
    </fieldset>
  );
}

function PageGroup(): JSX.Element {
  const words = say.value.panel;
  const { dpi, pageSize, marginX, marginY, columns } = config.value;
  const [width, height] = pageSize;
  return (
    <fieldset>
      <legend>{words.groups.page}</legend>
      <Slider
        label={words.dpi}
        value={dpi}
        min={48}
        max={200}
        step={1}
        unit="dpi"
        onValue={value => change({ dpi: clamp(value, 10, 400) })}
      />
      <Slider
        label={words.pageWidth}
        value={width}
        min={200}
        max={1200}
        step={1}
        unit="pt"
        onValue={value => change({ pageSize: [clamp(value, 60, 3000), height] })}
      />
      <Slider
        label={words.pageHeight}
        value={height}
        min={200}
        max={1600}
        step={1}
        unit="pt"
        onValue={value => change({ pageSize: [width, clamp(value, 60, 3000)] })}
      />
      <Slider
        label={words.columns}
        value={columns}
        min={1}
        max={4}
        step={1}
        unit=""
        onValue={value => change({ columns: Math.round(clamp(value, 1, 8)) })}
      />
      <Slider
        label={words.marginX}
        value={marginX}
        min={0}
        max={80}
        step={1}
        unit="pt"
        onValue={value => change({ marginX: clamp(value, 0, 400) })}
      />
      <Slider
        label={words.marginY}
        value={marginY}
        min={0}
        max={80}
        step={1}
        unit="pt"
        onValue={value => change({ marginY: clamp(value, 0, 400) })}
      />
    </fieldset>
  );
}

const themes = Object.keys(palettes) as ThemeName[];
const paletteOf = (theme: ThemeName) => palettes[theme][0]!;

function InkGroup(): JSX.Element {
  const words = say.value.panel;
  const { bitDepth, pageBgColor, paraBgColor, fontColor } = config.value;
  const isInForce = (theme: ThemeName) => {
    const palette = paletteOf(theme);
    return (
      palette.pageBgColor === pageBgColor &&
      palette.paraBgColor === paraBgColor &&
      palette.fontColor === fontColor
    );
  };
  const chosen = themes.find(isInForce);
  return (
    <fieldset>
      <legend>{words.groups.ink}</legend>
      <Choice
        label={words.palette}
        value={chosen ?? ''}
        options={[
          ...(chosen === undefined ? [{ value: '', label: words.own }] : []),
          ...themes.map(theme => ({ value: theme, label: words.palettes[theme] })),
        ]}
        onValue={name => {
          const theme = themes.find(each => each === name);
          if (theme !== undefined) change(paletteOf(theme));
        }}
      />
      <Choice
        label={words.bitDepth}
        value={String(bitDepth)}
        options={[1, 2, 4, 8].map(bits => ({ value: String(bits), label: words.greys(String(2 ** bits)) }))}
        onValue={bits => change({ bitDepth: Number(bits) as BitDepth })}
      />
    </fieldset>
  );
}

const alignmentNames: readonly Alignment[] = ['left', 'justify', 'center', 'right'];
const reflowNames: readonly Reflow[] = ['auto', 'on', 'off'];
const marks = ['', '¶', ' ↵ ', ' \\n '];

function TextGroup(): JSX.Element {
  const words = say.value.panel;
  const { alignment, reflow, newlineMark } = config.value;
  return (
    <fieldset>
      <legend>{words.groups.text}</legend>
      <Choice
        label={words.alignment}
        value={alignment}
        options={alignmentNames.map(name => ({ value: name, label: words.alignments[name] }))}
        onValue={name => change({ alignment: name as Alignment })}
      />
      <Choice
        label={words.reflow}
        value={reflow}
        options={reflowNames.map(name => ({ value: name, label: words.reflows[name] }))}
        onValue={name => change({ reflow: name as Reflow })}
      />
      <Choice
        label={words.newlineMark}
        value={newlineMark}
        options={[...new Set([newlineMark, ...marks])].map(mark => ({
          value: mark,
          label: mark === '' ? words.marks.none : mark.trim(),
        }))}
        onValue={mark => change({ newlineMark: mark })}
      />
    </fieldset>
  );
}

const clamp = (value: number, min: number, max: number): number => Math.min(max, Math.max(min, value));
