/** A page as the model sees it, with the line that is pointed at. */
import type { ComponentChildren, JSX, TargetedPointerEvent } from 'preact';
import { placeOf } from '../place.ts';
import type { ShownPage } from '../state.ts';
import { say } from '../text/words.ts';

export interface PagePictureProps {
  readonly page: Omit<ShownPage, 'blob'>;
  /** Indexes of lines that are marked. */
  readonly marked: readonly number[];
  readonly children?: ComponentChildren;
  onPoint?(x: number, y: number): void;
  onLeave?(): void;
}

/** Points are shares of the picture, from 0 to 1. */
export function PagePicture({ page, marked, onPoint, onLeave }: PagePictureProps): JSX.Element {
  const point = (event: TargetedPointerEvent<HTMLDivElement>) => {
    const { left, top, width, height } = event.currentTarget.getBoundingClientRect();
    onPoint?.((event.clientX - left) / width, (event.clientY - top) / height);
  };
  return (
    <div class="picture" onPointerMove={point} onPointerDown={point} onPointerLeave={onLeave}>
      <img
        src={page.url}
        width={page.widthPx}
        height={page.heightPx}
        alt={say.value.desk.alt(String(page.number))}
        decoding="async"
        loading="lazy"
        draggable={false}
      />
      {marked.map(index => {
        const line = page.lines[index];
        if (line === undefined) return null;
        const { left, top, width, height } = placeOf(page, line);
        const style = { left: `${left}%`, top: `${top}%`, width: `${width}%`, height: `${height}%` };
        return <div key={index} class="line-mark" style={style} />;
      })}
    </div>
  );
}
