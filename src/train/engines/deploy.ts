/**
 * A server for Glyph or a model trained from it: the launch line, a compose file and a Kubernetes manifest, with what a
 * server's defaults miss for prompts of many pages. Sources: vLLM's own recipe for Glyph, SGLang's GLM-V page.
 */
import { stringify } from 'yaml';
import { shellWord } from '../../data/index.ts';
import type { JobFiles } from './job.ts';
import { script, text, yaml } from './text-files.ts';

export interface DeployWish {
  readonly server: ServerName;
  /** A name on the model hub, or the folder of a checkpoint. */
  readonly model: string;
  /** Pages of a request. */
  readonly images: number;
  /** Of a request, answer included. */
  readonly contextTokens: number;
  readonly gpus: number;
  readonly port: number;
}

interface Server {
  readonly image: string;
  /** Where a container keeps what it downloads. */
  readonly cache: string;
  /** Before the flags in a container, whose entry point may already be the server. */
  readonly container: readonly string[];
  /** Of the line, that such an entry point stands for. */
  readonly words: number;
  line(wish: DeployWish, model: string): readonly string[];
}

/** The name clients ask for, whatever is served under it, so that `--model glyph` finds it. */
const servedName = 'zai-org/Glyph';

const servers = {
  vllm: {
    image: 'vllm/vllm-openai:v0.11.2',
    cache: '/root/.cache/huggingface',
    container: [],
    words: 2,
    line: ({ images, contextTokens, gpus, port }, model) => [
      ...['vllm', 'serve', model],
      ...['--served-model-name', servedName],
      ...['--host', '0.0.0.0', '--port', `${port}`],
      ...['--max-model-len', `${contextTokens}`, '--tensor-parallel-size', `${gpus}`],
      // No video: nothing is set aside for it.
      ...['--limit-mm-per-prompt', JSON.stringify({ image: images, video: 0 })],
      // Pages of a request are seen once: remembering them costs and saves nothing.
      ...['--no-enable-prefix-caching', '--mm-processor-cache-gb', '0'],
      ...['--reasoning-parser', 'glm45'],
    ],
  },
  sglang: {
    image: 'lmsysorg/sglang:v0.5.5',
    cache: '/root/.cache/huggingface',
    container: ['python3', '-m', 'sglang.launch_server'],
    words: 3,
    line: ({ images, contextTokens, gpus, port }, model) => [
      ...['python3', '-m', 'sglang.launch_server', '--model-path', model],
      ...['--served-model-name', servedName],
      ...['--host', '0.0.0.0', '--port', `${port}`],
      ...['--context-length', `${contextTokens}`, '--tp', `${gpus}`],
      ...['--limit-mm-data-per-request', JSON.stringify({ image: images, video: 0 })],
      ...['--disable-radix-cache'],
      ...['--reasoning-parser', 'glm45'],
    ],
  },
} as const satisfies Readonly<Record<string, Server>>;

export type ServerName = keyof typeof servers;
export const serverNames = Object.keys(servers) as ServerName[];

/** Where a checkpoint's folder stands in a container. */
const mounted = '/model';

const isFolder = (model: string): boolean => /^[./~]/.test(model);

/** As one would type it. */
export function launchLine(wish: DeployWish): string {
  const { line }: Server = servers[wish.server];
  return line(wish, wish.model).map(shellWord).join(' ');
}

export function deployFiles(wish: DeployWish): JobFiles {
  const server: Server = servers[wish.server];
  const model = isFolder(wish.model) ? mounted : wish.model;
  const flags = server.line(wish, model).slice(server.words);
  return {
    'serve.sh': script(
      `${wish.server} on this machine; then: glyph doctor --base-url http://localhost:${wish.port}/v1`,
      `exec ${launchLine(wish)} "$@"`,
    ),
    'compose.yaml': yaml(
      `docker compose up; then: glyph doctor --base-url http://localhost:${wish.port}/v1`,
      composeOf(wish, server, flags),
    ),
    'kubernetes.yaml': text(
      `# kubectl apply -f kubernetes.yaml; then: kubectl port-forward service/glyph ${wish.port}
${kubernetesOf(wish, server, flags)
  .map(each => stringify(each, { lineWidth: 0, version: '1.1', aliasDuplicateObjects: false }))
  .join('---\n')}`,
    ),
  };
}

const healthPath = '/health';

function composeOf(wish: DeployWish, server: Server, flags: readonly string[]): object {
  const volumes = [
    `model-cache:${server.cache}`,
    ...(isFolder(wish.model) ? [`${wish.model}:${mounted}:ro`] : []),
  ];
  const devices = [{ driver: 'nvidia', count: wish.gpus, capabilities: ['gpu'] }];
  return {
    services: {
      glyph: {
        image: server.image,
        ...commandOf(server, flags),
        ports: [`${wish.port}:${wish.port}`],
        volumes,
        // Workers of one model exchange tensors through shared memory.
        ipc: 'host',
        deploy: { resources: { reservations: { devices } } },
        healthcheck: {
          test: ['CMD', 'curl', '--fail', `http://localhost:${wish.port}${healthPath}`],
          start_period: '10m',
        },
        restart: 'unless-stopped',
      },
    },
    volumes: { 'model-cache': {} },
  };
}

/** Compose's words; in a container that is the server already, the flags alone. */
const commandOf = ({ container }: Server, flags: readonly string[]): object =>
  container.length === 0 ? { command: flags } : { entrypoint: container, command: flags };

function kubernetesOf(wish: DeployWish, server: Server, flags: readonly string[]): readonly object[] {
  const labels = { app: 'glyph' };
  const mounts = [
    { name: 'cache', mountPath: server.cache },
    { name: 'memory', mountPath: '/dev/shm' },
    ...(isFolder(wish.model) ? [{ name: 'model', mountPath: mounted, readOnly: true }] : []),
  ];
  const volumes = [
    { name: 'cache', emptyDir: {} },
    { name: 'memory', emptyDir: { medium: 'Memory', sizeLimit: '16Gi' } },
    // The checkpoint's folder, as a claim of that name.
    ...(isFolder(wish.model) ? [{ name: 'model', persistentVolumeClaim: { claimName: 'glyph-model' } }] : []),
  ];
  const container = {
    name: 'server',
    image: server.image,
    ...(server.container.length === 0 ? {} : { command: server.container }),
    args: flags,
    ports: [{ containerPort: wish.port }],
    resources: { limits: { 'nvidia.com/gpu': wish.gpus } },
    startupProbe: {
      httpGet: { path: healthPath, port: wish.port },
      periodSeconds: 10,
      failureThreshold: 180,
    },
    readinessProbe: { httpGet: { path: healthPath, port: wish.port } },
    volumeMounts: mounts,
  };
  return [
    {
      apiVersion: 'apps/v1',
      kind: 'Deployment',
      metadata: { name: 'glyph', labels },
      spec: {
        replicas: 1,
        selector: { matchLabels: labels },
        template: { metadata: { labels }, spec: { containers: [container], volumes } },
      },
    },
    {
      apiVersion: 'v1',
      kind: 'Service',
      metadata: { name: 'glyph' },
      spec: { selector: labels, ports: [{ port: wish.port }] },
    },
  ];
}
