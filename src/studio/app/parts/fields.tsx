/** Controls with a name above them: a slider with its value, and a choice of several. */
import type { JSX, TargetedInputEvent } from 'preact';
import { useId } from 'preact/hooks';

export interface SliderProps {
  readonly label: string;
  readonly value: number;
  readonly min: number;
  readonly max: number;
  readonly step: number;
  /** e.g. "pt" */
  readonly unit: string;
  onValue(value: number): void;
}

/** The value can be typed, too, beyond the slider's ends. */
export function Slider({ label, value, min, max, step, unit, onValue }: SliderProps): JSX.Element {
  const id = useId();
  const shown = Number(value.toFixed(3));
  const share = Math.min(1, Math.max(0, (value - min) / (max - min)));
  const take = (event: TargetedInputEvent<HTMLInputElement>) => {
    const typed = event.currentTarget.valueAsNumber;
    if (Number.isFinite(typed)) onValue(typed);
  };
  return (
    <div class="field">
      <div class="field-head">
        <label for={id}>{label}</label>
        <span class="field-value">
          <input
            type="number"
            class="bare-number"
            aria-label={`${label}, ${unit}`}
            value={shown}
            step={step}
            onChange={take}
          />
          <span class="unit" aria-hidden="true">
            {unit}
          </span>
        </span>
      </div>
      <input
        id={id}
        type="range"
        min={min}
        max={max}
        step={step}
        value={shown}
        style={{ '--share': `${100 * share}%` }}
        onInput={take}
      />
    </div>
  );
}

export interface Option {
  readonly value: string;
  readonly label: string;
}

export interface ChoiceProps {
  readonly label: string;
  readonly value: string;
  readonly options: readonly Option[];
  /** `beside`: the name stands before the choice, small. */
  readonly layout?: 'above' | 'beside';
  onValue(value: string): void;
}

export function Choice({ label, value, options, layout = 'above', onValue }: ChoiceProps): JSX.Element {
  const id = useId();
  return (
    <div class={layout === 'above' ? 'field' : 'field field-beside'}>
      <div class="field-head">
        <label for={id}>{label}</label>
      </div>
      <div class="select">
        <select id={id} value={value} onChange={event => onValue(event.currentTarget.value)}>
          {options.map(option => (
            <option key={option.value} value={option.value} selected={option.value === value}>
              {option.label}
            </option>
          ))}
        </select>
      </div>
    </div>
  );
}
