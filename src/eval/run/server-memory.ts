/** How full a server's key-value cache is, from the metrics page that vLLM, SGLang and llama.cpp offer (Prometheus text). */

/** Shares of 1, by the names these servers have used. */
const gauges = new Set([
  'vllm:kv_cache_usage_perc',
  'vllm:gpu_cache_usage_perc',
  'sglang:token_usage',
  'llamacpp:kv_cache_usage_ratio',
]);

/** 0 to 1; undefined where the page does not tell. */
export function readCacheShare(metrics: string): number | undefined {
  for (const line of metrics.split('\n')) {
    const [, name, value] = /^([\w:]+)(?:\{.*\})?\s+(\S+)/.exec(line) ?? [];
    if (name !== undefined && gauges.has(name) && Number.isFinite(Number(value))) return Number(value);
  }
  return undefined;
}
