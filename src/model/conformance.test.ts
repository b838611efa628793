/** The shared suite, for every wire. */
import { anthropicExchanges } from './anthropic/test/exchanges.ts';
import { geminiExchanges } from './gemini/test/exchanges.ts';
import { chatExchanges } from './openai/test/chat-exchanges.ts';
import { responsesExchanges } from './openai/test/responses-exchanges.ts';
import { testWire } from './test/conformance.ts';

testWire('openai', chatExchanges);
testWire('openai-responses', responsesExchanges);
testWire('anthropic', anthropicExchanges);
testWire('gemini', geminiExchanges);
