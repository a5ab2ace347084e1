/** Did-you-mean for scopes, operations and paths. */
export { classifyToken, knownResource, suggestScope } from "./suggest-scope.js";
export type { NearReason, TokenClass } from "./suggest-scope.js";
export { suggestOperation, suggestPath, suggestSdkMethod } from "./suggest-operation.js";
export type { PathSuggestion } from "./suggest-operation.js";
