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
import { type ConfigSlider, pageSliders, patchOf, typeSliders } from './config-sliders.ts';

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
  const { fontFamily } = config.value;
  const families = [...new Set([fontFamily, ...Object.keys(builtinFonts)])].map(name => ({
    value: name,
    label: name,
  }));
  return (
    <fieldset>
      <legend>{words.groups.type}</legend>
      <Choice
        label={words.fontFamily}
        value={fontFamily}
        options={families}
        onValue={family => change({ fontFamily: family, fontPath: '' })}
      />
      <Sliders sliders={typeSliders} />
    </fieldset>
  );
}

function PageGroup(): JSX.Element {
  return (
    <fieldset>
      <legend>{say.value.panel.groups.page}</legend>
      <Sliders sliders={pageSliders} />
    </fieldset>
  );
}

function Sliders({ sliders }: { readonly sliders: readonly ConfigSlider[] }): JSX.Element {
  const words = say.value.panel;
  return (
    <>
      {sliders.map(slider => (
        <Slider
          key={slider.name}
          label={words[slider.name]}
          value={slider.read(config.value)}
          min={slider.ends[0]}
          max={slider.ends[1]}
          step={slider.step}
          unit={slider.unit}
          onValue={value => change(patchOf(slider, value, config.value))}
        />
      ))}
    </>
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
