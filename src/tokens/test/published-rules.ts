/**
 * The published vision-token rules transcribed one by one, literally and without the table or the interpreter, for
 * the property test to hold both against each other. Each function takes width and height and returns tokens without
 * the constant markers around an image; it throws where the model's processor does.
 */

function pythonRound(x: number): number {
  const nearest = Math.round(x);
  return Math.abs(x - Math.trunc(x)) === 0.5 && nearest % 2 !== 0 ? nearest - 1 : nearest;
}

export function glm(width: number, height: number, longestEdge = 9_633_792): number {
  let [w, h] = [width, height];
  if (h < 28 || w < 28) {
    const scale = Math.max(28 / h, 28 / w);
    h = Math.trunc(h * scale);
    w = Math.trunc(w * scale);
  }
  if (Math.max(h, w) / Math.min(h, w) > 200) throw new Error('aspect ratio');
  let hBar = pythonRound(h / 28) * 28;
  let wBar = pythonRound(w / 28) * 28;
  if (2 * hBar * wBar > longestEdge) {
    const beta = Math.sqrt((2 * h * w) / longestEdge);
    hBar = Math.max(28, Math.floor(h / beta / 28) * 28);
    wBar = Math.max(28, Math.floor(w / beta / 28) * 28);
  } else if (2 * hBar * wBar < 12_544) {
    const beta = Math.sqrt(12_544 / (2 * h * w));
    hBar = Math.ceil((h * beta) / 28) * 28;
    wBar = Math.ceil((w * beta) / 28) * 28;
  }
  return (hBar / 28) * (wBar / 28);
}

export function qwen(factor: number, minPixels: number, maxPixels: number) {
  return (w: number, h: number): number => {
    if (Math.max(h, w) / Math.min(h, w) > 200) throw new Error('aspect ratio');
    let hBar = pythonRound(h / factor) * factor;
    let wBar = pythonRound(w / factor) * factor;
    if (hBar * wBar > maxPixels) {
      const beta = Math.sqrt((h * w) / maxPixels);
      hBar = Math.max(factor, Math.floor(h / beta / factor) * factor);
      wBar = Math.max(factor, Math.floor(w / beta / factor) * factor);
    } else if (hBar * wBar < minPixels) {
      const beta = Math.sqrt(minPixels / (h * w));
      hBar = Math.ceil((h * beta) / factor) * factor;
      wBar = Math.ceil((w * beta) / factor) * factor;
    }
    return (hBar / factor) * (wBar / factor);
  };
}

/** `find_closest_aspect_ratio` over the sorted set of grids. */
function closestRatio(
  width: number,
  height: number,
  min: number,
  max: number,
  imageSize: number,
): [number, number] {
  const ratios: [number, number][] = [];
  for (let n = min; n <= max; n += 1) {
    for (let i = 1; i <= n; i += 1) {
      for (let j = 1; j <= n; j += 1) {
        const isNew = !ratios.some(([a, b]) => a === i && b === j);
        if (isNew && i * j >= min && i * j <= max) ratios.push([i, j]);
      }
    }
  }
  ratios.sort((a, b) => a[0] * a[1] - b[0] * b[1]);
  const aspectRatio = width / height;
  let bestDiff = Number.POSITIVE_INFINITY;
  let best: [number, number] = [1, 1];
  for (const ratio of ratios) {
    const diff = Math.abs(aspectRatio - ratio[0] / ratio[1]);
    if (diff < bestDiff) {
      bestDiff = diff;
      best = ratio;
    } else if (diff === bestDiff && width * height > 0.5 * imageSize * imageSize * ratio[0] * ratio[1]) {
      best = ratio;
    }
  }
  return best;
}

export function deepseekGundam(maxCrops: number) {
  return (w: number, h: number): number => {
    if (w <= 640 && h <= 640) return 273;
    const [nw, nh] = closestRatio(w, h, 2, maxCrops, 640);
    return 273 + nh * 10 * (nw * 10 + 1);
  };
}

export function deepseekGundamNominal(w: number, h: number): number {
  if (w <= 640 && h <= 640) return 256;
  const [nw, nh] = closestRatio(w, h, 2, 6, 640);
  return nw * nh * 100 + 256;
}

export function deepseekOcr2(w: number, h: number): number {
  if (w <= 768 && h <= 768) return 257;
  const [nw, nh] = closestRatio(w, h, 2, 6, 768);
  return 256 + 144 * nw * nh + 1;
}

export function internvl(w: number, h: number): number {
  const [nw, nh] = closestRatio(w, h, 1, 12, 448);
  const tiles = nw * nh;
  return 256 * (tiles + (tiles > 1 ? 1 : 0));
}

function slicedGrid(w: number, h: number): [number, number] | null {
  const logRatio = Math.log(w / h);
  const multiple = Math.min(Math.ceil((w * h) / (448 * 448)), 9);
  if (multiple <= 1) return null;
  const grids: [number, number][] = [];
  for (const n of [multiple - 1, multiple, multiple + 1]) {
    if (n === 1 || n > 9) continue;
    for (let m = 1; m <= n; m += 1) if (n % m === 0) grids.push([m, n / m]);
  }
  let best: [number, number] = [1, 1];
  let minError = Number.POSITIVE_INFINITY;
  for (const grid of grids) {
    const error = Math.abs(logRatio - Math.log(grid[0] / grid[1]));
    if (error < minError) {
      best = grid;
      minError = error;
    }
  }
  return best;
}

export function minicpm(perPicture: number) {
  return (w: number, h: number): number => {
    const grid = slicedGrid(w, h);
    if (grid === null) return perPicture;
    return perPicture * (1 + grid[0] * grid[1]) + (grid[1] - 1);
  };
}

export function minicpm46(multiple: number, divisor: number) {
  const ensureDivide = (length: number, by: number) => Math.max(pythonRound(length / by) * by, by);
  const findBestResize = (w: number, h: number, allowUpscale: boolean): [number, number] => {
    let [width, height] = [w, h];
    if (width * height > 448 * 448 || allowUpscale) {
      const r = w / h;
      height = Math.trunc(448 / Math.sqrt(r));
      width = Math.trunc(height * r);
    }
    return [ensureDivide(width, multiple), ensureDivide(height, multiple)];
  };
  const tokens = ([w, h]: [number, number]) => Math.floor(((w / 14) * (h / 14)) / divisor);
  return (w: number, h: number): number => {
    const grid = slicedGrid(w, h);
    if (grid === null) return tokens(findBestResize(w, h, true)) + 2;
    const [gx, gy] = grid;
    const source = tokens(findBestResize(w, h, false)) + 2;
    const slice = findBestResize(ensureDivide(w, gx) / gx, ensureDivide(h, gy) / gy, true);
    return source + gx * gy * (tokens(slice) + 2) + gy - 1;
  };
}

export function pixtral(cell: number, maxSize: number) {
  return (width: number, height: number): number => {
    let [w, h] = [width, height];
    const ratio = Math.max(h / maxSize, w / maxSize);
    if (ratio > 1) {
      w = pythonRound(w / ratio);
      h = pythonRound(h / ratio);
    }
    if (w < 1 || h < 1) [w, h] = [Math.max(1, w), Math.max(1, h)];
    const wt = Math.floor((w - 1) / cell) + 1;
    const ht = Math.floor((h - 1) / cell) + 1;
    return (wt + 1) * ht;
  };
}

export function gemma4(budget: number) {
  return (w: number, h: number): number => {
    const targetPx = budget * 9 * 256;
    const f = Math.sqrt(targetPx / (h * w));
    let th = Math.floor((f * h) / 48) * 48;
    let tw = Math.floor((f * w) / 48) * 48;
    if (th === 0 && tw === 0) throw new Error('0 x 0');
    if (th === 0) {
      th = 48;
      tw = Math.min(Math.floor(w / h) * 48, budget * 48);
    } else if (tw === 0) {
      tw = 48;
      th = Math.min(Math.floor(h / w) * 48, budget * 48);
    }
    if (th * tw > targetPx) throw new Error('over budget');
    return (th / 48) * (tw / 48);
  };
}

export function llama4(width: number, height: number): number {
  const canvases: [number, number][] = [];
  for (let chunks = 16; chunks >= 1; chunks -= 1) {
    for (let f = 1; f <= chunks; f += 1) if (chunks % f === 0) canvases.push([f * 336, (chunks / f) * 336]);
  }
  const scales = canvases.map(([h, w]) => Math.min(Math.fround(h / height), Math.fround(w / width)));
  const up = scales.filter(scale => scale >= 1);
  const selected = up.length > 0 ? Math.min(...up) : Math.max(...scales);
  const chosen = canvases.filter((_, i) => scales[i] === selected);
  chosen.sort((a, b) => a[0] * a[1] - b[0] * b[1]);
  const [h, w] = chosen[0]!;
  const [R, C] = [h / 336, w / 336];
  return R * C === 1 ? 147 : 1 + 144 * R * C + R * (C - 1) + R + 1 + 144 + 1;
}

export function kimiVl(limit: number) {
  return (width: number, height: number): number => {
    let [w, h] = [width, height];
    const patches = Math.floor(w / 14) * Math.floor(h / 14);
    if (patches > limit) {
      const scale = Math.sqrt(limit / patches);
      [w, h] = [Math.max(Math.trunc(w * scale), 14), Math.max(Math.trunc(h * scale), 14)];
    }
    w += (28 - (w % 28)) % 28;
    h += (28 - (h % 28)) % 28;
    if (w / 14 >= 512 || h / 14 >= 512) throw new Error('too many patches');
    return (w / 28) * (h / 28);
  };
}

export function kimiK25(width: number, height: number): number {
  const s1 = Math.sqrt(16_384 / (Math.max(1, Math.floor(width / 14)) * Math.max(1, Math.floor(height / 14))));
  const scale = Math.min(1, s1, (512 * 14) / width, (512 * 14) / height);
  const w = Math.max(1, Math.trunc(width * scale));
  const h = Math.max(1, Math.trunc(height * scale));
  return Math.ceil(w / 28) * Math.ceil(h / 28);
}

export function idefics3(T: number, L: number, s: number) {
  return (width: number, height: number): number => {
    let [w, h] = [width, height];
    const ratio = w / h;
    if (w >= h) {
      w = L;
      h = Math.trunc(w / ratio);
      if (h % 2 !== 0) h += 1;
    } else {
      h = L;
      w = Math.trunc(h * ratio);
      if (w % 2 !== 0) w += 1;
    }
    h = Math.max(h, 1);
    w = Math.max(w, 1);
    const resized = w / h;
    if (w >= h) {
      w = Math.ceil(w / T) * T;
      h = Math.ceil(Math.trunc(w / resized) / T) * T;
    } else {
      h = Math.ceil(h / T) * T;
      w = Math.ceil(Math.trunc(h * resized) / T) * T;
    }
    const [R, C] = [h / T, w / T];
    return R * C * (s + 2) + R + (s + 4);
  };
}

export function openaiTiles(base: number, per: number, shortSide = 768) {
  return (width: number, height: number): number => {
    let [w, h] = [width, height];
    const box = Math.max(w, h);
    if (box > 2048) [w, h] = [(w * 2048) / box, (h * 2048) / box];
    const short = Math.min(w, h);
    if (short > shortSide) [w, h] = [(w * shortSide) / short, (h * shortSide) / short];
    return base + per * Math.ceil(w / 512 - 1e-9) * Math.ceil(h / 512 - 1e-9);
  };
}

export function openaiPatches(budget: number, multiplier: number, maxSide = Number.POSITIVE_INFINITY) {
  return (width: number, height: number): number => {
    let [w, h] = [width, height];
    const long = Math.max(w, h);
    if (long > maxSide) [w, h] = [(w * maxSide) / long, (h * maxSide) / long];
    let patches = Math.ceil(w / 32 - 1e-9) * Math.ceil(h / 32 - 1e-9);
    if (patches > budget) {
      [w, h] = [width, height];
      let r = Math.sqrt((1024 * budget) / (w * h));
      const [a, b] = [(w * r) / 32, (h * r) / 32];
      r *= Math.min(Math.floor(a) / a, Math.floor(b) / b);
      patches = Math.ceil((w * r) / 32 - 1e-6) * Math.ceil((h * r) / 32 - 1e-6);
    }
    return Math.ceil(Number((patches * multiplier).toFixed(6)));
  };
}

export function claude(maxSide: number, maxTokens: number) {
  return (w: number, h: number): number => {
    const fits = (a: number, b: number) =>
      Math.ceil(a / 28) * 28 <= maxSide &&
      Math.ceil(b / 28) * 28 <= maxSide &&
      Math.ceil(a / 28) * Math.ceil(b / 28) <= maxTokens;
    const count = (a: number, b: number) => Math.ceil(a / 28) * Math.ceil(b / 28);
    if (fits(w, h)) return count(w, h);
    const ratio = Math.min(w, h) / Math.max(w, h);
    for (let long = Math.max(w, h); long >= 1; long -= 1) {
      const short = Math.max(1, Math.round(long * ratio));
      if (fits(long, short)) return count(long, short);
    }
    throw new Error('nothing fits');
  };
}

export function gemini2Tiles(w: number, h: number): number {
  return w <= 384 && h <= 384 ? 258 : 258 * Math.ceil(w / 768) * Math.ceil(h / 768);
}

export function gemini2CropUnit(w: number, h: number): number {
  if (w <= 384 && h <= 384) return 258;
  const unit = Math.max(256, Math.min(768, Math.floor(Math.min(w, h) / 1.5)));
  return 258 * Math.ceil(w / unit) * Math.ceil(h / unit);
}
