/** The built-in table of model families, and who may stand in front of a model's name. */
import { embeddedModels } from './families/embedded.ts';
import { gridModels } from './families/grid-models.ts';
import { hostedModels } from './families/hosted-models.ts';
import { openaiModels } from './families/openai.ts';
import { tileModels } from './families/tile-models.ts';
import type { FamilyTable } from './family.ts';

export const builtInFamilies: FamilyTable = {
  families: [...gridModels, ...tileModels, ...openaiModels, ...hostedModels, ...embeddedModels],
  providers: [
    // Gateways and servers.
    ...['openrouter/', 'litellm/', 'azure/', 'azure_ai/', 'bedrock/', 'vertex_ai/', 'vertex/', 'groq/'],
    ...['together_ai/', 'together/', 'fireworks_ai/', 'fireworks/', 'accounts/fireworks/models/'],
    ...['deepinfra/', 'huggingface/', 'hf/', 'hosted_vllm/', 'vllm/', 'ollama/', 'ollama_chat/', 'models/'],
    // Vendors and repository owners.
    ...['openai/', 'anthropic/', 'google/', 'gemini/', 'mistral/', 'mistralai/', 'meta-llama/', 'qwen/'],
    ...['zai-org/', 'z-ai/', 'thudm/', 'thu-coai/', 'deepseek-ai/', 'deepseek/', 'opengvlab/', 'openbmb/'],
    ...['moonshotai/', 'huggingfacetb/', 'huggingfacem4/', 'unsloth/', 'lmstudio-community/'],
    ...['mlx-community/', 'nvidia/', 'redhatai/'],
    // Bedrock's region and vendor parts.
    ...['us.', 'eu.', 'apac.', 'global.', 'anthropic.', 'meta.', 'mistral.', 'qwen.'],
  ],
};
