/** A part of the page that scrolls by itself: the keyboard reaches it, and it has a name. */
import type { ComponentChildren, JSX, Ref } from 'preact';

export interface ScrollProps {
  readonly label: string;
  readonly class: string;
  readonly box?: Ref<HTMLElement>;
  readonly children: ComponentChildren;
}

export function Scroll({ label, class: name, box, children }: ScrollProps): JSX.Element {
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reached by the keyboard (WCAG 2.1.1)
    <section {...(box === undefined ? {} : { ref: box })} class={name} tabIndex={0} aria-label={label}>
      {children}
    </section>
  );
}
