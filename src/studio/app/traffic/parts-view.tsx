/** A request's long material as it came and as it was sent: text on the left, its pages on the right. */
import type { JSX } from 'preact';
import { useEffect, useState } from 'preact/hooks';
import type { ShownPart, TrafficEntry } from '../../api.ts';
import { Dialog } from '../parts/dialog.tsx';
import { Scroll } from '../parts/scroll.tsx';
import { count, say } from '../text/words.ts';
import { api } from '../work/server.ts';

const mostCharacters = 60_000;

export function PartsView({
  entry,
  onClose,
}: {
  readonly entry: TrafficEntry;
  onClose(): void;
}): JSX.Element {
  const words = say.value.traffic;
  const [parts, setParts] = useState<readonly ShownPart[] | undefined>(undefined);
  const [isGone, setGone] = useState(false);
  useEffect(() => {
    api.parts(entry.id).then(setParts, () => setGone(true));
  }, [entry.id]);
  return (
    <Dialog title={`${entry.model ?? entry.route}`} closeLabel={words.close} size="large" onClose={onClose}>
      <Scroll label={words.look} class="parts">
        {isGone && <p class="quiet">{words.bodiesGone}</p>}
        {parts?.map((part, i) => (
          <section key={i} class="part">
            <h3>{part.name}</h3>
            <div class="side-by-side">
              <div>
                <h4>
                  {words.text} · {say.value.document.characters(count(part.text.length))}
                </h4>
                <pre>{part.text.slice(0, mostCharacters)}</pre>
              </div>
              <div>
                <h4>{words.sent}</h4>
                {part.images.map(({ mediaType, base64 }, page) => (
                  <img key={page} src={`data:${mediaType};base64,${base64}`} alt={words.page(page + 1)} />
                ))}
                <details>
                  <summary>{words.beside}</summary>
                  <pre>{part.texts.join('\n').slice(0, mostCharacters)}</pre>
                </details>
              </div>
            </div>
          </section>
        ))}
      </Scroll>
    </Dialog>
  );
}
