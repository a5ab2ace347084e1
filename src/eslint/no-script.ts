/**
 * What a rule for JavaScript finds in a file that holds none. Configs such as `js.configs.recommended` name no files, so
 * their rules are made for every file that another entry makes ESLint read, and one that misses a method ends the whole
 * run. Here they find a program without tokens, comments, variables and types, and say nothing.
 */

const none = (): [] => [];
const nothing = (): null => null;

const scope = {
  type: "global",
  isStrict: false,
  upper: null,
  block: { type: "Program", body: [] },
  variables: [],
  references: [],
  through: [],
  childScopes: [],
  implicit: { variables: [], set: new Map() },
  set: new Map<string, unknown>(),
};

/** https://eslint.org/docs/latest/extend/scope-manager-interface */
const scopeManager = {
  scopes: [scope],
  globalScope: scope,
  acquire: nothing,
  getDeclaredVariables: none,
};

/** Rules that need types throw where there are none: https://typescript-eslint.io/developers/custom-rules#typed-rules */
const types = {
  program: {
    getTypeChecker: () => ({}),
    // Some complain of loose options, in every file.
    getCompilerOptions: () => ({ strict: true }),
    getSourceFile: () => undefined,
    getRootFileNames: none,
    getSourceFiles: none,
    getCurrentDirectory: () => "",
  },
  esTreeNodeToTSNodeMap: new Map<unknown, unknown>(),
  tsNodeToESTreeNodeMap: new Map<unknown, unknown>(),
  emitDecoratorMetadata: false,
  experimentalDecorators: false,
  isolatedDeclarations: false,
};

/** The members of ESLint's source code object for JavaScript, but for text and places. */
export const NO_SCRIPT = {
  hasBOM: false,
  isESTree: false,
  scopeManager,
  parserServices: types,
  visitorKeys: {},
  tokensAndComments: [] as never[],
  getScope: () => scope,
  getDeclaredVariables: none,
  isGlobalReference: () => false,
  markVariableAsUsed: () => false,
  getAllComments: none,
  getCommentsBefore: none,
  getCommentsAfter: none,
  getCommentsInside: none,
  commentsExistBetween: () => false,
  getTokens: none,
  getFirstTokens: none,
  getLastTokens: none,
  getTokensBefore: none,
  getTokensAfter: none,
  getTokensBetween: none,
  getFirstTokensBetween: none,
  getLastTokensBetween: none,
  getFirstToken: nothing,
  getLastToken: nothing,
  getTokenBefore: nothing,
  getTokenAfter: nothing,
  getTokenByRangeStart: nothing,
  getTokenOrCommentBefore: nothing,
  getTokenOrCommentAfter: nothing,
  getFirstTokenBetween: nothing,
  getLastTokenBetween: nothing,
  getNodeByRangeIndex: nothing,
  isSpaceBetween: () => false,
};
